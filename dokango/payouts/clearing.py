"""What couriers paid, or took, that belongs to no parcel yet: each sum with where it came from, until it is cleared up.

A sum goes onto the order that it was for after all, back to the courier (or comes from it), or is set off against one
the other way, as when the courier takes it off its next payout. What is left of all sums of a courier is its account.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pydantic import ConfigDict, Field
from sqlalchemy import bindparam, func, insert, literal, literal_column, null, select, union_all

from dokango import audit
from dokango.couriers.parcels.paid_out import CourierClearing, CourierPayout, CourierPayoutLine
from dokango.couriers.registry import account_words
from dokango.db import Statement, Tx, table_of, typed
from dokango.errors import InvalidInput, NotFound, PreviewOver
from dokango.ledger import accounts
from dokango.ledger.entries import Happening, NewPosting, post
from dokango.money import taka
from dokango.orders.lifecycle.commands import PayOut
from dokango.orders.lifecycle.perform import Context, perform
from dokango.paging import ROWS, Page, Paged
from dokango.payouts.known import known_parcels
from dokango.payouts.statement import StatedLine
from dokango.people.permissions import Permission
from dokango.plain_model import PlainModel

ASSIGNED, GIVEN_BACK, SET_OFF = "assigned", "given_back", "set_off"
_P, _L, _C = table_of(CourierPayout), table_of(CourierPayoutLine), table_of(CourierClearing)
# In words of its own: a partial index is only taken for the same literal.
_IS_OPEN = _L.c.open_poisha != literal_column("0")
_lines_open = (
    select(func.coalesce(func.sum(_L.c.open_poisha), 0)).where(_L.c.payout_id == _P.c.id, _IS_OPEN).scalar_subquery()
)
_cleared = func.coalesce(
    select(func.sum(_C.c.amount_poisha)).where(_C.c.payout_id == _P.c.id, _C.c.line_id.is_(None)).scalar_subquery(), 0
)
_cleared_line = func.coalesce(select(func.sum(_C.c.amount_poisha)).where(_C.c.line_id == _L.c.id).scalar_subquery(), 0)
_SUMS = union_all(
    select(
        (_L.c.id * 2).label("id"), _P.c.id.label("payout_id"), _L.c.id.label("line_id"), _P.c.courier, _P.c.reference,
        _P.c.booked_at, _L.c.name, _L.c.verdict, _L.c.words, (_L.c.open_poisha - _cleared_line).label("left_poisha"),
    )
    .join(_P, _P.c.id == _L.c.payout_id)
    .where(_IS_OPEN),
    select(
        (_P.c.id * 2 + 1).label("id"), _P.c.id.label("payout_id"), null().label("line_id"), _P.c.courier,
        _P.c.reference, _P.c.booked_at, literal("").label("name"), literal("").label("verdict"),
        literal("").label("words"), (_P.c.open_poisha - _lines_open - _cleared).label("left_poisha"),
    ).where(_P.c.open_poisha - _lines_open != 0),
).subquery()  # fmt: skip


class OpenSum(NamedTuple):
    """One sum with the payout, and the line of it, that it came by; below 0 the courier took it. `id` names it."""

    id: int
    payout_id: int
    line_id: int | None
    courier: str
    reference: str
    booked_at: int
    name: str
    verdict: str
    words: str
    left_poisha: int


class CourierOpen(NamedTuple):
    """All that is left of one courier's sums."""

    courier: str
    left: int
    sums: int


_LEFT = select(*_SUMS.c).where(_SUMS.c.left_poisha != 0)
_ALL = Paged(OpenSum, _LEFT, by=(_SUMS.c.booked_at, _SUMS.c.id))
_BY_ID = typed(OpenSum, select(*_SUMS.c).where(_SUMS.c.id == bindparam("id")))
_LOCK = Statement(select(_P.c.id).where(_P.c.id == bindparam("id")).with_for_update())
_TOTALS = typed(
    CourierOpen,
    select(_SUMS.c.courier, func.sum(_SUMS.c.left_poisha).label("left"), func.count().label("sums"))
    .where(_SUMS.c.left_poisha != 0)
    .group_by(_SUMS.c.courier)
    .order_by(_SUMS.c.courier),
)
_INSERT = Statement(
    insert(_C),
    columns=[
        "payout_id", "line_id", "act", "order_id", "amount_poisha", "reference", "event_id", "cleared_by", "cleared_at",
    ],
)  # fmt: skip


