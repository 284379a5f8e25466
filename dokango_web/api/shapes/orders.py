"""An order as the API tells it, and how a step with one or many went."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from dokango_web.api.shapes.base import Problem, Shape

Status = Literal["pending", "confirmed", "shipped", "delivered", "cancelled", "returned"]
Money = Literal[
    "unpaid", "claimed", "part_paid", "paid", "cod_due", "cod_with_courier", "refund_due", "refunded", "nothing_due"
]  # fmt: skip


class CustomerShape(Shape):
    """Who ordered."""

    name: str
    phone: str
    email: str | None


class AddressShape(Shape):
    """Where it goes."""

    line: str
    area: str
    city: str
    district: str


class ClaimShape(Shape):
    """A TrxID that waits to be checked."""

    method: str
    transaction_id: str
    sender: str | None
    claimed_at: str


class PaymentShape(Shape):
    """How it is paid."""

    method: str
    claim: ClaimShape | None


class ReversedShape(Shape):
    """A payment that was taken back: when, by whom, and why."""

    at: str
    by: str
    reason: str


class PaidShape(Shape):
    """One payment: by a wallet with its TrxID, or ("credit") out of the customer's credit."""

    id: int | None = Field(description="What `reverse_payment` names it by; null for credit.")
    method: str
    transaction_id: str | None
    sender: str | None
    amount_poisha: int
    received_at: str
    part: bool = Field(description="The rest of what came under this TrxID is for other orders, or was kept.")
    reversed: ReversedShape | None = Field(description="Where it was taken back: it pays nothing any more.")


class LineShape(Shape):
    """So many of a SKU, at the price it was sold for."""

    sku: str
    title: str
    variant: str
    quantity: int
    unit_price_poisha: int
    discount_poisha: int = Field(description="Off this line alone; the order's own discount is shared by all lines.")
    returned_quantity: int
    not_kept: int = Field(description="Of a parcel that was kept in part: never sold.")
    coming_back: int = Field(description="Those of them that are not here yet.")
    to_inspect: int = Field(description="Units of a parcel that came back undelivered and wait to be inspected.")


class ShipmentShape(Shape):
    """The parcel; null is what the courier has not said (yet)."""

    courier: str
    carrier: str | None
    booking: Literal["requested", "booked", "refused", "uncertain", "superseded"]
    consignment_id: str | None
    tracking_code: str | None
    tracking_link: str | None
    status: str | None
    raw_status: str | None
    estimated_delivery: str | None
    problem: str | None
    cod_poisha: int = Field(description="What the courier was told to collect: whole taka.")
    should_collect_poisha: int | None = Field(
        description="What it should collect instead, until somebody says what became of it (`say_collects`)."
    )


class EventShape(Shape):
    """One happening; `to` is null where the status stayed.

    `actor` is a name, which anybody may have; `actor_kind` says whether it is one of the staff, the customer, a
    program's API key, the shop's own work (jobs, a courier's word) or a rule that the owner set.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    at: str
    actor: str
    actor_kind: Literal["staff", "customer", "api_key", "system", "rule"]
    action: str
    from_: str | None = Field(alias="from")
    to: str | None
    note: str


class OrderShape(Shape):
    """An order. Amounts are in poisha, 100 to the taka."""

    number: str
    status: Status
    money: Money
    version: int
    placed_at: str
    changed_at: str
    channel: str
    customer: CustomerShape
    address: AddressShape
    note: str | None
    payment: PaymentShape
    payments: list[PaidShape]
    lines: list[LineShape]
    subtotal_poisha: int
    delivery_poisha: int
    discount_poisha: int = Field(description="All that is off: total = subtotal + delivery − discount.")
    discount_reason: str | None
    total_poisha: int
    paid_poisha: int
    due_poisha: int
    refund_due_poisha: int
    refunded_poisha: int
    courier_due_poisha: int = Field(description="Collected and not yet paid out; below 0 when more was charged.")
    forgiven_poisha: int = Field(description="What a payment fell short by, and nobody asks for.")
    kept_poisha: int = Field(description="What of a payment before delivery stays with the shop: it was refused.")
    refusal_keeps_poisha: int = Field(description="What of it stays when the parcel is refused, as the buyer was told.")
    credit_used_poisha: int = Field(description="Of what was paid: the customer's credit.")
    credited_poisha: int = Field(description="Of what was refunded: kept as the customer's credit.")
    advance_poisha: int = Field(
        description="Of an order paid on delivery: what is paid before it is confirmed, as it was told when placed."
    )
    advance_reason: str | None = Field(description="The row of the rule that asks for it, or why nothing is asked.")
    held: str | None
    waits_for_approval: Literal["payment", "refund"] | None = Field(
        description="What another person is to approve before it is booked (`GET /approvals`)."
    )
    packed: bool
    assigned_to: str | None
    shipment: ShipmentShape | None
    tracking_url: str
    events: list[EventShape]


class WarningShape(Shape):
    """A check before the order goes on that is not green."""

    check: str
    level: Literal["amber", "red"]
    words: str


class WarnedOrderShape(OrderShape):
    """An order after a step that looks at the checks first; `warnings` are those that were not green."""

    warnings: list[WarningShape]


class ConfirmResultShape(Shape):
    """How one of many went: the order when it is confirmed, the problem when it was refused."""

    number: str
    outcome: Literal["confirmed", "left_out", "refused"]
    warnings: list[WarningShape]
    order: OrderShape | None
    problem: Problem | None


class BulkConfirmedShape(Shape):
    """A result for each order that was named, in that order."""

    results: list[ConfirmResultShape]


class OrdersShape(Shape):
    """A page of orders, newest first; `next_cursor` leads to the next, null on the last."""

    orders: list[OrderShape]
    next_cursor: str | None
