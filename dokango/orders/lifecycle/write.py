"""Writing down what was decided: one small writer for each kind of row."""

from __future__ import annotations

import json
from collections.abc import Callable

from sqlalchemy import and_, bindparam, delete, func, insert, update

from dokango.couriers.models import Shipment
from dokango.couriers.parcels.delivery_days import expected
from dokango.db import Statement, Tx, table_of
from dokango.db.setter import Setter
from dokango.errors import TrxIdTaken
from dokango.ledger import accounts
from dokango.ledger.entries import Happening, NewPosting
from dokango.orders.book import rows
from dokango.orders.book.models import Inspection, Order, OrderLine, PackTick
from dokango.orders.book.rows import OrderRow
from dokango.orders.book.weight import goods_weight_g
from dokango.orders.cases import back, late, losses, wishes
from dokango.orders.cases.by_staff import note_of_staff
from dokango.orders.cases.moves import Happened
from dokango.orders.lifecycle import (
    approval_writes,
    credit_writes,
    door_writes,
    edit_writes,
    record_writes,
    reversal_writes,
    undo_writes,
)
from dokango.orders.lifecycle import decision as d
from dokango.orders.lifecycle.expected import keep_expected
from dokango.orders.lifecycle.order_says import order_says, told_beside
from dokango.orders.lifecycle.taking import take
from dokango.payments.models import Claim, Payment, Refund
from dokango.payments.parts import take_part
from dokango.payments.sendings import pocket_to_send_by, take_reference
from dokango.payments.trx_owner import owner_of
from dokango.payments.turns import turn_now
from dokango.stock.levels import Moved

_O = table_of(Order)
_LINE = table_of(OrderLine)
_I = table_of(Inspection)
_TICK = table_of(PackTick)
_C = table_of(Claim)
_P = table_of(Payment)
_R = table_of(Refund)
_S = table_of(Shipment)

# What a stock movement does to the books, at cost: (debit, credit).
COST_POSTINGS = {
    "sold": (accounts.COGS, accounts.INVENTORY),
    "written_off": (accounts.WRITE_OFF, accounts.INVENTORY),
    "returned": (accounts.INVENTORY, accounts.COGS),
    "lost": (accounts.WRITE_OFF, accounts.COGS),
}

CASE_STEPS = {
    "back": back.to_inspect, "inspected": back.inspected, "sent_again": back.sent_again, "late": late.open_late,
    "part_kept": back.part_kept, "all_kept": back.all_kept, "rest_back": back.rest_back,
    "wish": wishes.open_wish, "wish_answered": wishes.close_wish,
    "written_off": losses.written_off,
}  # fmt: skip

_LINES = Statement(
    insert(_LINE),
    columns=[
        "order_id", "variant_id", "sku", "title", "variant_title", "image", "tracks_stock", "quantity",
        "unit_price_poisha", "cost_poisha", "returned_quantity", "returned_cost_poisha",
        "unconfirmed", "to_inspect", "not_kept", "coming_back", "discount_poisha",
    ],
)  # fmt: skip
_NEW_LINE = {"cost_poisha": 0, "returned_quantity": 0, "returned_cost_poisha": 0, "to_inspect": 0, "not_kept": 0,
             "coming_back": 0}  # fmt: skip
_PAYMENT = Statement(
    insert(_P),
    columns=["order_id", "event_id", "method", "trx_id", "sender", "amount_poisha", "received_at", "part", "turn"],
)
_REFUND = Statement(insert(_R), columns=["order_id", "event_id", "method", "amount_poisha", "reference", "paid_at"])
_CLAIM = Statement(insert(_C), columns=["order_id", "method", "trx_id", "sender", "state", "reason", "claimed_at"])
_DECIDE = Statement(
    update(_C)
    .where(_C.c.order_id == bindparam("order"), _C.c.state == "waiting")
    .values(state=bindparam("new_state"), reason=bindparam("new_reason"), decided_at=bindparam("at"))
)
_SHIPMENT = Statement(
    insert(_S),
    columns=[
        "order_id", "courier", "carrier", "invoice", "tracking_code", "cod_poisha", "estimated_delivery",
        "usual_delivery", "requested_at", "booked_at", "booking", "live", "status", "raw_status", "consignment_id",
        "tracking_link", "problem", "payload", "answer", "return_leg", "weight_g", "told",
    ],
)  # fmt: skip
_LIVE_PARCEL = Setter(_S, and_(_S.c.order_id == bindparam("row_order_id"), _S.c.live == 1))
_BACK = Statement(
    update(_S)
    .where(_S.c.order_id == bindparam("order"), _S.c.live == 1)
    .values(
        live=None,
        problem="",
        expected_charge_poisha=func.coalesce(_S.c.expected_back_poisha, _S.c.expected_charge_poisha),
    )
)
_MARK_RETURNED = Statement(
    update(_LINE)
    .where(_LINE.c.id == bindparam("line"))
    .values(
        returned_quantity=_LINE.c.returned_quantity + bindparam("quantity"),
        returned_cost_poisha=_LINE.c.returned_cost_poisha + bindparam("cost"),
    )
)
_INSPECTED = Statement(insert(_I), columns=["order_id", "event_id", "line_id", "condition", "quantity", "inspected_at"])
_WAIT = Statement(update(_LINE).where(_LINE.c.order_id == bindparam("order")).values(to_inspect=_LINE.c.quantity))
_LOOKED_AT = Statement(
    update(_LINE).where(_LINE.c.id == bindparam("line")).values(to_inspect=_LINE.c.to_inspect - bindparam("units"))
)
_CLEAR_TICKS = Statement(delete(_TICK).where(_TICK.c.order_id == bindparam("order")))
_LINE_COST = Statement(
    update(_LINE)
    .where(_LINE.c.order_id == bindparam("order"), _LINE.c.variant_id == bindparam("variant"))
    .values(cost_poisha=bindparam("cost"))
)


