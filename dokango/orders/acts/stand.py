"""How a case stands when somebody acts on it: the case, its order and its parcel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dokango.clock import Clock
from dokango.couriers.kind import NO_RULE, CaseRule
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.couriers.registry import COURIERS
from dokango.db import Tx, typed
from dokango.orders.book import rows as orders
from dokango.orders.book.rows import ORDER, WITH_PARCEL, OrderRow
from dokango.orders.cases import rows as cases
from dokango.orders.cases.rows import CaseRow
from dokango.orders.parcels.news import name_of
from dokango.shop.profile import load_profile


@dataclass(frozen=True, slots=True)
class Stand:
    """A case with its order and parcel, None where it has none; `now_us` is when it was looked at.

    `answer_hours`: how long the owner has a customer's answer awaited.
    """

    case: CaseRow
    order: OrderRow | None
    parcel: ParcelRow | None
    now_us: int
    answer_hours: int = 12

    @property
    def on_the_way(self) -> bool:
        """Whether its parcel is the live one of an order on its way: something can still be done for it."""
        return self.order is not None and self.parcel is not None and (
            self.order.status == "shipped" and self.parcel.live == 1 and self.parcel.booking == "booked"
        )  # fmt: skip

    @property
    def rule(self) -> CaseRule:
        """How its courier wants to be answered."""
        kind = COURIERS.get(self.parcel.courier) if self.parcel is not None else None
        return NO_RULE if kind is None else kind.cases

    @property
    def called(self) -> str:
        """What the courier calls the parcel."""
        parcel = self.parcel
        return "" if parcel is None else parcel.consignment_id or parcel.tracking_code or parcel.invoice

    def to_courier(self, answer: str) -> str:
        """`answer` as this courier is to read it."""
        return self.rule.words(name_of(self.parcel), answer) if self.parcel is not None else answer


def stand_of(tx: Tx, clock: Clock, case: CaseRow) -> Stand:
    """How `case` stands."""
    order = orders.by_number(tx, orders.number_of(tx, case.order_id)) if case.order_id is not None else None
    parcel = shipments.by_id(tx, case.shipment_id) if case.shipment_id is not None else None
    return Stand(case, order, parcel, clock.now_us(), load_profile(tx).ask_wait_hours)


def stands_of(tx: Tx, clock: Clock, found: Sequence[CaseRow]) -> dict[int, Stand]:
    """How many cases stand, by the case's id, in a few readings."""
    order_ids = sorted({case.order_id for case in found if case.order_id is not None})
    parcel_ids = sorted({case.shipment_id for case in found if case.shipment_id is not None})
    known = {order.id: order for order in tx.rows(typed(OrderRow, WITH_PARCEL.where(ORDER.c.id.in_(order_ids))))}
    parcels = {parcel.id: parcel for parcel in shipments.many(tx, parcel_ids)}
    now_us, hours = clock.now_us(), load_profile(tx).ask_wait_hours
    return {
        case.id: Stand(case, known.get(case.order_id or 0), parcels.get(case.shipment_id or 0), now_us, hours)
        for case in found
    }


def look(tx: Tx, clock: Clock, case_id: int) -> Stand:
    """The same by the case's id, for drawing; raises NotFound."""
    return stand_of(tx, clock, cases.by_id(tx, case_id))
