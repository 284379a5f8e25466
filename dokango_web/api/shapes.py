"""What the API answers, for its documentation and its tests; answers are built as plain dicts of these shapes."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["pending", "confirmed", "shipped", "delivered", "cancelled", "returned"]
Money = Literal[
    "unpaid", "claimed", "part_paid", "paid", "cod_due", "cod_with_courier", "refund_due", "refunded", "nothing_due"
]  # fmt: skip


class Shape(BaseModel):
    """The base: nothing that is not listed."""

    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """A failure (RFC 9457). Some carry more: `fields`, `allowed`, `items`, `order`."""

    model_config = ConfigDict(extra="allow")
    type: str
    title: str
    status: int
    code: str
    detail: str


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


class LineShape(Shape):
    """So many of a SKU, at the price it was sold for."""

    sku: str
    title: str
    variant: str
    quantity: int
    unit_price_poisha: int
    returned_quantity: int


class ShipmentShape(Shape):
    """The parcel; null is what the courier has not said (yet)."""

    courier: str
    carrier: str | None
    booking: Literal["requested", "booked", "refused", "uncertain", "superseded"]
    consignment_id: str | None
    tracking_code: str | None
    status: str | None
    raw_status: str | None
    estimated_delivery: str | None
    problem: str | None


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
    lines: list[LineShape]
    subtotal_poisha: int
    delivery_poisha: int
    total_poisha: int
    paid_poisha: int
    due_poisha: int
    refund_due_poisha: int
    refunded_poisha: int
    held: str | None
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


class StockLineShape(Shape):
    """One SKU on the shelf; cost and value are null for roles that may not see cost."""

    sku: str
    title: str
    on_hand: int
    reserved: int
    available: int
    unit_cost_poisha: int | None
    value_poisha: int | None


class StockShape(Shape):
    """The shelf."""

    stock: list[StockLineShape]


class VariantShape(Shape):
    """One thing to choose."""

    sku: str
    title: str
    attributes: dict[str, Any]
    price_poisha: int
    active: bool
    tracks_stock: bool


class ProductShape(Shape):
    """A product with its variants."""

    slug: str
    title: str
    category: str
    active: bool
    variants: list[VariantShape]


class ProductsShape(Shape):
    """The catalogue."""

    products: list[ProductShape]


class AccountShape(Shape):
    """One account; balance is debit less credit."""

    account: str
    debit_poisha: int
    credit_poisha: int
    balance_poisha: int


class TrialBalanceShape(Shape):
    """All accounts at a time."""

    accounts: list[AccountShape]


class PostingShape(Shape):
    """An amount from the credit to the debit account."""

    debit: str
    credit: str
    amount_poisha: int


class EntryShape(Shape):
    """What one happening wrote into the books; `order` is null where it concerns none."""

    key: str
    order: str | None
    action: str
    happened_at: str
    written_at: str
    postings: list[PostingShape]


class EntriesShape(Shape):
    """The journal, oldest first; `next_cursor` leads on, null at the end."""

    entries: list[EntryShape]
    next_cursor: str | None


class ProfitRowShape(Shape):
    """A day or a month."""

    period: str
    revenue_poisha: int
    cogs_poisha: int
    expenses_poisha: int
    profit_poisha: int


class ProfitTotalsShape(Shape):
    """All periods together."""

    revenue_poisha: int
    cogs_poisha: int
    expenses_poisha: int
    profit_poisha: int


class ProfitShape(Shape):
    """Profit and loss by period."""

    rows: list[ProfitRowShape]
    totals: ProfitTotalsShape


class InventoryRowShape(Shape):
    """What one SKU was worth."""

    sku: str
    on_hand: int
    value_poisha: int


class InventoryTotalsShape(Shape):
    """The whole shelf."""

    on_hand: int
    value_poisha: int


class InventoryShape(Shape):
    """Inventory valuation at a time."""

    rows: list[InventoryRowShape]
    totals: InventoryTotalsShape


class ProblemShape(Shape):
    """Something that waits for a person."""

    id: str
    order: str | None
    kind: str
    since: str
    words: str
    taken_by: str | None


class ProblemsShape(Shape):
    """Problems."""

    problems: list[ProblemShape]


class ResolutionsShape(Shape):
    """Resolutions."""

    resolutions: list[ProblemShape]