def write(tx: Tx, happening: Happening, order: d.AnyOrder, write: d.Write) -> None:
    """Write one decided row; raises TrxIdTaken when a TrxID belongs elsewhere."""
    _WRITERS[type(write)](tx, happening, order, write)


def cost_postings(moved: list[Moved]) -> list[NewPosting]:
    """The postings at cost that follow from `moved`, one for each kind of movement."""
    totals: dict[str, int] = {}
    for one in moved:
        cost = one.move.value_poisha if one.move.kind == "lost" else one.cost_poisha
        totals[one.move.kind] = totals.get(one.move.kind, 0) + cost
    return [NewPosting(*COST_POSTINGS[kind], total) for kind, total in totals.items() if kind in COST_POSTINGS]


def keep_cost(tx: Tx, order_id: int, moved: list[Moved]) -> None:
    """Note on each line what its goods cost when they left."""
    sold = [one for one in moved if one.move.kind == "sold"]
    tx.insert_many(
        _LINE_COST, [{"order": order_id, "variant": one.move.variant_id, "cost": one.cost_poisha} for one in sold]
    )


def _lines(tx: Tx, happening: Happening, order: d.AnyOrder, added: d.AddLines) -> None:
    waits = order.status in (None, "pending")  # placed just now, or not confirmed yet
    placed = [{**line._asdict(), "unconfirmed": line.tracks_stock if waits else 0} for line in added.lines]
    tx.insert_many(_LINES, [{**line, **_NEW_LINE, "order_id": order.id} for line in placed])


def _keep_claim(tx: Tx, happening: Happening, claim: d.AddClaim) -> None:
    """Keep a customer's word as it is; whether the TrxID is free is asked when it is verified."""
    tx.run(
        _CLAIM, order_id=happening.order_id, method=claim.method, trx_id=claim.trx_id, sender=claim.sender,
        state="waiting", reason="", claimed_at=happening.written_at,
    )  # fmt: skip


def _payment(tx: Tx, happening: Happening, order: d.AnyOrder, payment: d.BookPayment) -> None:
    if payment.part:
        take_part(tx, payment.method, payment.trx_id, happening.written_at, payment.amount_poisha)
    else:
        _take_whole(tx, happening, order, payment)
    tx.run(
        _PAYMENT, order_id=order.id, event_id=happening.event_id, method=payment.method, trx_id=payment.trx_id,
        sender=payment.sender, amount_poisha=payment.amount_poisha, received_at=happening.happened_at,
        part=int(payment.part), turn=turn_now(tx, payment.method, payment.trx_id),
    )  # fmt: skip


def _take_whole(tx: Tx, happening: Happening, order: d.AnyOrder, payment: d.BookPayment) -> None:
    take(tx, happening, payment.method, payment.trx_id)
    owner = owner_of(tx, payment.method, payment.trx_id)
    if owner is None or owner.settled:
        raise TrxIdTaken(payment.method, payment.trx_id, order.number)


def _refund(tx: Tx, happening: Happening, order: d.AnyOrder, refund: d.BookRefund) -> None:
    take_reference(tx, pocket_to_send_by(refund.method), refund.reference, happening.event_id)
    tx.run(
        _REFUND, order_id=order.id, event_id=happening.event_id, method=refund.method,
        amount_poisha=refund.amount_poisha, reference=refund.reference, paid_at=happening.happened_at,
    )  # fmt: skip


def _add_claim(tx: Tx, happening: Happening, order: d.AnyOrder, claim: d.AddClaim) -> None:
    if claim.with_the_order:
        _keep_claim(tx, happening, claim)
        return
    owner = owner_of(tx, claim.method, claim.trx_id)
    if owner is not None and (owner.order_id != order.id or owner.settled):
        raise TrxIdTaken(claim.method, claim.trx_id, owner.number)
    _decide_claim(tx, happening, order, d.DecideClaim("replaced"))
    _keep_claim(tx, happening, claim)


