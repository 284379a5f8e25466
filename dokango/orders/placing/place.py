"""Taking an order in: what is asked for is checked, priced by the server, and placed in one transaction."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import bindparam, insert, select

from dokango import audit, topics
from dokango.catalogue.models import Product, Variant
from dokango.db import Statement, Tx, Upsert, table_of
from dokango.errors import InvalidInput
from dokango.ledger import accounts
from dokango.ledger.entries import Happening, NewPosting, post
from dokango.notify.outbox import Telling, tell
from dokango.orders.book import search
from dokango.orders.book.models import Counter, Customer, Order, OrderLine
from dokango.orders.book.money_state import Amounts, money_state
from dokango.orders.lifecycle import write
from dokango.orders.lifecycle.decision import AddClaim
from dokango.orders.lifecycle.perform import Context, Done
from dokango.orders.placing.request import MOST_OF_ONE, PaymentChoice, PlaceOrder, WantedLine
from dokango.payments.methods import Method, method_of
from dokango.payments.offered import offered_method
from dokango.payments.trx_ids import normalise
from dokango.people.permissions import Permission
from dokango.people.phones import normalise_phone
from dokango.shop.profile import Profile, load_profile
from dokango.stock.levels import Move, move_all

FIRST_NUMBER = 1_001
TOKEN_BYTES = 16  # the tracking link carries 128 random bits


@dataclass(frozen=True, slots=True)
class Priced:
    """One SKU of an order, as the catalogue has it now."""

    variant: Any
    quantity: int

    @property
    def amount_poisha(self) -> int:
        """Price × quantity."""
        return int(self.variant.price_poisha) * self.quantity


@dataclass(frozen=True, slots=True)
class _Checked:
    """What was asked for, in the form it is kept."""

    phone: str
    method: Method
    claim: AddClaim | None
    priced: list[Priced]


_V, _PRODUCT = table_of(Variant), table_of(Product)
_VARIANT = Statement(
    select(
        _V.c.id, _V.c.sku, _V.c.price_poisha, _V.c.tracks_stock, _V.c.image, _V.c.title.label("variant_title"),
        _PRODUCT.c.title, _PRODUCT.c.images,
    )
    .join(_PRODUCT, _PRODUCT.c.id == _V.c.product_id)
    .where(_V.c.sku == bindparam("sku"), _V.c.active == 1, _PRODUCT.c.active == 1)
)  # fmt: skip
_CUSTOMER = Upsert(
    table_of(Customer),
    ["phone", "name", "email", "created_at"],
    unique=["phone"],
    change={"name": bindparam("name")},
    returning="id",
)
_COUNTER = table_of(Counter)
_NEXT = Upsert(
    _COUNTER,
    {"name": bindparam("counter"), "value": bindparam("first")},
    unique=["name"],
    change={"value": _COUNTER.c.value + 1},
    returning="value",
)
_ORDER_COLUMNS = [
    "number", "token", "status", "money", "version", "held_note", "packed", "fragile", "assigned_to", "channel",
    "locale", "customer_id", "name", "phone", "email", "address_line", "area", "city", "district", "note",
    "payment_method", "subtotal_poisha", "delivery_poisha", "total_poisha", "paid_poisha", "due_poisha",
    "refund_due_poisha", "refunded_poisha", "courier_due_poisha", "delivery_returned", "claim_waits", "units",
    "placed_at", "changed_at",
]  # fmt: skip
_ORDER = Statement(
    insert(table_of(Order)).returning(table_of(Order).c.id),
    columns=_ORDER_COLUMNS,
)
_LINE = Statement(
    insert(table_of(OrderLine)),
    columns=[
        "order_id", "variant_id", "sku", "title", "variant_title", "image", "tracks_stock", "quantity",
        "unit_price_poisha", "cost_poisha", "returned_quantity", "returned_cost_poisha",
    ],
)  # fmt: skip


def place(
    tx: Tx,
    context: Context,
    wanted: PlaceOrder,
    *,
    channel: str,
    locale: str = "en",
    token: Callable[[], str] = lambda: secrets.token_urlsafe(TOKEN_BYTES),
) -> Done:
    """Place an order: stock reserved, the receivable booked, customer and staff told; all or nothing.

    Raises InvalidInput (a sentence a field, "customer.phone", "lines.0.sku"), InsufficientStock with every short item.
    """
    context.actor.require(Permission.PLACE_ORDER)
    profile = load_profile(tx)
    checked = _check(tx, profile, wanted, by_staff=context.actor.is_staff)
    now_us = context.clock.now_us()
    columns = _columns(wanted, checked, profile, now_us)
    columns.update(channel=channel, locale=locale, token=token())
    columns["customer_id"] = tx.value(
        _CUSTOMER, phone=checked.phone, name=wanted.customer.name, email=columns["email"], created_at=now_us
    )
    columns["number"] = str(tx.value(_NEXT, counter="order", first=FIRST_NUMBER))
    order_id = int(tx.value(_ORDER, **columns))
    _write_rows(tx, context, columns, checked, order_id, now_us)
    tx.changed(topics.ORDERS, topics.of_order(columns["number"]))
    return Done(order_id, columns["number"], "pending", columns["money"], 1, columns["event_id"])


def _check(tx: Tx, profile: Profile, wanted: PlaceOrder, *, by_staff: bool) -> _Checked:
    """Everything that a field can have wrong, gathered so that the buyer hears of all of it at once."""
    wrong: dict[str, str] = {}

    def attempt(check: Callable[[], Any]) -> Any:
        try:
            return check()
        except InvalidInput as error:
            wrong.update(error.fields)
            return None

    phone = attempt(lambda: normalise_phone(wanted.customer.phone, "customer.phone"))
    # staff, and programs with their keys, know how they are paid; a buyer is offered what the shop has set up
    takes = method_of if by_staff else partial(offered_method, profile)
    method = attempt(lambda: takes(wanted.payment.method, "payment.method"))
    claim = attempt(lambda: _claim(method, wanted.payment)) if method else None
    priced = attempt(lambda: price(tx, wanted.lines))
    if wrong:
        raise InvalidInput(wrong)
    return _Checked(phone, method, claim, priced)


def _claim(method: Method, choice: PaymentChoice) -> AddClaim | None:
    if not choice.transaction_id:
        return None
    if not method.claimed_by_trx_id:
        raise InvalidInput({"payment.transaction_id": f"{method.label} needs no TrxID. Leave it empty."})
    trx_id = normalise(choice.transaction_id, "payment.transaction_id")
    sender = normalise_phone(choice.sender, "payment.sender") if choice.sender else ""
    return AddClaim(method.key, trx_id, sender)


def price(tx: Tx, lines: Sequence[WantedLine]) -> list[Priced]:
    """The lines as the catalogue prices them now, one a SKU, sorted; raises InvalidInput for what is not sold here."""
    quantities: dict[str, int] = {}
    wrong: dict[str, str] = {}
    found: dict[str, Any] = {}
    for position, line in enumerate(lines):
        quantities[line.sku] = quantities.get(line.sku, 0) + line.quantity
        found[line.sku] = found.get(line.sku) or tx.one(_VARIANT, sku=line.sku)
        if found[line.sku] is None:
            wrong[f"lines.{position}.sku"] = f"“{line.sku}” is not sold here (any more). Take it out of the order."
        elif quantities[line.sku] > MOST_OF_ONE:
            wrong[f"lines.{position}.quantity"] = f"At most {MOST_OF_ONE} of one item. Call the shop for more."
    if wrong:
        raise InvalidInput(wrong)
    return [Priced(found[sku], quantities[sku]) for sku in sorted(quantities)]


def _columns(wanted: PlaceOrder, checked: _Checked, profile: Profile, now_us: int) -> dict[str, Any]:
    subtotal = sum(line.amount_poisha for line in checked.priced)
    delivery = profile.delivery_poisha(wanted.address.district)
    total = subtotal + delivery
    waits = checked.claim is not None
    is_cod = checked.method.on_delivery
    return {
        "status": "pending", "version": 1, "held_note": "", "packed": 0, "fragile": 0, "assigned_to": "",
        "money": money_state(Amounts(0, total, 0, 0, 0), status="pending", is_cod=is_cod, claim_waits=waits),
        "name": wanted.customer.name, "phone": checked.phone, "email": wanted.customer.email or "",
        "address_line": wanted.address.line, "area": wanted.address.area, "city": wanted.address.city,
        "district": wanted.address.district, "note": wanted.note or "", "payment_method": checked.method.key,
        "subtotal_poisha": subtotal, "delivery_poisha": delivery, "total_poisha": total, "due_poisha": total,
        "paid_poisha": 0, "refund_due_poisha": 0, "refunded_poisha": 0, "courier_due_poisha": 0,
        "delivery_returned": 0, "claim_waits": int(waits), "units": sum(line.quantity for line in checked.priced),
        "placed_at": now_us, "changed_at": now_us,
    }  # fmt: skip


def _write_rows(
    tx: Tx, context: Context, columns: dict[str, Any], checked: _Checked, order_id: int, now_us: int
) -> None:
    """Event, lines, reservation, postings, claim, search words and outbox of the order just inserted."""
    key = f"order/{order_id}/place"
    actor = context.actor
    columns["event_id"] = audit.record(
        tx, key=key, order_id=order_id, action="place", actor=actor.name, actor_kind=actor.kind, to_status="pending",
        now_us=now_us, data={"channel": columns["channel"], "total_poisha": columns["total_poisha"]},
    )  # fmt: skip
    happening = Happening(columns["event_id"], key, order_id, now_us, now_us)
    tx.insert_many(_LINE, [_line(order_id, line) for line in checked.priced])
    move_all(
        tx,
        happening,
        [
            Move(line.variant.id, "reserved", line.quantity, sku=line.variant.sku, title=line.variant.title)
            for line in checked.priced
            if line.variant.tracks_stock
        ],
    )
    post(
        tx,
        happening,
        [
            NewPosting(accounts.RECEIVABLE_CUSTOMERS, accounts.REVENUE_SALES, columns["subtotal_poisha"]),
            NewPosting(accounts.RECEIVABLE_CUSTOMERS, accounts.REVENUE_DELIVERY, columns["delivery_poisha"]),
        ],
    )
    if checked.claim is not None:
        write.keep_claim(tx, happening, checked.claim)
    trx_id = checked.claim.trx_id if checked.claim else ""
    search.index(tx, order_id, [columns["number"], columns["name"], columns["phone"], columns["email"], trx_id])
    data = {name: columns[name] for name in ("number", "name", "token", "locale", "total_poisha")}
    recipient = columns["email"] or columns["phone"]
    tellings = [Telling("customer", "order_received", recipient, data), Telling("staff", "new_order", "", data)]
    tell(tx, tellings, order_id=order_id, event_id=columns["event_id"], now_us=now_us)


def _picture(variant: Any) -> str:
    """The variant's own picture, else its product's first."""
    if variant.image or variant.images == "[]":
        return str(variant.image)
    return str(json.loads(variant.images)[0])


def _line(order_id: int, line: Priced) -> dict[str, Any]:
    variant = line.variant
    return {
        "order_id": order_id, "variant_id": variant.id, "sku": variant.sku, "title": variant.title,
        "variant_title": variant.variant_title, "image": _picture(variant), "tracks_stock": variant.tracks_stock,
        "quantity": line.quantity, "unit_price_poisha": variant.price_poisha, "cost_poisha": 0,
        "returned_quantity": 0, "returned_cost_poisha": 0,
    }  # fmt: skip
