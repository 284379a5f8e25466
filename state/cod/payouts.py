"""The payouts that were booked, in pages, and one of them with what was found of its lines."""

from __future__ import annotations

from urllib.parse import urlencode

import reflex as rx

from dokango import topics
from dokango.clock import said
from dokango.couriers.carriers import names_written, said_name
from dokango.db import Tx
from dokango.errors import NotFound
from dokango.money import taka
from dokango.paging import Page, shown
from dokango.payouts.findings import AS_EXPECTED, LABELS, ChargeVerdict, Verdict
from dokango.payouts.listing import BookedLine, BookedPayout, booked, booked_page, lines_page
from dokango.payouts.statement import API
from dokango.people.permissions import Permission
from dokango.text import how_many
from state.kit import live
from state.kit.session import allow
from state.kit.turns import cursor_in, turns
from state.kit.work import read

Row = dict[str, str]
ROUTE = "/cod/payouts"


class PayoutsState(rx.State):
    """One page of the payouts that were booked."""

    loading: bool = True
    rows: list[Row] = []
    previous_url: str = ""
    next_url: str = ""
    _cursor: str = ""

    @rx.event
    @allow(Permission.SETTLE_COD)
    async def load(self) -> None:
        """The page's on_load, after each change of the address too."""
        self._cursor = cursor_in(self.router.url.query_parameters.get("cursor", ""))
        live.watch(self, topics.ORDERS, calm_s=2.0)
        await self._refresh()
        self.loading = False

    async def _refresh(self) -> None:
        cursor = self._cursor
        page, names = await live.once(
            ("payouts", cursor), lambda tx: (shown(lambda at: booked_page(tx, at), cursor), names_written(tx))
        )
        self.rows = [payout_in_words(one, names) for one in page.rows]
        self.previous_url, self.next_url = turns(page, lambda at: f"{ROUTE}?{urlencode({'cursor': at})}")


class PayoutState(rx.State):
    """One payout, and a page of its lines."""

    loading: bool = True
    missing: str = ""
    payout: Row = {}
    lines: list[Row] = []
    previous_url: str = ""
    next_url: str = ""

    @rx.event
    @allow(Permission.SETTLE_COD)
    async def load(self) -> None:
        """The page's on_load: the payout's id is the last part of the path."""
        asked = self.router.url.path.rstrip("/").rpartition("/")[2]
        payout_id = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else 0
        cursor = cursor_in(self.router.url.query_parameters.get("cursor", ""))
        self.payout, self.lines, self.missing = {}, [], ""
        try:
            payout, lines, names = await read(lambda tx: _one(tx, payout_id, cursor))
        except NotFound as error:
            self.missing, self.loading = f"{error} Look for it in the list of payouts.", False
            return
        self.payout, self.lines = payout_in_words(payout, names), [booked_line(line) for line in lines.rows]
        url = f"{ROUTE}/{payout_id}"
        self.previous_url, self.next_url = turns(lines, lambda at: f"{url}?{urlencode({'cursor': at})}")
        self.loading = False


def _one(tx: Tx, payout_id: int, cursor: str) -> tuple[BookedPayout, Page[BookedLine], dict[str, str]]:
    return booked(tx, payout_id), shown(lambda at: lines_page(tx, payout_id, at), cursor), names_written(tx)


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
