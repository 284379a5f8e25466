"""What happens to an order of the sample shop: each deed is one command of the lifecycle, with believable content."""

from __future__ import annotations

import json
from datetime import timedelta

from sqlalchemy import insert

from dokango.clock import day_of
from dokango.couriers.manual import MANUAL
from dokango.couriers.models import Shipment
from dokango.couriers.registry import COURIERS, is_by_api
from dokango.db import Statement, table_of
from dokango.orders.book import rows
from dokango.orders.lifecycle import commands as c
from dokango.payments.methods import is_paid_on_delivery
from dokango.sample.stage import Desk, SampleOrder
from dokango.shop.profile import load_profile

_TAKA = 100
_COURIER_CHARGE_POISHA = 11_500
_CANCEL_REASONS = (
    "Customer changed their mind",
    "Ordered twice by mistake",
    "Wanted another colour",
    "No answer for days",
)
_PROBLEMS = (
    ("hold", "Customer not home; the rider tries again tomorrow"),
    ("cancelled_approval_pending", "Rider says the customer refused; call them"),
    ("hold", "Address not found; the rider asks for a landmark"),
)
_HELD_PAID_BEFORE = ("payment", "Sender's number differs from the claim; asked for a screenshot.")
_HELD_ON_DELIVERY = ("address", "House number is missing. Called twice, no answer yet.")

_BOOK = Statement(
    insert(table_of(Shipment)).returning(table_of(Shipment).c.id),
    columns=[
        "order_id", "live", "courier", "carrier", "booking", "invoice", "consignment_id", "tracking_code",
        "tracking_link", "status", "raw_status", "return_leg", "problem", "cod_poisha", "payload", "answer",
        "estimated_delivery", "requested_at", "booked_at", "status_at", "synced_at",
    ],
)  # fmt: skip
_SHIPMENT = table_of(Shipment)


def claim(desk: Desk, order: SampleOrder) -> None:
    """The customer sends the TrxID."""
    order.trx_id = desk.new_trx_id(order.method)
    sender = order.buyer.phone
    desk.act(order.customer, order, c.ClaimPayment(method=order.method, transaction_id=order.trx_id, sender=sender))


def verify(desk: Desk, order: SampleOrder) -> None:
    """All that is due was found in the wallet."""
    _verify(desk, order, desk.row(order).due_poisha)


def verify_short(desk: Desk, order: SampleOrder) -> None:
    """The customer forgot the delivery charge."""
    _verify(desk, order, desk.row(order).subtotal_poisha)


def verify_over(desk: Desk, order: SampleOrder) -> None:
    """The customer rounded up."""
    _verify(desk, order, desk.row(order).due_poisha + 50 * _TAKA)


def _verify(desk: Desk, order: SampleOrder, amount_poisha: int) -> None:
    found = c.VerifyPayment(
        method=order.method, transaction_id=order.trx_id, amount_poisha=amount_poisha, sender=order.buyer.phone
    )
    desk.act(desk.manager, order, found)


def reject(desk: Desk, order: SampleOrder) -> None:
    """The TrxID is nowhere."""
    desk.act(desk.manager, order, c.RejectClaim(reason="No such transaction in our wallet. Please check the TrxID."))


def hold(desk: Desk, order: SampleOrder) -> None:
    """Something has to be cleared up first."""
    reason, note = _HELD_ON_DELIVERY if is_paid_on_delivery(order.method) else _HELD_PAID_BEFORE
    desk.act(desk.manager, order, c.Hold(reason=reason, note=note))


def confirm(desk: Desk, order: SampleOrder) -> None:
    """Approved."""
    desk.act(desk.manager, order, c.Confirm())


def pack(desk: Desk, order: SampleOrder) -> None:
    """Packed; clay and glass are fragile."""
    skus = {line.sku for line in rows.lines_of(desk.tx, desk.row(order).id)}
    fragile = True if skus & {"CLY-CUP", "GHE-500"} else None
    desk.act(desk.packer, order, c.Pack(fragile=fragile))


