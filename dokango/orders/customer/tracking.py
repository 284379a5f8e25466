"""What a customer may see of their order: never the courier's raw words, a cost, a staff name or a staff note."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from dokango import audit
from dokango.couriers.kind.parcel_limits import collectable
from dokango.db import Tx
from dokango.errors import NotFound
from dokango.money import POISHA_PER_TAKA
from dokango.notify.changes import Change
from dokango.orders.advances.missing import advance_missing_poisha
from dokango.orders.book import rows
from dokango.orders.book.money_state import LET_GO
from dokango.orders.book.rows import OrderRow
from dokango.orders.customer.answering import asking_of_order, loss_of
from dokango.orders.customer.tracked_line import TrackedLine, line_of
from dokango.orders.customer.tracked_parcel import Parcel, parcel_of
from dokango.orders.customer.tracking_rows import LAST_CLAIM, LINES, PARCEL
from dokango.orders.customer.withdrawing import NOT_ANSWERED, Answered, answered_of_order
from dokango.orders.lifecycle.decisions.expiry import kept_until_us
from dokango.orders.lifecycle.faces import told
from dokango.payments.methods import is_paid_on_delivery
from dokango.payments.offered import taken
from dokango.people.phones import normalise_phone
from dokango.shop.profile import Profile, load_profile
from dokango.text import storable

STEPS = ("placed", "confirmed", "packed", "shipped", "delivered")
CARRIED = ("shipped", "delivered", "returned")  # a courier has, or had, its parcel


@dataclass(frozen=True, slots=True)
class TrackedClaim:
    """The last TrxID the customer sent: waiting, verified, rejected (with the reason meant for them) or replaced."""

    method: str
    trx_id: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened, with its TrxID, amount and reason where it has any.

    `by_customer`: they did it themselves, and need not be told why.
    """

    action: str
    at_us: int
    by_customer: bool
    trx_id: str = ""
    amount_poisha: int = 0
    reason: str = ""
    reason_bn: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Tracked:
    """The whole page. `reached` counts the steps done (1 to 5) of its `way`; 0 when it was cancelled.

    `kept_until_us` is when it is let go unless somebody acts; None while that is not said, or not to come.
    """

    number: str
    token: str
    version: int
    status: str
    money: str
    reached: int
    placed_at: int
    name: str
    phone: str
    address: Mapping[str, str]
    method: str
    subtotal_poisha: int
    delivery_poisha: int
    discount_poisha: int
    total_poisha: int
    paid_poisha: int
    due_poisha: int
    refund_due_poisha: int
    refunded_poisha: int  # sent back to them
    credit_used_poisha: int  # of what was paid
    credited_poisha: int  # kept for their next order
    forgiven_poisha: int
    kept_poisha: int
    refusal_keeps_poisha: int
    advance_poisha: int  # what of it is missing, while the order waits to be confirmed
    advance_asked_poisha: int
    claim: TrackedClaim | None
    lines: tuple[TrackedLine, ...]
    parcel: Parcel | None
    history: tuple[Told, ...]
    kept_until_us: int | None
    delivery_days: int
    profile: Profile
    wish: str = ""  # what the customer asks for, while nobody has answered
    wish_kind: str = ""
    approval_waits: bool = False  # a second person looks at a payment
    answered: Answered = NOT_ANSWERED  # what they said of it, while they may take it back
    asking: str = ""  # about a parcel that could not be handed over; "" while nothing is asked

    @property
    def is_cod(self) -> bool:
        """Whether the rider collects what is due."""
        return is_paid_on_delivery(self.method)

    @property
    def open(self) -> bool:
        """Pending or confirmed: it can still be paid by wallet and its address fixed."""
        return self.status in ("pending", "confirmed")

    @property
    def asks_poisha(self) -> int:
        """What the shop waits for by wallet now: all that is due, or of a COD order the rest of its advance."""
        if not self.open or not self.wallets:
            return 0
        return self.advance_poisha if self.is_cod else self.due_poisha

    @property
    def rider_poisha(self) -> int:
        """What the rider takes at the door: what they were told, before there is a parcel what is due beside advances.

        0 once nobody comes any more.
        """
        if self.comes_back or self.status not in ("pending", "confirmed", "shipped"):
            return 0
        if self.status == "shipped" and self.parcel is not None:
            return self.parcel.told_poisha
        return collectable(self.due_poisha - self.advance_poisha) if self.is_cod else 0

    @property
    def asked_poisha(self) -> int | None:
        """What the rider should take instead of what they were told; None where nothing is open."""
        return self.parcel.asked_poisha if self.status == "shipped" and self.parcel and not self.comes_back else None

    @property
    def over_poisha(self) -> int:
        """What the rider takes above what is due: it is given back."""
        over = self.rider_poisha - self.due_poisha if self.status == "shipped" and self.asked_poisha is None else 0
        return over if over >= POISHA_PER_TAKA else 0

    @property
    def owed_poisha(self) -> int:
        """What the customer pays in another way than to the rider; less than a taka is rounding, and nobody's."""
        if self.comes_back or self.status in LET_GO:
            return 0
        if self.open:
            return self.advance_poisha if self.is_cod else self.due_poisha
        rest = self.due_poisha - self.rider_poisha
        return rest if rest >= POISHA_PER_TAKA else 0

    @property
    def refusal_keeps(self) -> int:
        """What stays with the shop, in poisha, if the customer does not take the parcel; 0 when nothing does or did."""
        before = self.total_poisha - self.forgiven_poisha - self.due_poisha + self.asks_poisha
        travels = self.open or (self.status == "shipped" and not self.comes_back)
        return min(self.refusal_keeps_poisha, before) if travels else 0

    @property
    def wallets(self) -> tuple[str, ...]:
        """What the shop can be paid by before delivery."""
        return tuple(method.key for method in taken(self.profile) if method.claimed_by_trx_id)

    @property
    def standing(self) -> str:
        """The key of the big sentence ("is.packed"): where the order stands, seen from the customer."""
        if self.status == "pending":
            return self._pending()
        if self.status == "confirmed":
            return "is.packed" if self.reached == STEPS.index("packed") + 1 else "is.confirmed"
        if self.status == "shipped" and self.parcel:
            news = self.parcel.on_the_way
            return f"is.{news}" if news else "is.shipped" if self.parcel.carrier else "is.shipped.plain"
        if self.expired:
            return "is.expired"
        if self.lost:
            return "is.lost"
        return "is.shipped.plain" if self.status == "shipped" else f"is.{self.status}"

    @property
    def way(self) -> tuple[str, ...]:
        """The steps of its bar: a parcel that comes back goes another way than to its customer; () when cancelled."""
        if self.status == "cancelled":
            return ()
        if self.status == "returned":
            return (*STEPS[:-1], "lost" if self.lost else "returned")
        return (*STEPS[:-1], "coming_back" if self.comes_back else "delivered")

    @property
    def comes_back(self) -> bool:
        """Whether the parcel is on its way back to the shop: nobody collects anything for it any more."""
        return self.status == "shipped" and self.parcel is not None and self.parcel.on_the_way == "coming_back"

    @property
    def lost(self) -> bool:
        """Whether its courier lost its last parcel."""
        ends = [told.action for told in self.history if told.action in ("lose_parcel", "receive_return")]
        return self.status == "returned" and ends[-1:] == ["lose_parcel"]

    @property
    def expired(self) -> bool:
        """Whether it ended because nobody confirmed it."""
        return self.status == "cancelled" and any(told.action == "expire" for told in self.history)

    @property
    def checks_payment(self) -> bool:
        """Whether somebody of the shop still looks at a payment: a TrxID, or one that a second person is to approve."""
        return self.approval_waits or (self.claim is not None and self.claim.state == "waiting")

    def _pending(self) -> str:
        if self.checks_payment:
            return "is.claimed"
        if self.is_cod:
            return "is.advance" if self.advance_poisha else "is.pending"
        if not self.due_poisha:
            return "is.paid"
        return "is.part" if self.paid_poisha else "is.pay"