class Clears(PlainModel):
    """What every act says: how much was left of the sum when somebody looked at it."""

    model_config = ConfigDict(extra="forbid")
    left_poisha: int = Field(ge=-(2**53), le=2**53)


class AssignSum(Clears):
    """The order, or parcel, that a sum was for. Without an amount all of it that is owed there."""

    parcel: str = Field(min_length=1, max_length=60)
    amount_poisha: int | None = Field(default=None, ge=-(2**53), le=2**53)


class GiveBackSum(Clears):
    """It is the courier's and was paid to it; below 0, the courier paid it. `reference` names the payment."""

    reference: str = Field(default="", max_length=120)


class SetOffSum(Clears):
    """`against`: another sum of the same courier, the other way."""

    against: int = Field(ge=1, le=2**53)


@dataclass(frozen=True, slots=True)
class Cleared:
    """What an act does, or did: so much of the sum, by which postings, onto which order ("" for none)."""

    amount_poisha: int
    postings: tuple[NewPosting, ...]
    number: str = ""
    parcel: str = ""


def open_page(tx: Tx, cursor: str = "", size: int = ROWS) -> Page[OpenSum]:
    """A page of what is not cleared up, the oldest first. Raises NotOurCursor."""
    page = _ALL.page(tx, cursor, size)
    return page.of(one._replace(left_poisha=int(one.left_poisha)) for one in page.rows)


def open_by_courier(tx: Tx) -> list[CourierOpen]:
    """What is left in all, by courier."""
    return [one._replace(left=int(one.left)) for one in tx.rows(_TOTALS)]


def open_sum(tx: Tx, sum_id: int) -> OpenSum:
    """One sum, cleared up or not; raises NotFound."""
    found = tx.one(_BY_ID, id=sum_id)
    if found is None:
        raise NotFound("sum to be cleared up", sum_id)
    return found._replace(left_poisha=int(found.left_poisha))


def other_way(tx: Tx, one: OpenSum) -> list[OpenSum]:
    """The sums of its courier that it could be set off against."""
    side = _SUMS.c.left_poisha < 0 if one.left_poisha > 0 else _SUMS.c.left_poisha > 0
    query = select(*_SUMS.c).where(_SUMS.c.courier == one.courier, side).order_by(_SUMS.c.booked_at, _SUMS.c.id)
    return [other._replace(left_poisha=int(other.left_poisha)) for other in tx.rows(typed(OpenSum, query))]


def assigning(tx: Tx, one: OpenSum, form: AssignSum) -> Cleared:
    """What assigning would do; nothing is written. Raises InvalidInput."""
    line = StatedLine(0, invoice=form.parcel)
    known = known_parcels(tx, one.courier, [line]).of(line)
    if known is None:
        courier = account_words(one.courier)
        raise InvalidInput({"parcel": f"No parcel of yours with {courier} is called “{form.parcel[:60]}”."})
    may = max(0, known.owed_poisha) if one.left_poisha > 0 else abs(one.left_poisha)
    sign = 1 if one.left_poisha > 0 else -1
    amount = sign * min(abs(one.left_poisha), may) if form.amount_poisha is None else form.amount_poisha
    if not amount:
        raise InvalidInput({"parcel": f"{account_words(one.courier)} owes nothing for #{known.number}."})
    if amount * sign < 0 or abs(amount) > abs(one.left_poisha):
        raise InvalidInput({"amount_poisha": f"{taka(one.left_poisha)} is left of this sum."})
    debt = accounts.courier_receivable(one.courier)
    onto = [NewPosting(accounts.CASH_BANK, debt, max(0, amount)), NewPosting(debt, accounts.CASH_BANK, max(0, -amount))]
    postings = tuple(p for p in (*onto, *_off_the_account(one.courier, amount)) if p.amount_poisha)
    return Cleared(amount, postings, known.number, known.parcel.invoice)


def giving_back(one: OpenSum) -> Cleared:
    """What giving it back would do; nothing is written."""
    return Cleared(one.left_poisha, tuple(p for p in _off_the_account(one.courier, one.left_poisha) if p.amount_poisha))


