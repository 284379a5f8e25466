"""What happens to an order of the sample shop: each step is one command of the lifecycle, with believable content."""

from __future__ import annotations

import json
from datetime import timedelta

from sqlalchemy import insert

from dokango.clock import day_of
from dokango.couriers.kind.parcel_limits import collectable, whole_taka
from dokango.couriers.manual import MANUAL
from dokango.couriers.models import Shipment
from dokango.couriers.parcels import shipments
from dokango.couriers.registry import COURIERS, is_by_api
from dokango.db import Statement, table_of
from dokango.orders.book import rows
from dokango.orders.lifecycle import commands as c
from dokango.payments.methods import is_paid_on_delivery
from dokango.sample.stage import SampleOrder, Stage
from dokango.shop.cancel_reasons import CANCEL_REASONS
from dokango.shop.profile import load_profile

_TAKA = 100
_CHARGE_POISHA, _DEARER_POISHA = 11_500, 1_000  # of a courier without a tariff; what every seventh costs besides
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
        "tracking_link", "status", "raw_status", "return_leg", "problem", "cod_poisha", "weight_g", "payload", "answer",
        "told", "estimated_delivery", "requested_at", "booked_at", "status_at", "synced_at",
    ],
)  # fmt: skip
_SHIPMENT = table_of(Shipment)


def claim(stage: Stage, order: SampleOrder) -> None:
    """The customer sends the TrxID."""
    order.trx_id = stage.new_trx_id(order.method)
    sender = order.buyer.phone
    stage.act(order.customer, order, c.ClaimPayment(method=order.method, transaction_id=order.trx_id, sender=sender))


def verify(stage: Stage, order: SampleOrder) -> None:
    """All that is due was found in the wallet."""
    _verify(stage, order, stage.row(order).due_poisha)


def verify_short(stage: Stage, order: SampleOrder) -> None:
    """The customer forgot the delivery charge."""
    _verify(stage, order, stage.row(order).subtotal_poisha)


def verify_over(stage: Stage, order: SampleOrder) -> None:
    """The customer rounded up."""
    _verify(stage, order, stage.row(order).due_poisha + 50 * _TAKA)


def _verify(stage: Stage, order: SampleOrder, amount_poisha: int) -> None:
    found = c.VerifyPayment(
        method=order.method, transaction_id=order.trx_id, amount_poisha=amount_poisha, sender=order.buyer.phone
    )
    stage.act(stage.manager, order, found)


def reject(stage: Stage, order: SampleOrder) -> None:
    """The TrxID is nowhere."""
    stage.act(stage.manager, order, c.RejectClaim(reason="No such transaction in our wallet. Please check the TrxID."))


def hold(stage: Stage, order: SampleOrder) -> None:
    """Something has to be cleared up first."""
    reason, note = _HELD_ON_DELIVERY if is_paid_on_delivery(order.method) else _HELD_PAID_BEFORE
    stage.act(stage.manager, order, c.Hold(reason=reason, note=note))


def confirm(stage: Stage, order: SampleOrder) -> None:
    """Approved."""
    stage.act(stage.manager, order, c.Confirm())


def pack(stage: Stage, order: SampleOrder) -> None:
    """Packed; clay and glass are fragile."""
    skus = {line.sku for line in rows.lines_of(stage.tx, stage.row(order).id)}
    fragile = True if skus & {"CLY-CUP", "GHE-500"} else None
    stage.act(stage.packer, order, c.Pack(fragile=fragile))


def ship(stage: Stage, order: SampleOrder) -> None:
    """Handed to the courier that the story names."""
    if is_by_api(order.courier):
        stage.act(stage.packer, order, c.Ship(courier=order.courier, shipment_id=_book(stage, order)))
        return
    code = f"SB{stage.rng.randrange(10**6, 10**7)}" if order.courier != "Own rider" else ""
    stage.act(stage.packer, order, c.Ship(courier=MANUAL.key, carrier=order.courier, tracking_code=code))