def number_behind(tx: Tx, token: str) -> str:
    """The number of the order behind a tracking link; raises NotFound."""
    return rows.by_token(tx, storable(token)).number


def by_link(tx: Tx, token: str) -> Tracked:
    """The order behind a tracking link; raises NotFound."""
    order = rows.by_token(tx, storable(token))
    profile = load_profile(tx)
    claim = tx.one(LAST_CLAIM, order_id=order.id)
    parcel = tx.one(PARCEL, order_id=order.id)
    return Tracked(
        number=order.number, token=order.token, version=order.version, status=order.status, money=order.money,
        reached=_reached(order), placed_at=order.placed_at, name=order.name, phone=order.phone,
        address={"line": order.address_line, "area": order.area, "city": order.city, "district": order.district},
        method=order.payment_method, subtotal_poisha=order.subtotal_poisha, delivery_poisha=order.delivery_poisha,
        discount_poisha=order.discount_poisha, total_poisha=order.total_poisha, paid_poisha=order.paid_poisha,
        due_poisha=order.due_poisha,
        refund_due_poisha=order.refund_due_poisha, refunded_poisha=order.refunded_poisha - order.credited_poisha,
        credit_used_poisha=order.credit_used_poisha, credited_poisha=order.credited_poisha,
        forgiven_poisha=order.forgiven_poisha,
        kept_poisha=order.kept_poisha, refusal_keeps_poisha=order.refusal_keeps_poisha,
        advance_poisha=min(advance_missing_poisha(order), order.due_poisha) if order.status == "pending" else 0,
        advance_asked_poisha=order.advance_poisha,
        claim=TrackedClaim(claim.method, claim.trx_id, claim.state, claim.reason) if claim else None,
        lines=tuple(line_of(line) for line in tx.rows(LINES, order_id=order.id)),
        parcel=parcel_of(parcel, loss_of(tx, order.id)) if parcel and order.status in CARRIED else None,
        history=tuple(_told(event) for event in audit.standing(audit.of_order(tx, order.id)) if event.action in told()),
        kept_until_us=kept_until_us(order, profile), delivery_days=profile.delivery_days(order.district),
        approval_waits=order.approval_kind == "payment",
        profile=profile, wish=order.wish, wish_kind=order.wish_kind, asking=asking_of_order(tx, order.id),
        answered=answered_of_order(tx, order.id),
    )  # fmt: skip


def link_of(tx: Tx, number: str, phone: str) -> str:
    """The secret of the link, for who knows the order's number and its phone.

    Raises InvalidInput for what is no phone number, and one and the same NotFound for a wrong number and a wrong phone.
    """
    wanted = normalise_phone(phone)
    try:
        order = rows.by_number(tx, storable(number))
    except NotFound:
        raise NotFound("order", "with this number and phone") from None
    if order.phone != wanted:
        raise NotFound("order", "with this number and phone")
    return order.token


def _reached(order: OrderRow) -> int:
    if order.status == "cancelled":
        return 0
    if order.status == "confirmed":
        return 3 if order.packed else 2
    return {"pending": 1, "shipped": 4, "delivered": 5, "returned": 5}[order.status]


def _told(event: audit.EventRow) -> Told:
    data = json.loads(event.data or "{}")
    by_customer = event.actor_kind == "customer"
    why = data if event.action in ("cancel", "refuse_change") and not by_customer else {}
    return Told(
        event.action,
        event.happened_at,
        by_customer,
        str(data.get("transaction_id", "")),
        int(data.get("amount_poisha", 0)),
        str(why.get("reason", "")),
        str(why.get("reason_bn", "")),
        tuple(data.get("changes", ())),
    )