def _decide_claim(tx: Tx, happening: Happening, order: d.AnyOrder, decision: d.DecideClaim) -> None:
    tx.run(_DECIDE, order=order.id, new_state=decision.state, new_reason=decision.reason, at=happening.written_at)


def _open_shipment(tx: Tx, happening: Happening, order: d.AnyOrder, parcel: d.OpenShipment) -> None:
    district = rows.by_number(tx, order.number).district
    comes = expected(tx, parcel.courier, parcel.carrier, district, happening.written_at, parcel.days)
    tx.run(
        _SHIPMENT, order_id=order.id, courier=parcel.courier, carrier=parcel.carrier,
        invoice=f"manual-{order.number}-{order.version}", tracking_code=parcel.tracking_code,
        cod_poisha=parcel.cod_poisha, estimated_delivery=comes.by.isoformat(),
        usual_delivery=comes.usual.isoformat() if comes.usual else None,
        requested_at=happening.written_at, booked_at=happening.written_at, booking="booked", live=1,
        status="shipped", raw_status="", consignment_id="", tracking_link=parcel.tracking_link, problem="",
        payload=json.dumps(parcel.told, ensure_ascii=False), answer="", return_leg="",
        weight_g=parcel.told.get("weight_g", 0),
        told=_told(tx, order, parcel),
    )  # fmt: skip


def _told(tx: Tx, order: d.AnyOrder, parcel: d.OpenShipment) -> str:
    if isinstance(order, d.NewOrder):
        return "{}"
    return told_beside(order_says(order, goods_weight_g(tx, order.id)), parcel.told)


def _set_shipment(tx: Tx, happening: Happening, order: d.AnyOrder, change: d.SetShipment) -> None:
    _LIVE_PARCEL.run(tx, change.values, row_order_id=order.id)


def _reckon_charge(tx: Tx, happening: Happening, order: OrderRow, wanted: d.ReckonCharge) -> None:
    keep_expected(tx, order.id, order.district)


def _parcel_back(tx: Tx, happening: Happening, order: d.AnyOrder, back: d.ParcelBack) -> None:
    tx.run(_BACK, order=order.id)


def _mark_returned(tx: Tx, happening: Happening, order: d.AnyOrder, mark: d.MarkReturned) -> None:
    tx.run(_MARK_RETURNED, line=mark.line_id, quantity=mark.quantity, cost=mark.cost_poisha)


def _note_problem(tx: Tx, happening: Happening, order: d.AnyOrder, noted: d.NoteProblem) -> None:
    note_of_staff(tx, order.id, noted.words, Happened(happening.key, noted.words, happening.written_at, noted.by))


def _add_inspections(tx: Tx, happening: Happening, order: d.AnyOrder, inspections: d.AddInspections) -> None:
    row = {"order_id": order.id, "event_id": happening.event_id, "inspected_at": happening.happened_at}
    tx.insert_many(
        _INSPECTED,
        [
            {**row, "line_id": found.line.id, "condition": found.condition, "quantity": found.quantity}
            for found in inspections.found
        ],
    )
    if inspections.waited:
        tx.insert_many(_LOOKED_AT, [{"line": found.line.id, "units": found.quantity} for found in inspections.found])


def _go_on(tx: Tx, happening: Happening, order: d.AnyOrder, going: d.GoOnWithCase) -> None:
    happened = Happened(f"{happening.key}/case/{going.step}", going.words, happening.written_at, going.by)
    CASE_STEPS[going.step](tx, order.id, happened)


_WRITERS: dict[type, Callable[..., None]] = {
    **door_writes.WRITERS,
    **record_writes.WRITERS,
    **approval_writes.WRITERS,
    **edit_writes.WRITERS,
    **credit_writes.WRITERS,
    **reversal_writes.WRITERS,
    **undo_writes.WRITERS,
    d.AddLines: _lines,
    d.BookPayment: _payment,
    d.BookRefund: _refund,
    d.AddClaim: _add_claim,
    d.DecideClaim: _decide_claim,
    d.TakeTrxId: lambda tx, happening, order, taken: take(tx, happening, taken.method, taken.trx_id),
    d.OpenShipment: _open_shipment,
    d.SetShipment: _set_shipment,
    d.ParcelBack: _parcel_back,
    d.ReckonCharge: _reckon_charge,
    d.MarkReturned: _mark_returned,
    d.NoteProblem: _note_problem,
    d.AddInspections: _add_inspections,
    d.AwaitInspection: lambda tx, happening, order, _: tx.run(_WAIT, order=order.id),
    d.GoOnWithCase: _go_on,
    d.ClearTicks: lambda tx, happening, order, _: tx.run(_CLEAR_TICKS, order=order.id),
}
