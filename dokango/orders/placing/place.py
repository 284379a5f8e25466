"""Taking an order in: what is asked for is checked, priced by the server, and placed in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from sqlalchemy import bindparam

from dokango.customers.rows import known
from dokango.db import Tx, Upsert, table_of
from dokango.errors import InvalidInput
from dokango.orders.advances.ask import NOTHING, Asked
from dokango.orders.advances.asking import asking_of
from dokango.orders.advances.words import not_asked_words
from dokango.orders.book.models import Counter
from dokango.orders.book.rows import Columns
from dokango.orders.lifecycle.decision import AddClaim, NewOrder
from dokango.orders.lifecycle.perform import Context, Done, begin
from dokango.orders.placing.asked_otherwise import AskedOtherwise
from dokango.orders.placing.limits import keep_to_limits
from dokango.orders.placing.pricing import Priced, price
from dokango.orders.placing.request import PaymentChoice, PlaceOrder
from dokango.payments.methods import Method, claimable_of, method_of
from dokango.payments.offered import offered_method
from dokango.payments.trx_ids import normalise
from dokango.people.actor import Actor
from dokango.people.districts import district_of
from dokango.people.emails import email_of
from dokango.people.permissions import Permission, Role
from dokango.people.phones import normalise_phone
from dokango.shop.profile import Profile, load_profile

FIRST_NUMBER = 1_001
Right = TypeVar("Right")
TOKEN_BYTES = 16  # the tracking link carries 128 random bits


@dataclass(frozen=True, slots=True)
class _Checked:
    """What was asked for, in the form it is kept."""

    phone: str
    email: str
    district: str
    method: Method
    claim: AddClaim | None
    priced: list[Priced]
    asked: Asked = NOTHING

    @property
    def subtotal_poisha(self) -> int:
        """What the goods come to."""
        return sum(one.amount_poisha for one in self.priced)


@dataclass(frozen=True, slots=True)
class _Origin:
    """By which way an order came in, from which network, in which language, and the secret of its tracking link."""

    channel: str
    network: str
    locale: str
    token: str


_COUNTER = table_of(Counter)
_NEXT = Upsert(
    _COUNTER,
    {"name": bindparam("counter"), "value": bindparam("first")},
    unique=["name"],
    change={"value": _COUNTER.c.value + 1},
    returning="value",
)


def place(
    tx: Tx,
    context: Context,
    wanted: PlaceOrder,
    *,
    channel: str,
    locale: str = "en",
    network: str = "",
    token: Callable[[], str] = lambda: secrets.token_urlsafe(TOKEN_BYTES),
) -> Done:
    """Place an order: stock reserved, the receivable booked, customer and staff told; all or nothing.

    Raises InvalidInput (a sentence a field, "customer.phone", "lines.0.sku"), InsufficientStock with every short item,
    AskedOtherwise when it comes to something else than was expected, NotAllowed for who may not let the advance be, and
    WebLimit for a visitor who asks for more than the owner lets one have unconfirmed; `network` is where they are.
    """
    context.actor.require(Permission.PLACE_ORDER)
    profile = load_profile(tx)
    checked = _check(tx, profile, wanted, by_staff=context.actor.is_staff)
    checked = replace(checked, asked=_asked(tx, context.actor, profile, wanted, checked))
    origin = _Origin(channel, network, locale, token())
    order = _decided(tx, wanted, checked, profile, context.clock.now_us(), origin)
    if context.actor.role is Role.CUSTOMER:
        keep_to_limits(tx, profile, order)
    return begin(tx, context, order)


def _check(tx: Tx, profile: Profile, wanted: PlaceOrder, *, by_staff: bool) -> _Checked:
    """Everything that a field can have wrong, gathered so that the buyer hears of all of it at once."""
    wrong: dict[str, str] = {}

    def attempt(check: Callable[[], Right]) -> Right | None:
        try:
            return check()
        except InvalidInput as error:
            wrong.update(error.fields)
            return None

    phone = attempt(lambda: normalise_phone(wanted.customer.phone, "customer.phone"))
    email = attempt(lambda: email_of(wanted.customer.email or "", "customer.email"))
    district = attempt(lambda: district_of(wanted.address.district, "address.district"))
    # staff, and programs with their keys, know how they are paid; a buyer is offered what the shop has set up
    takes = method_of if by_staff else partial(offered_method, profile)
    method = attempt(lambda: takes(wanted.payment.method, "payment.method"))
    claim = attempt(lambda: _claim(method, wanted.payment)) if method else None
    priced = attempt(lambda: price(tx, wanted.lines))
    if phone is None or email is None or district is None or method is None or priced is None or wrong:
        raise InvalidInput(wrong)
    return _Checked(phone, email, district, method, claim, priced)


def _asked(tx: Tx, actor: Actor, profile: Profile, wanted: PlaceOrder, checked: _Checked) -> Asked:
    """What is paid before it is confirmed, by the rule or as staff let it be; it must be what was expected."""
    subtotal, delivery = checked.subtotal_poisha, profile.delivery_poisha(checked.district)
    total = subtotal + delivery
    asking = asking_of(tx, [one.variant.sku for one in checked.priced], checked.phone)
    asked = asking.of(profile, checked.method.key, checked.district, total, delivery)
    if wanted.without_advance and asked.poisha:
        actor.require(Permission.WAIVE_ADVANCE)
        asked = replace(NOTHING, reason=not_asked_words(actor.name, wanted.without_advance))
    seen = wanted.expected
    if seen.total_poisha not in (None, total) or seen.advance_poisha not in (None, asked.poisha):
        raise AskedOtherwise(total, asked.poisha)
    return asked


def _claim(method: Method, choice: PaymentChoice) -> AddClaim | None:
    if not choice.transaction_id:
        return None
    if method.on_delivery:  # of what is asked in advance
        if not choice.advance_by:
            raise InvalidInput(
                {"payment.transaction_id": f"{method.label} needs no TrxID; of an advance, say by which wallet it was."}
            )
        method = claimable_of(choice.advance_by, "payment.advance_by")
    trx_id = normalise(choice.transaction_id, "payment.transaction_id")
    sender = normalise_phone(choice.sender, "payment.sender") if choice.sender else ""
    return AddClaim(method.key, trx_id, sender, with_the_order=True)


def _decided(tx: Tx, wanted: PlaceOrder, checked: _Checked, profile: Profile, now_us: int, origin: _Origin) -> NewOrder:
    """The order as it will stand, with its number and its buyer's row; what follows of it the lifecycle decides."""
    buyer, address = wanted.customer, wanted.address
    subtotal, delivery = checked.subtotal_poisha, profile.delivery_poisha(checked.district)
    number = str(tx.value(_NEXT, counter="order", first=FIRST_NUMBER))
    customer_id = known(tx, checked.phone, now_us, name=buyer.name, email=checked.email)
    kept: Columns = {
        "number": number, "token": origin.token, "channel": origin.channel, "locale": origin.locale,
        "network": origin.network, "customer_id": customer_id,
        "name": buyer.name, "phone": checked.phone, "email": checked.email,
        "address_line": address.line, "area": address.area, "city": address.city, "district": checked.district,
        "note": wanted.note or "",
        "payment_method": checked.method.key, "subtotal_poisha": subtotal, "delivery_poisha": delivery,
        "total_poisha": subtotal + delivery, "units": sum(priced.quantity for priced in checked.priced),
        "held_note": "", "packed": 0, "fragile": 0, "assigned_to": "", "delivery_returned": 0, "placed_at": now_us,
        "refusal_keeps_poisha": profile.refusal_keeps_poisha(subtotal + delivery, delivery, checked.asked.poisha),
        "advance_poisha": checked.asked.poisha, "advance_reason": checked.asked.reason,
        "kept_poisha": 0, "discount_poisha": 0, "discount_reason": "", "discount_by": "", "wish": "", "wish_kind": "",
        "credit_used_poisha": 0, "credited_poisha": 0, "approval_kind": "", "approval_person": 0,
    }  # fmt: skip
    return NewOrder(
        number, origin.token, buyer.name, checked.phone, checked.email, origin.locale, origin.channel,
        checked.method.key, subtotal, delivery, kept, tuple(priced.line for priced in checked.priced), checked.claim,
    )  # fmt: skip
