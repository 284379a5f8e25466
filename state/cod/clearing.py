"""What of payouts belongs to no parcel yet, and the dialog that clears one sum up: looked at first, then booked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode

import reflex as rx

from dokango import process
from dokango.clock import said
from dokango.couriers.carriers import names_written, said_name
from dokango.db import Tx
from dokango.errors import InvalidInput, NotFound
from dokango.ledger import accounts
from dokango.money import taka
from dokango.numbers import whole_number
from dokango.orders import Context
from dokango.paging import shown
from dokango.payouts import clearing
from dokango.payouts.clearing import AssignSum, Cleared, GiveBackSum, OpenSum, SetOffSum
from dokango.payouts.findings import LABELS, Verdict
from dokango.people.permissions import Permission
from dokango.reports.books.account_names import account_name
from dokango.reports.kit.places import account_url
from dokango.text import how_many
from state.cod.listing import CodList
from state.kit import live
from state.kit.dialog import Dialog
from state.kit.feedback import done
from state.kit.form import Form, Typed, as_typed, sends
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.work import read, write

Row = dict[str, str]
ROUTE = "/cod/open"
NO_ERRORS = {"parcel": "", "against": "", "reference": ""}


class OpenSumsState(CodList, rx.State):
    """One page of the sums, the oldest first, and what is left in all by courier."""

    totals: list[Row] = []

    async def _refresh(self) -> None:
        cursor = self._cursor
        page, totals, names = await live.once(
            ("open-sums", cursor),
            lambda tx: (
                shown(lambda at: clearing.open_page(tx, at), cursor), clearing.open_by_courier(tx), names_written(tx)
            ),
        )  # fmt: skip
        self.rows = [sum_in_words(one, names) for one in page.rows]
        self.totals = [
            {
                "courier": said_name(one.courier, names), "left": taka(one.left), "sums": how_many(one.sums, "sum"),
                "href": account_url(accounts.courier_open(one.courier)),
            }
            for one in totals
        ]  # fmt: skip
        self._show_turns(page, lambda at: f"{ROUTE}?{urlencode({'cursor': at})}")


class ClearUpState(Dialog, Form, rx.State):
    """One sum, what is to be done with it (`act`), and what that would write once it was looked at."""

    act: str = ""
    about: str = ""
    others: list[tuple[str, str]] = []
    postings: list[Row] = []
    would: str = ""  # in a sentence; "" before anybody looked
    errors: dict[str, str] = NO_ERRORS
    no_errors: ClassVar[Mapping[str, str]] = NO_ERRORS
    _sum_id: int = 0
    _left_poisha: int = 0
    _typed: dict[str, str] = {}
    _amount_poisha: int = 0  # that was looked at

    @rx.event
    @allow(Permission.SETTLE_COD)
    async def show(self, sum_id: str, act: str) -> None:
        """Ask what is needed to clear one sum up this way."""
        wanted = whole_number(words(sum_id, 20), "sum", 1, 2**53)
        one, others, names = await read(lambda tx: _with_others(tx, wanted))
        if act not in _ACTS:
            raise NotFound("way to clear it up", words(act, 20))
        self.act = act
        self._sum_id, self._left_poisha, self._typed = one.id, one.left_poisha, {}
        self.about = f"{taka(one.left_poisha)} by {said_name(one.courier, names)}, payout {one.reference}."
        self.others = [(str(other.id), f"{taka(other.left_poisha)}, payout {other.reference}") for other in others]
        self.postings, self.would = [], ""
        self._anew()
        self.is_open = True

    @rx.event
    @allow(Permission.SETTLE_COD)
    @sends(as_typed)
    async def clear(self, typed: Typed) -> Any:
        """Look at what it would write; on the next press, do what was looked at, once."""
        if not self.would:
            await self._look(typed)
            self._next_press()
            return None
        context, sum_id = Context(current_actor(), process.clock()), self._sum_id
        form = _form_of(self.act, self._left_poisha, self._typed)
        if isinstance(form, AssignSum):
            form = form.model_copy(update={"amount_poisha": self._amount_poisha})
        act = _ACTS[self.act]
        cleared: Cleared = await write(lambda tx: act(tx, context, sum_id, form))
        self.is_open = False
        return done(f"{taka(cleared.amount_poisha)} is cleared up.")

    async def _look(self, typed: Typed) -> None:
        sum_id, form = self._sum_id, _form_of(self.act, self._left_poisha, typed)
        found = await read(lambda tx: _rehearsed(tx, sum_id, form))
        self._typed, self._amount_poisha, self.would = typed, found.amount_poisha, _in_words(self.act, found)
        self.postings = [
            {
                "debit": account_name(p.debit), "credit": account_name(p.credit),
                "amount": taka(p.amount_poisha, exact=True),
            }
            for p in found.postings
        ]  # fmt: skip


_ACTS: Mapping[str, Callable[..., Cleared]] = {
    clearing.ASSIGNED: clearing.assign, clearing.GIVEN_BACK: clearing.give_back, clearing.SET_OFF: clearing.set_off,
}  # fmt: skip


def sum_in_words(one: OpenSum, names: dict[str, str]) -> Row:
    """One sum with where it came from."""
    verdict = LABELS[Verdict(one.verdict)] if one.verdict else "Beyond its lines"
    return {
        "id": str(one.id), "left": taka(one.left_poisha), "courier": said_name(one.courier, names),
        "name": one.name or "no parcel", "verdict": verdict, "day": said(one.booked_at), "reference": one.reference,
        "words": one.words or "What it paid in all is not what its lines come to.",
        "href": f"/cod/payouts/{one.payout_id}",
    }  # fmt: skip


def _with_others(tx: Tx, sum_id: int) -> tuple[OpenSum, list[OpenSum], dict[str, str]]:
    one = clearing.open_sum(tx, sum_id)
    return one, clearing.other_way(tx, one), names_written(tx)


def _rehearsed(tx: Tx, sum_id: int, form: AssignSum | GiveBackSum | SetOffSum) -> Cleared:
    one = clearing.open_sum(tx, sum_id)
    if isinstance(form, AssignSum):
        return clearing.assigning(tx, one, form)
    return clearing.giving_back(one) if isinstance(form, GiveBackSum) else clearing.setting_off(tx, one, form)


def _form_of(act: str, left_poisha: int, typed: Typed) -> AssignSum | GiveBackSum | SetOffSum:
    """What was typed for one act. Raises InvalidInput."""
    if act == clearing.GIVEN_BACK:
        return GiveBackSum(left_poisha=left_poisha, reference=typed.get("reference", "")[:120])
    if act == clearing.SET_OFF:
        against = whole_number(typed.get("against", ""), "against", 1, 2**53)
        return SetOffSum(left_poisha=left_poisha, against=against)
    parcel = typed.get("parcel", "").strip()[:60]
    if not parcel:
        raise InvalidInput({"parcel": "Type the number of the order, or the name of the parcel, that it is for."})
    return AssignSum(left_poisha=left_poisha, parcel=parcel)


def _in_words(act: str, found: Cleared) -> str:
    amount = taka(abs(found.amount_poisha))
    if act == clearing.ASSIGNED:
        return f"{amount} goes onto #{found.number}, parcel {found.parcel}."
    if act == clearing.GIVEN_BACK:
        way = "goes back to the courier" if found.amount_poisha > 0 else "came from the courier"
        return f"{amount} {way}, by the bank."
    return f"{amount} of both clear each other; nothing is posted, their account stands as it did."
