"""What is written when a step is undone, beside stock, books and the order itself: all that it overwrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict

from sqlalchemy import bindparam, delete, insert, update

from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.delivery_days import uncount_delivery
from dokango.db import Statement, Tx, table_of
from dokango.ledger.entries import Happening
from dokango.orders.book import rows
from dokango.orders.book.models import OrderLine, PackTick
from dokango.orders.book.rows import OrderRow
from dokango.orders.cases import moves
from dokango.orders.cases.moves import Happened, WhereStood
from dokango.payments.models import Claim
from dokango.people.actor import Actor

Value = int | str | None
_LINE, _TICK, _C = table_of(OrderLine), table_of(PackTick), table_of(Claim)
_NO_LINES = Statement(delete(_LINE).where(_LINE.c.order_id == bindparam("order"), _LINE.c.id == bindparam("row")))
_LINES = Statement(insert(_LINE), columns=[column.name for column in _LINE.c])
_NO_TICKS = Statement(delete(_TICK).where(_TICK.c.order_id == bindparam("order")))
_TICKS = Statement(insert(_TICK), columns=["order_id", "item", "quantity", "by", "ticked_at"])
_CLAIM = Statement(update(_C).where(_C.c.id == bindparam("row")).values(state="waiting", reason="", decided_at=None))
_NO_COST = Statement(update(_LINE).where(_LINE.c.order_id == bindparam("order")).values(cost_poisha=0))
_SET_LINE = Statement(
    update(_LINE)
    .where(_LINE.c.id == bindparam("row"))
    .values(
        quantity=bindparam("units"), unit_price_poisha=bindparam("price"), discount_poisha=bindparam("discount")
    )
)  # fmt: skip


class Stood(TypedDict, total=False):
    """What a step overwrote. `columns`: each with its value before and after; `lines`, `ticks`: all there were."""

    columns: dict[str, tuple[Value, Value]]
    cases: list[WhereStood]
    claim: int
    lines: list[dict[str, Value]]
    ticks: list[dict[str, Value]]
    parcel: dict[str, Value]


@dataclass(frozen=True, slots=True)
class PutBack:
    """All that a step overwrote, as `stood` kept it; `delivered_at` is when a delivery happened that did not."""

    stood: Stood
    by: Actor
    words: str
    delivered_at: int | None = None


def _put_back(tx: Tx, happening: Happening, order: OrderRow, back: PutBack) -> None:
    stood = back.stood
    if "lines" in stood:
        _lines(tx, order.id, stood["lines"])
    if "ticks" in stood:
        tx.run(_NO_TICKS, order=order.id)
        tx.insert_many(_TICKS, [{**tick, "order_id": order.id} for tick in stood["ticks"]])
    if "claim" in stood:
        tx.run(_CLAIM, row=stood["claim"])
    if back.delivered_at is not None:
        _undelivered(tx, order, back.delivered_at)
    if stood.get("parcel") and (parcel := shipments.live_of(tx, order.id)) is not None:
        shipments.change(tx, parcel.id, **stood["parcel"])
    for case in stood.get("cases", ()):
        happened = Happened(f"{happening.key}/case/{case['id']}", back.words, happening.written_at, back.by)
        moves.put_back(tx, case, happened)


def _lines(tx: Tx, order_id: int, were: list[dict[str, Value]]) -> None:
    """The lines as they were: those that came since go, those that went come back as the same rows.

    SQLite gives the id of a row that went to the next one: a line is known by its item as well.
    """
    before = {(line["id"], line["variant_id"]): line for line in were}
    now = {(line.id, line.variant_id) for line in rows.lines_of(tx, order_id)}
    for line_id, _ in sorted(now - before.keys()):
        tx.run(_NO_LINES, order=order_id, row=line_id)
    for key in sorted(now & before.keys()):
        line = before[key]
        tx.run(
            _SET_LINE, row=line["id"], units=line["quantity"], price=line["unit_price_poisha"],
            discount=line["discount_poisha"],
        )  # fmt: skip
    tx.insert_many(_LINES, [before[key] for key in sorted(before.keys() - now)])


def _undelivered(tx: Tx, order: OrderRow, delivered_us: int) -> None:
    """It never came: its days count no more, and its lines have cost nothing yet."""
    tx.run(_NO_COST, order=order.id)
    parcel = shipments.live_of(tx, order.id)
    if parcel is not None and parcel.booked_at is not None:
        uncount_delivery(tx, parcel.courier, parcel.carrier, order.district, parcel.booked_at, delivered_us)


WRITERS: dict[type, Callable[..., None]] = {PutBack: _put_back}