def setting_off(tx: Tx, one: OpenSum, form: SetOffSum) -> Cleared:
    """What setting off would do; nothing is written. Raises NotFound, InvalidInput."""
    other = open_sum(tx, form.against)
    if other.courier != one.courier or other.left_poisha * one.left_poisha >= 0:
        raise InvalidInput({"against": "Only a sum of the same courier that goes the other way can be set off."})
    return Cleared(min(abs(one.left_poisha), abs(other.left_poisha)) * (1 if one.left_poisha > 0 else -1), ())


def assign(tx: Tx, context: Context, sum_id: int, form: AssignSum) -> Cleared:
    """Put a sum onto the order it was for. Raises NotAllowed, NotFound, PreviewOver, InvalidInput."""
    one = _held(tx, context, sum_id, form)
    done = assigning(tx, one, form)
    words = f"{account_words(one.courier)} {one.reference}"
    command = PayOut(amount_poisha=done.amount_poisha, reference=words[:120], parcel=done.parcel)
    ordered = perform(tx, Context(context.actor, context.clock), done.number, command)
    _write(tx, context, one, done.amount_poisha, ASSIGNED, note=f"onto #{done.number}", order_id=ordered.order_id)
    return done


def give_back(tx: Tx, context: Context, sum_id: int, form: GiveBackSum) -> Cleared:
    """Book that the courier got it back, or paid what it took. Raises NotAllowed, NotFound, PreviewOver."""
    one = _held(tx, context, sum_id, form)
    note = "paid back to the courier" if one.left_poisha > 0 else "the courier paid it"
    _write(tx, context, one, one.left_poisha, GIVEN_BACK, note=note, reference=form.reference)
    return giving_back(one)


def set_off(tx: Tx, context: Context, sum_id: int, form: SetOffSum) -> Cleared:
    """Let two sums of one courier that go opposite ways clear each other; the account as a whole does not move.

    Raises NotAllowed, NotFound, PreviewOver, InvalidInput.
    """
    one = _held(tx, context, sum_id, form)
    done, other = setting_off(tx, one, form), open_sum(tx, form.against)
    amount = done.amount_poisha
    _write(tx, context, one, amount, SET_OFF, note=f"set off against {other.reference}", moves=False)
    _write(tx, context, other, -amount, SET_OFF, note=f"set off against {one.reference}", moves=False)
    return done


def _held(tx: Tx, context: Context, sum_id: int, form: Clears) -> OpenSum:
    context.actor.require(Permission.SETTLE_COD)
    ids = {sum_id, form.against} if isinstance(form, SetOffSum) else {sum_id}
    for payout_id in sorted({open_sum(tx, one).payout_id for one in ids}):
        tx.value(_LOCK, id=payout_id)
    one = open_sum(tx, sum_id)
    if not one.left_poisha or one.left_poisha != form.left_poisha:
        raise PreviewOver
    return one


def _off_the_account(courier: str, amount: int) -> list[NewPosting]:
    account = accounts.courier_open(courier)
    return [
        NewPosting(account, accounts.CASH_BANK, max(0, amount)),
        NewPosting(accounts.CASH_BANK, account, max(0, -amount)),
    ]


def _write(
    tx: Tx, context: Context, one: OpenSum, amount: int, act: str, *, note: str, order_id: int | None = None,
    reference: str = "", moves: bool = True,
) -> None:  # fmt: skip
    now_us, actor = context.clock.now_us(), context.actor
    key = f"clearing/{one.id}/{now_us}"
    words = f"{account_words(one.courier)} {one.reference} · {taka(amount)} {note}"
    event_id = audit.record(
        tx, key=key, action="clear_up", actor=actor.name, actor_kind=actor.kind, now_us=now_us,
        note=" · ".join(part for part in (words, reference) if part), data={"sum": one.id, "act": act},
    )  # fmt: skip
    if moves:
        post(tx, Happening(event_id, key, None, now_us, now_us), _off_the_account(one.courier, amount))
    tx.insert_many(_INSERT, [{
        "payout_id": one.payout_id, "line_id": one.line_id, "act": act, "order_id": order_id, "amount_poisha": amount,
        "reference": reference, "event_id": event_id, "cleared_by": actor.name, "cleared_at": now_us,
    }])  # fmt: skip
