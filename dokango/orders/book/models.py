"""Orders, their lines, and the numbers they are called by."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import SQLModel

from dokango.db.columns import check, flag, row_id, strict, text, whole
from dokango.orders.book import queues
from dokango.orders.book.queues import UNCONFIRMED_LINES


class Order(SQLModel, table=True):
    """One order. `status` is set by `perform` alone; the amounts and `money` follow postings, and a check proves it."""

    __table_args__ = strict(
        check(
            "status IN ('pending', 'confirmed', 'shipped', 'delivered', 'cancelled', 'returned')", "order_status_known"
        ),
        check(
            "money IN ('unpaid', 'claimed', 'part_paid', 'paid', "
            "'cod_due', 'cod_with_courier', 'refund_due', 'refunded')",
            "order_money_known",
        ),
        check("subtotal_poisha >= 0 AND delivery_poisha >= 0", "order_amounts_not_negative"),
        check("total_poisha = subtotal_poisha + delivery_poisha - discount_poisha", "order_total_is_sum"),
        check("discount_poisha >= 0 AND discount_poisha <= subtotal_poisha + delivery_poisha", "order_discount_within"),
        check("forgiven_poisha >= 0 AND forgiven_poisha <= subtotal_poisha + delivery_poisha", "order_forgiven_within"),
        check("paid_poisha >= 0 AND due_poisha >= 0 AND refund_due_poisha >= 0", "order_balances_not_negative"),
        flag("packed", "order"),
        flag("fragile", "order"),
        check("refusal_keeps_poisha >= 0", "order_refusal_keeps_not_negative"),
        check("kept_poisha >= 0", "order_kept_not_negative"),
        check("credit_used_poisha >= 0", "order_credit_used_not_negative"),
        check("credited_poisha >= 0", "order_credited_not_negative"),
        check("advance_poisha >= 0", "order_advance_not_negative"),
        check("to_inspect IS NULL OR to_inspect >= 0", "order_to_inspect_not_negative"),
        check("wish_kind IN ('', 'change', 'cancel')", "order_wish_known"),
        check("approval_kind IN ('', 'payment', 'refund', 'reversal')", "order_approval_known"),
        flag("delivery_returned", "order"),
        flag("claim_waits", "order"),
        *queues.indexes(),
        Index("order_customer", "customer_id", "id"),
        Index("order_phone", "phone", "id", "status"),
        Index("order_placed", "placed_at", "id"),
        queues.only_where("delivered_at IS NOT NULL", "order_delivered", "delivered_at"),
    )

    id: int | None = row_id()
    number: str = text(unique=True)
    token: str = text(unique=True)
    status: str = text("pending")
    money: str = text("unpaid")
    version: int = whole(1)
    held_reason: str | None = text(None)
    held_note: str = text("")
    packed: int = whole(0)
    fragile: int = whole(0)
    assigned_to: str = text("")
    channel: str = text("storefront")  # storefront, api, phone, whatsapp, counter, sample
    locale: str = text("en")
    network: str = text("")  # of the visitor, while the order waits to be confirmed
    customer_id: int = whole(foreign_key="customer.id")
    name: str = text()
    phone: str = text()
    email: str = text("")
    address_line: str = text()
    area: str = text("")
    city: str = text("")
    district: str = text("")
    note: str = text("")
    payment_method: str = text()
    subtotal_poisha: int = whole()
    delivery_poisha: int = whole()
    total_poisha: int = whole()
    paid_poisha: int = whole(0)
    due_poisha: int = whole()
    refund_due_poisha: int = whole(0)
    refunded_poisha: int = whole(0)
    courier_due_poisha: int = whole(0)  # COD the courier holds; below 0 when it charged more than it held
    delivery_returned: int = whole(0)
    claim_waits: int = whole(0)
    units: int = whole()  # of all lines
    placed_at: int = whole()
    changed_at: int = whole()
    delivered_at: int | None = whole(None)  # when it came to its customer; None until then, and when it sets out again
    expires_at: int | None = whole(None)  # when it is let go unless somebody confirms it, as its customer was told
    refusal_keeps_poisha: int = whole(0)  # what of a payment before stays with us when it is refused, as was told
    kept_poisha: int = whole(0)  # what of it does stay
    to_inspect: int | None = whole(None)  # units of a parcel that came back undelivered; None while none is back
    discount_poisha: int = whole(0)  # off the lines and the delivery charge, those of single lines included
    discount_reason: str = text("")
    discount_by: str = text("")
    wish: str = text("")  # what the customer asks for, while nobody has answered; "" for nothing
    wish_kind: str = text("")  # change, cancel
    forgiven_poisha: int = whole(0)  # what of the total a payment fell short by, and nobody asks for
    credit_used_poisha: int = whole(0)  # of what was paid: the customer's credit
    credited_poisha: int = whole(0)  # of what was refunded: kept as the customer's credit, not sent
    approval_kind: str = text("")  # what of it waits for a second person: payment, refund, reversal; "" for nothing
    approval_person: int = whole(0)  # who asked for that (`Actor.person`)
    advance_poisha: int = whole(0)  # what of an order paid on delivery is paid before it is confirmed
    advance_reason: str = text("")  # the row of the rule that asked, or why none is asked


class OrderLine(SQLModel, table=True):
    """One SKU of an order at the price it was sold for; `cost_poisha` is set when the goods leave, for all of them."""

    __tablename__ = "order_line"
    __table_args__ = strict(
        check("quantity > 0", "order_line_quantity_positive"),
        check("unit_price_poisha >= 0", "order_line_price_not_negative"),
        check("returned_quantity >= 0 AND returned_quantity <= quantity", "order_line_returned_within"),
        check("to_inspect >= 0 AND to_inspect <= quantity", "order_line_to_inspect_within"),
        check("not_kept >= 0 AND not_kept <= quantity", "order_line_not_kept_within"),
        check("coming_back >= 0 AND coming_back <= quantity", "order_line_coming_back_within"),
        check("discount_poisha >= 0 AND discount_poisha <= quantity * unit_price_poisha", "order_line_discount_within"),
        Index("order_line_order", "order_id", "variant_id", unique=True),
        flag("unconfirmed", "order_line"),
        Index("order_line_variant", "variant_id"),
        queues.only_where(UNCONFIRMED_LINES, "order_line_unconfirmed", "variant_id", "quantity"),
    )

    id: int | None = row_id()
    order_id: int = whole(foreign_key="order.id")
    variant_id: int = whole(foreign_key="variant.id")
    sku: str = text()
    title: str = text()
    variant_title: str = text("")
    image: str = text("")
    tracks_stock: int = whole(1)
    quantity: int = whole()
    unit_price_poisha: int = whole()
    cost_poisha: int = whole(0)
    returned_quantity: int = whole(0)
    returned_cost_poisha: int = whole(0)
    unconfirmed: int = whole(0)  # while its units are kept from the shelf by an order that nobody has confirmed
    to_inspect: int = whole(0)  # units that came back undelivered and nobody has looked at: still off the shelf
    not_kept: int = whole(0)  # units that the customer did not take out of a parcel: never sold
    coming_back: int = whole(0)  # those of them that are not here yet
    discount_poisha: int = whole(0)  # off this line alone


class Inspection(SQLModel, table=True):
    """What was found of a line in a parcel that came back: so many in one condition. Only ever inserted."""

    __table_args__ = strict(
        check("condition IN ('resell', 'damaged', 'missing', 'wrong')", "inspection_condition_known"),
        check("quantity > 0", "inspection_quantity_positive"),
        Index("inspection_order", "order_id", "id"),
    )

    id: int | None = row_id()
    order_id: int = whole(foreign_key="order.id")
    event_id: int = whole(foreign_key="event.id")
    line_id: int = whole(foreign_key="order_line.id")
    condition: str = text()
    quantity: int = whole()
    inspected_at: int = whole()


class PackTick(SQLModel, table=True):
    """One ticked line of the packing checklist; `item` is a checklist key or a SKU, `quantity` what was scanned."""

    __tablename__ = "pack_tick"
    __table_args__ = strict(Index("pack_tick_item", "order_id", "item", unique=True))

    id: int | None = row_id()
    order_id: int = whole(foreign_key="order.id")
    item: str = text()
    quantity: int = whole(1)
    by: str = text()
    ticked_at: int = whole()


class Counter(SQLModel, table=True):
    """Numbers without gaps, taken inside the transaction that uses them."""

    __table_args__ = strict()

    name: str = text(primary_key=True)
    value: int = whole()


class IdempotencyKey(SQLModel, table=True):
    """An idempotency key that was used: by whom, for what body, and the answer to give again."""

    __tablename__ = "command_key"
    __table_args__ = strict()

    key: str = text(primary_key=True)  # scope and key
    body_hash: str = text()
    order_id: int | None = whole(None, foreign_key="order.id")
    answer_status: int = whole(200)
    answer: str = text("")
    used_at: int = whole()