def ship(desk: Desk, order: SampleOrder) -> None:
    """Handed to the courier that the story names."""
    if is_by_api(order.courier):
        desk.act(desk.packer, order, c.Ship(courier=order.courier, shipment_id=_book(desk, order)))
        return
    code = f"SB{desk.rng.randrange(10**6, 10**7)}" if order.courier != "Own rider" else ""
    desk.act(desk.packer, order, c.Ship(courier=MANUAL.key, carrier=order.courier, tracking_code=code))


def _book(desk: Desk, order: SampleOrder) -> int:
    """The row that a booking through the API leaves."""
    row, profile = desk.row(order), load_profile(desk.tx)
    now_us = desk.clock.now_us()
    desk.consignments += desk.rng.randrange(1, 40)
    day = day_of(now_us) + timedelta(days=profile.delivery_days(row.district))
    sent = {
        "invoice": f"{profile.invoice_prefix}-{row.number}",
        "recipient_name": row.name,
        "recipient_phone": row.phone,
        "recipient_address": ", ".join(part for part in (row.address_line, row.area, row.city, row.district) if part),
        "cod_amount": row.due_poisha // _TAKA,
    }
    code = f"{desk.rng.getrandbits(32):08X}"
    shipment_id = desk.tx.value(
        _BOOK, order_id=row.id, live=1, courier=order.courier, carrier=COURIERS[order.courier].name, booking="booked",
        invoice=sent["invoice"], consignment_id=str(desk.consignments), tracking_code=code, tracking_link="",
        status="pending", raw_status="pending", problem="", return_leg="", cod_poisha=row.due_poisha,
        payload=json.dumps(sent, ensure_ascii=False), answer="{}", estimated_delivery=day.isoformat(),
        requested_at=now_us, booked_at=now_us, status_at=now_us, synced_at=now_us,
    )  # fmt: skip
    return int(shipment_id)


def deliver(desk: Desk, order: SampleOrder) -> None:
    """The customer has it."""
    desk.act(desk.manager, order, c.Deliver())


def problem(desk: Desk, order: SampleOrder) -> None:
    """The courier reports trouble."""
    status, words = desk.rng.choice(_PROBLEMS)
    row = desk.row(order)
    change = _SHIPMENT.update().where(_SHIPMENT.c.id == row.shipment_id)
    desk.tx.run(change.values(status=status, raw_status=status, status_at=desk.clock.now_us()))
    desk.act(desk.packer, order, c.ReportProblem(problem=words))


def pay_out(desk: Desk, order: SampleOrder) -> None:
    """The courier transfers what it collected, less its charge."""
    due = desk.row(order).courier_due_poisha
    charge = min(_COURIER_CHARGE_POISHA, due)
    reference = f"SFC-{desk.rng.randrange(40_000, 50_000)}"
    desk.act(desk.manager, order, c.PayOut(amount_poisha=due - charge, charge_poisha=charge, reference=reference))


def came_back(desk: Desk, order: SampleOrder) -> None:
    """The parcel is here again, mostly fit for the shelf."""
    desk.act(
        desk.manager, order, c.ReceiveReturn(restock=desk.rng.random() < 0.8, reason="Customer refused the parcel")
    )


def cancel(desk: Desk, order: SampleOrder) -> None:
    """Called off."""
    desk.act(desk.manager, order, c.Cancel(reason=desk.rng.choice(_CANCEL_REASONS)))


def part_return(desk: Desk, order: SampleOrder) -> None:
    """One unit comes back."""
    line = rows.lines_of(desk.tx, desk.row(order).id)[0]
    back = c.ReturnedLine(sku=line.sku, quantity=1, restock=True)
    desk.act(desk.manager, order, c.ReceiveReturn(lines=(back,), reason="Did not fit"))


def refund(desk: Desk, order: SampleOrder) -> None:
    """What is due goes back by the wallet it came from."""
    due = desk.row(order).refund_due_poisha
    reference = desk.new_trx_id(order.method)
    desk.act(desk.manager, order, c.PayRefund(method=order.method, amount_poisha=due, reference=reference))
