"""The payouts that were booked, in pages, and one of them with what was found of its lines."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode

import reflex as rx

from dokango import topics
from dokango.clock import said
from dokango.couriers.carriers import names_written, said_name
from dokango.couriers.parcels.told_payouts import ToLookAt, set_aside, to_look_at
from dokango.db import Tx
from dokango.errors import NotFound
from dokango.money import taka
from dokango.paging import Page, shown
from dokango.payouts.findings import AS_EXPECTED, LABELS, ChargeVerdict, Verdict
from dokango.payouts.listing import BookedLine, BookedPayout, booked, booked_page, lines_page
from dokango.payouts.statement import API
from dokango.people.permissions import Permission
from dokango.text import how_many
from state.cod.listing import CodList
from state.kit import live
from state.kit.feedback import done, told
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.turns import Turned
from state.kit.work import now_us, read, write

Row = dict[str, str]
ROUTE = "/cod/payouts"


class PayoutsState(CodList, rx.State):
    """One page of the payouts that were booked, and those that couriers told of and nobody booked."""

    told: list[Row] = []
    more_told: bool = False
    watched: ClassVar[tuple[str, ...]] = (topics.ORDERS, topics.PAYOUTS)

    @rx.event
    @allow(Permission.SETTLE_COD)
    async def set_aside(self, told_id: str) -> Any:
        """A payout that a courier told of need not be booked here."""
        actor, wanted, now = current_actor(), words(told_id, 20), now_us()
        try:
            await write(lambda tx: set_aside(tx, actor, int(wanted) if wanted.isdecimal() else 0, now))
        except NotFound:
            return told("It was booked or set aside meanwhile.")
        await self._refresh()
        return done("It is set aside: nothing of it is booked.")

    async def _refresh(self) -> None:
        cursor = self._cursor
        page, told, names = await live.once(
            ("payouts", cursor),
            lambda tx: (shown(lambda at: booked_page(tx, at), cursor), to_look_at(tx), names_written(tx)),
        )
        self.told, self.more_told = [told_in_words(one, names) for one in told.rows], told.next is not None
        self.rows = [payout_in_words(one, names) for one in page.rows]
        self._show_turns(page, lambda at: f"{ROUTE}?{urlencode({'cursor': at})}")


class PayoutState(Turned, rx.State):
    """One payout, and a page of its lines."""

    loading: bool = True
    missing: str = ""
    payout: Row = {}
    lines: list[Row] = []

    @rx.event
    @allow(Permission.SETTLE_COD)
    async def load(self) -> None:
        """The page's on_load: the payout's id is the last part of the path."""
        asked = self.router.url.path.rstrip("/").rpartition("/")[2]
        payout_id = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else 0
        self._turn_to_page_asked()
        cursor = self._cursor
        self.payout, self.lines, self.missing = {}, [], ""
        try:
            payout, lines, names = await read(lambda tx: _one(tx, payout_id, cursor))
        except NotFound as error:
            self.missing, self.loading = f"{error} Look for it in the list of payouts.", False
            return
        self.payout, self.lines = payout_in_words(payout, names), [booked_line(line) for line in lines.rows]
        url = f"{ROUTE}/{payout_id}"
        self._show_turns(lines, lambda at: f"{url}?{urlencode({'cursor': at})}")
        self.loading = False


def _one(tx: Tx, payout_id: int, cursor: str) -> tuple[BookedPayout, Page[BookedLine], dict[str, str]]:
    return booked(tx, payout_id), shown(lambda at: lines_page(tx, payout_id, at), cursor), names_written(tx)


def told_in_words(one: ToLookAt, names: dict[str, str]) -> Row:
    """A payout that a courier told of, in words; `fetches`: whether its lines can be asked for."""
    parcels = f"{how_many(one.parcels, 'parcel')}, {taka(one.cod_poisha)} to collect" if one.parcels else ""
    query = urlencode({"of": one.courier, "number": one.reference})
    return {
        "id": str(one.id), "key": one.courier, "courier": said_name(one.courier, names), "reference": one.reference,
        "amount": taka(one.amount_poisha) if one.amount_poisha is not None else "not said",
        "day": said(one.paid_at or one.heard_at), "status": one.status or parcels or "not said",
        "fetches": "1" if one.source == API else "", "href": f"/cod?{query}",
    }  # fmt: skip


def payout_in_words(one: BookedPayout, names: dict[str, str]) -> Row:
    """One payout that was booked, in words."""
    how = "by its API" if one.source == API else f"file {one.name}" if one.name else "a file"
    return {
        "id": str(one.id), "href": f"{ROUTE}/{one.id}", "reference": one.reference, "day": said(one.booked_at),
        "courier": said_name(one.courier, names), "how": how, "by": one.booked_by,
        "amount": taka(one.amount_poisha), "charges": taka(one.charges_poisha),
        "open": taka(one.open_poisha) if one.open_poisha else "", "parcels": how_many(one.parcels, "parcel"),
        "differences": how_many(one.differences, "difference") if one.differences else "",
    }  # fmt: skip


def booked_line(one: BookedLine) -> Row:
    """What was found of a line and booked of it, in words."""
    verdict = Verdict(one.verdict)
    is_odd = (
        verdict not in AS_EXPECTED
        or one.charge_verdict in (ChargeVerdict.MORE, ChargeVerdict.LESS)
        or bool(one.open_poisha)
    )
    booked = [f"{taka(one.amount_poisha)} to the bank"] if one.amount_poisha else []
    booked += [f"{taka(one.claim_poisha)} against the loss"] if one.claim_poisha else []
    booked += [f"{taka(one.open_poisha)} to be cleared up"] if one.open_poisha else []
    return {
        "id": str(one.id), "line": str(one.line or ""), "name": one.name or "no name",
        "href": f"/orders/{one.number}" if one.number else "", "verdict": LABELS[verdict],
        "level": "warn" if is_odd else "good", "words": one.words, "collected": _said(one.collected_poisha),
        "charge": _said(one.charge_poisha), "paid": _said(one.paid_poisha), "booked": ", ".join(booked) or "nothing",
    }  # fmt: skip


def _said(poisha: int | None) -> str:
    return "" if poisha is None else taka(poisha)