def _book(stage: Stage, order: SampleOrder) -> int:
    """The row that a booking through the API leaves."""
    row, profile = stage.row(order), load_profile(stage.tx)
    now_us = stage.clock.now_us()
    stage.consignments += stage.rng.randrange(1, 40)
    day = day_of(now_us) + timedelta(days=profile.delivery_days(row.district))
    sent = {
        "invoice": f"{profile.invoice_prefix}-{row.number}",
        "recipient_name": row.name,
        "recipient_phone": row.phone,
        "recipient_address": ", ".join(part for part in (row.address_line, row.area, row.city, row.district) if part),
        "cod_amount": whole_taka(row.due_poisha),
    }
    code = f"{stage.rng.getrandbits(32):08X}"
    shipment_id = stage.tx.value(
        _BOOK, order_id=row.id, live=1, courier=order.courier, carrier=COURIERS[order.courier].name, booking="booked",
        invoice=sent["invoice"], consignment_id=str(stage.consignments), tracking_code=code, tracking_link="",
        status="pending", raw_status="pending", problem="", return_leg="", cod_poisha=collectable(row.due_poisha),
        weight_g=0, payload=json.dumps(sent, ensure_ascii=False), answer="{}", estimated_delivery=day.isoformat(),
        told="{}",
        requested_at=now_us, booked_at=now_us, status_at=now_us, synced_at=now_us,
    )  # fmt: skip
    return int(shipment_id)


def deliver(stage: Stage, order: SampleOrder) -> None:
    """The customer has it."""
    stage.act(stage.manager, order, c.Deliver())


def problem(stage: Stage, order: SampleOrder) -> None:
    """The courier reports trouble."""
    status, words = stage.rng.choice(_PROBLEMS)
    row = stage.row(order)
    change = _SHIPMENT.update().where(_SHIPMENT.c.id == row.shipment_id)
    stage.tx.run(change.values(status=status, raw_status=status, status_at=stage.clock.now_us()))
    stage.act(stage.packer, order, c.ReportProblem(problem=words))


def pay_out(stage: Stage, order: SampleOrder) -> None:
    """The courier transfers what it collected, less its charge."""
    row = stage.row(order)
    due, parcel = row.courier_due_poisha, shipments.live_of(stage.tx, row.id)
    expected = parcel.expected_charge_poisha if parcel is not None else None
    charge = (expected or _CHARGE_POISHA) + (_DEARER_POISHA if not row.id % 7 else 0)
    charge = min(charge, due)
    reference = f"SFC-{stage.rng.randrange(40_000, 50_000)}"
    stage.act(stage.manager, order, c.PayOut(amount_poisha=due - charge, charge_poisha=charge, reference=reference))


def came_back(stage: Stage, order: SampleOrder) -> None:
    """The parcel is here again, mostly fit for the shelf."""
    stage.act(
        stage.manager, order, c.ReceiveReturn(restock=stage.rng.random() < 0.8, reason="Customer refused the parcel")
    )


def cancel(stage: Stage, order: SampleOrder) -> None:
    """Called off."""
    stage.act(stage.manager, order, c.Cancel(reason=stage.rng.choice(CANCEL_REASONS[1:])))


def part_return(stage: Stage, order: SampleOrder) -> None:
    """One unit comes back."""
    line = rows.lines_of(stage.tx, stage.row(order).id)[0]
    back = c.ReturnedLine(sku=line.sku, quantity=1, restock=True)
    stage.act(stage.manager, order, c.ReceiveReturn(lines=(back,), reason="Did not fit"))


def refund(stage: Stage, order: SampleOrder) -> None:
    """What is due goes back by the wallet it came from."""
    due = stage.row(order).refund_due_poisha
    reference = stage.new_trx_id(order.method)
    stage.act(stage.manager, order, c.PayRefund(method=order.method, amount_poisha=due, reference=reference))
