"""Scanning parcels out of the door: each label ticks its parcel; what is unknown or out already is said loudly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from dokango import process
from dokango.clock import day_of, said
from dokango.db import Tx
from dokango.money import taka
from dokango.orders import Context
from dokango.orders.parcels import manifest
from dokango.orders.parcels.manifest import Manifest, ManifestRow, Scanned
from dokango.people.permissions import Permission
from dokango.text import how_many
from state.kit.dialog import Overlay
from state.kit.payload import texts, words
from state.kit.session import allow, current_actor
from state.kit.work import now_us, read, write
from state.shipping.text import Row

_LONGEST = 80


class ScanOutState(Overlay, rx.State):
    """One courier's parcels of today, and the scanner before them."""

    is_open: bool = False
    who: str = ""
    day: str = ""
    today: str = ""
    choices: list[list[str]] = []
    rows: list[Row] = []
    head: str = ""
    paper: str = ""
    result: str = ""
    level: str = "info"

    @rx.event
    @allow(Permission.SHIP)
    async def open(self) -> None:
        """Begin with the courier of before, else the first that has something to take."""
        self.day = self.today = day_of(now_us()).isoformat()
        self.result, self.level, self.is_open = "", "info", True
        await self._read()

    @rx.event
    @allow(Permission.SHIP)
    async def choose(self, who: str) -> None:
        """Another courier's rider is here."""
        if any(str(who) == key for key, _ in self.choices):
            self.who, self.result, self.level = str(who), "", "info"
            await self._read()

    @rx.event
    @allow(Permission.SHIP)
    async def choose_day(self, day: str) -> None:
        """The list of another day: to look at, and to print."""
        try:
            wanted = date.fromisoformat(words(day, _LONGEST))
        except ValueError:
            return
        self.day, self.result, self.level = min(wanted.isoformat(), self.today), "", "info"
        await self._read()

    @rx.event
    @allow(Permission.SHIP)
    async def out(self, code: str) -> None:
        """The rider takes this one: ticked by a finger, where there is no scanner."""
        await self._tick(manifest.scan_out, words(code, _LONGEST))

    @rx.event
    @allow(Permission.SHIP)
    async def back(self, code: str) -> None:
        """It was ticked, and stayed here."""
        await self._tick(manifest.take_back, words(code, _LONGEST))

    @rx.event
    @allow(Permission.SHIP)
    async def show(self, is_open: bool) -> None:
        """Close the dialog."""
        self.is_open = bool(is_open) and self.is_open

    @rx.event
    @allow(Permission.SHIP)
    async def scan(self, form: dict[str, Any]) -> None:
        """A code from the scanner, or typed."""
        await self._tick(manifest.scan_out, words(texts(form, _LONGEST).get("code", ""), _LONGEST))

    async def _tick(self, tick: Callable[[Tx, Context, str, str], Scanned], code: str) -> None:
        who = self.who
        if not code or not who or self.day != self.today:
            return
        context = Context(current_actor(), process.clock())
        scanned = await write(lambda tx: tick(tx, context, who, code))
        self.result, self.level = scanned.words, scanned.level
        await self._read()

    async def _read(self) -> None:
        wanted, now, day = self.who, now_us(), date.fromisoformat(self.day)
        found, names = await read(lambda tx: _list_of(tx, wanted, day, now))
        self.who, self.choices = found.who, [[who, name] for who, name in names.items()]
        self.rows = [
            {
                "number": row.number, "name": row.name, "code": row.code,
                "collect": taka(row.collect_poisha) if row.collect_poisha else "Prepaid",
                "out": said(row.handed_us) if row.handed_us is not None else "",
            }
            for row in sorted(found.rows, key=_to_do_first)
        ]  # fmt: skip
        self.head = (
            f"{found.handed} of {how_many(len(found.rows), 'parcel')} scanned out; they collect"
            f" {taka(found.of_handed().collect_poisha)} of {taka(found.collect_poisha)}."
        )
        self.paper = f"/papers/handover.pdf?{urlencode({'courier': found.who, 'day': self.day})}"


def _list_of(tx: Tx, wanted: str, day: date, now: int) -> tuple[Manifest, dict[str, str]]:
    """The list of the courier that is wanted, else of the first of the day; and who else has one."""
    names = manifest.carriers(tx, day, now)
    who = wanted if wanted in names else next(iter(names), "")
    return manifest.manifest(tx, who, day, now), names


def _to_do_first(row: ManifestRow) -> tuple[bool, int]:
    """What is still here stands first, then what went out last."""
    return row.handed_us is not None, -(row.handed_us or 0)
