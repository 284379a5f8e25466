"""Scanning parcels out of the door: each label ticks its parcel; what is unknown or out already is said loudly."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import reflex as rx

from dokango import process
from dokango.clock import day_of, said
from dokango.db import Tx
from dokango.money import taka
from dokango.orders import Context
from dokango.orders.parcels import manifest
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
        now = now_us()
        found = await read(lambda tx: manifest.carriers(tx, now))
        self.choices = [[who, name] for who, name in found.items()]
        self.who = self.who if self.who in found else next(iter(found), "")
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
    async def show(self, is_open: bool) -> None:
        """Close the dialog."""
        self.is_open = bool(is_open) and self.is_open

    @rx.event
    @allow(Permission.SHIP)
    async def scan(self, form: dict[str, Any]) -> None:
        """A code from the scanner, or typed."""
        code, who = words(texts(form, _LONGEST).get("code", ""), _LONGEST), self.who
        if not code or not who:
            return
        context = Context(current_actor(), process.clock())
        scanned = await write(lambda tx: manifest.scan_out(tx, context, who, code))
        self.result, self.level = scanned.words, scanned.level
        await self._read()

    async def _read(self) -> None:
        who, now = self.who, now_us()
        found = await read(lambda tx: _today(tx, who, now))
        self.rows = [
            {
                "number": row.number, "name": row.name, "code": row.code,
                "collect": taka(row.collect_poisha) if row.collect_poisha else "Prepaid",
                "out": said(row.handed_us) if row.handed_us is not None else "",
            }
            for row in found.rows
        ]  # fmt: skip
        self.head = (
            f"{found.handed} of {how_many(len(found.rows), 'parcel')} scanned out; they collect"
            f" {taka(found.collect_poisha)} together."
        )
        self.paper = f"/papers/handover.pdf?{urlencode({'courier': who})}"


def _today(tx: Tx, who: str, now: int) -> manifest.Manifest:
    return manifest.manifest(tx, who, day_of(now), now)
