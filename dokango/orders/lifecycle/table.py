"""The lifecycle: one row a transition. Guards, stock, books, messages and permissions all come from here.

To add a transition: one row below, its command in `commands/`, its decision in `decisions/`, its face in `faces.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic

from typing_extensions import TypeVar

from dokango.couriers.kind.status import PARTLY, Where, where_is
from dokango.errors import NotAllowed, Refused
from dokango.orders.advances.missing import advance_missing_poisha
from dokango.orders.book.rows import OrderRow
from dokango.orders.lifecycle.decision import AnyOrder, Decision, NewOrder, Situation
from dokango.orders.lifecycle.decisions import approving as a
from dokango.orders.lifecycle.decisions import effects as e
from dokango.orders.lifecycle.decisions import expiry as x
from dokango.orders.lifecycle.decisions import guards as g
from dokango.orders.lifecycle.decisions import on_the_way as w
from dokango.orders.lifecycle.decisions import parcel_back as b
from dokango.orders.lifecycle.decisions.advance import may_waive, waive_advance
from dokango.orders.lifecycle.decisions.collecting import say_collects
from dokango.orders.lifecycle.decisions.credit import keep_as_credit, may_pay_with_credit, pay_with_credit
from dokango.orders.lifecycle.decisions.editing import edit, may_edit
from dokango.orders.lifecycle.decisions.forgiving import forgive, may_forgive
from dokango.orders.lifecycle.decisions.goods_back import goods_came_back
from dokango.orders.lifecycle.decisions.lateness import say_late
from dokango.orders.lifecycle.decisions.lowering import lower_cod, may_lower
from dokango.orders.lifecycle.decisions.part_kept import deliver_part
from dokango.orders.lifecycle.decisions.payout import pay_out
from dokango.orders.lifecycle.decisions.reversing import may_reverse, reverse_payment
from dokango.orders.lifecycle.decisions.wishes import ask_change, may_ask, may_refuse, refuse_change
from dokango.orders.lifecycle.faces import FACES
from dokango.payments.methods import is_paid_on_delivery
from dokango.people.actor import Actor
from dokango.people.permissions import Permission, Role

PENDING, CONFIRMED, SHIPPED = "pending", "confirmed", "shipped"
DELIVERED, CANCELLED, RETURNED = "delivered", "cancelled", "returned"
STATUSES = (PENDING, CONFIRMED, SHIPPED, DELIVERED, CANCELLED, RETURNED)
ENDED = (DELIVERED, CANCELLED, RETURNED)
BEFORE_SHIPPING = (PENDING, CONFIRMED)
AFTER_PENDING = (CONFIRMED, SHIPPED, DELIVERED, CANCELLED, RETURNED)  # a courier has, or may have had, a parcel
OrderKind = TypeVar("OrderKind", bound=AnyOrder, default=OrderRow)


@dataclass(frozen=True, slots=True)
class Transition(Generic[OrderKind]):
    """One row. `target` None keeps the status; `tells` are (audience, template); `by_customer`: where a buyer may.

    `once`: at most once in an order's life, however often the order comes back to a source. Other steps can repeat.
    `looks`: the checks before an order goes on are looked at; whoever takes it past a red one needs OVERRULE_CHECKS.
    """

    action: str
    sources: tuple[str, ...]
    target: str | None
    permission: Permission
    guard: Callable[[Situation[OrderKind]], str]
    decide: Callable[[Situation[OrderKind], Any], Decision]
    tells: tuple[tuple[str, str], ...] = ()
    by_customer: tuple[str, ...] = ()
    needs_lines: bool = False
    needs_claim: bool = False
    needs_ticked: bool = False
    needs_door: bool = False
    needs_parcels: bool = False
    needs_carriers: bool = False
    needs_credit: bool = False
    needs_payments: bool = False
    needs_approval: bool = False
    once: bool = False
    looks: bool = False


AnyTransition = Transition[OrderRow] | Transition[NewOrder]
_T = Transition
PLACE: Transition[NewOrder] = Transition(
    "place", (), PENDING, Permission.PLACE_ORDER, g.always, e.place,
    tells=(("customer", "order_received"), ("staff", "new_order")), once=True,
)  # fmt: skip
_AFTER: tuple[Transition, ...] = (
    _T("claim_payment", BEFORE_SHIPPING, None, Permission.CLAIM_PAYMENT, g.something_due, e.claim_payment,
       tells=(("staff", "claim_arrived"),), by_customer=BEFORE_SHIPPING),
    _T("verify_payment", STATUSES, None, Permission.VERIFY_PAYMENT, g.nothing_asked, e.verify_payment,
       tells=(("customer", "payment_received"),)),
    _T("pay_with_credit", STATUSES, None, Permission.VERIFY_PAYMENT, may_pay_with_credit, pay_with_credit,
       needs_credit=True),
    _T("approve", STATUSES, None, Permission.APPROVE, a.may_decide, a.approve, needs_approval=True),
    _T("refuse_approval", STATUSES, None, Permission.APPROVE, a.may_decide, a.refuse_approval,
       tells=(("staff", "approval_refused"),), needs_approval=True),
    _T("withdraw_approval", STATUSES, None, Permission.VERIFY_PAYMENT, a.may_withdraw, a.withdraw_approval,
       needs_approval=True),
    _T("forgive", STATUSES, None, Permission.VERIFY_PAYMENT, may_forgive, forgive),
    _T("waive_advance", (PENDING,), None, Permission.WAIVE_ADVANCE, may_waive, waive_advance),
    _T("reject_claim", STATUSES, None, Permission.VERIFY_PAYMENT, g.claim_waits, e.reject_claim,
       tells=(("customer", "claim_rejected"),), needs_claim=True),
    _T("confirm", (PENDING,), CONFIRMED, Permission.CONFIRM, g.may_confirm, e.confirm,
       tells=(("customer", "order_confirmed"),), looks=True),
    _T("hold", BEFORE_SHIPPING, None, Permission.HOLD, g.may_hold, e.hold),
    _T("release", BEFORE_SHIPPING, None, Permission.HOLD, g.may_release, e.release),
    _T("pack", (CONFIRMED,), None, Permission.PACK, g.may_pack, e.pack, needs_ticked=True),
    _T("ship", (CONFIRMED,), SHIPPED, Permission.SHIP, g.may_ship, e.ship,
       tells=(("customer", "order_shipped"),), needs_carriers=True),
    _T("sync", (SHIPPED,), None, Permission.SHIP, g.always, e.nothing_more),
    _T("report_problem", (SHIPPED,), None, Permission.SHIP, g.always, w.report_problem),
    _T("set_code", (SHIPPED,), None, Permission.SHIP, w.may_set_code, w.set_code, needs_carriers=True),
    _T("say_late", (SHIPPED,), None, Permission.EXPIRE, g.always, say_late, tells=(("customer", "parcel_late"),)),
    _T("deliver", (SHIPPED,), DELIVERED, Permission.DELIVER, g.always, e.deliver,
       tells=(("customer", "order_delivered"),), needs_lines=True, once=True),
    _T("deliver_part", (SHIPPED,), DELIVERED, Permission.DELIVER, g.always, deliver_part,
       tells=(("customer", "partly_delivered"),), needs_lines=True, once=True),
    _T("say_collects", (CONFIRMED, SHIPPED, DELIVERED), None, Permission.DELIVER, g.has_parcel, say_collects,
       needs_door=True),
    _T("lower_cod", (SHIPPED,), None, Permission.EDIT_ORDER, may_lower, lower_cod,
       tells=(("customer", "cod_lowered"),)),
    _T("pay_out", AFTER_PENDING, None, Permission.SETTLE_COD, g.may_pay_out, pay_out, needs_parcels=True),
    _T("cancel", BEFORE_SHIPPING, CANCELLED, Permission.CANCEL, g.may_cancel, e.cancel,
       tells=(("customer", "order_cancelled"), ("staff", "order_cancelled")), by_customer=(PENDING,), needs_lines=True,
       once=True),
    _T("remind", (PENDING,), None, Permission.EXPIRE, x.may_remind, x.remind,
       tells=(("customer", "order_expires_soon"), ("staff", "order_expires_soon"))),
    _T("expire", (PENDING,), CANCELLED, Permission.EXPIRE, x.may_expire, x.expire,
       tells=(("customer", "order_expired"), ("staff", "order_expired")), needs_lines=True, once=True),
    _T("receive_return", (SHIPPED,), RETURNED, Permission.RECEIVE_RETURN, g.always,
       b.parcel_came_back, tells=(("customer", "parcel_returned"),), needs_lines=True, needs_parcels=True),
    _T("lose_parcel", (SHIPPED,), RETURNED, Permission.RECEIVE_RETURN, g.always, b.lose,
       tells=(("customer", "parcel_lost"),), needs_lines=True),
    _T("inspect", (RETURNED,), None, Permission.RECEIVE_RETURN, g.may_inspect, b.inspect, needs_lines=True),
    _T("send_again", (RETURNED,), CONFIRMED, Permission.CONFIRM, g.may_send_again, b.send_again,
       tells=(("customer", "order_sent_again"),), needs_lines=True),
    _T("receive_return", (DELIVERED,), None, Permission.RECEIVE_RETURN, g.always, goods_came_back,
       tells=(("customer", "goods_returned"),), needs_lines=True),
    _T("refund", STATUSES, None, Permission.REFUND, g.may_refund, e.refund,
       tells=(("customer", "refund_paid"),)),
    _T("reverse_payment", STATUSES, None, Permission.REVERSE_PAYMENT, may_reverse, reverse_payment,
       needs_payments=True),
    _T("keep_as_credit", STATUSES, None, Permission.REFUND, g.may_refund, keep_as_credit),
    _T("edit", BEFORE_SHIPPING, None, Permission.EDIT_ORDER, may_edit, edit, tells=(("customer", "order_changed"),),
       needs_lines=True),
    _T("ask_change", BEFORE_SHIPPING, None, Permission.EDIT_ORDER, may_ask, ask_change,
       tells=(("staff", "change_asked"),), by_customer=BEFORE_SHIPPING),
    _T("refuse_change", BEFORE_SHIPPING, None, Permission.EDIT_ORDER, may_refuse, refuse_change,
       tells=(("customer", "change_refused"),)),
    _T("edit_address", BEFORE_SHIPPING, None, Permission.EDIT_ORDER, g.always, e.edit_address,
       by_customer=BEFORE_SHIPPING),
    _T("correct_address", (SHIPPED,), None, Permission.EDIT_ORDER, g.always, e.edit_address),
    _T("send_elsewhere", (SHIPPED,), CONFIRMED, Permission.SHIP, w.may_send_elsewhere, w.send_elsewhere),
    _T("mark", STATUSES, None, Permission.PACK, g.always, e.mark),
    _T("note", STATUSES, None, Permission.EDIT_ORDER, g.always, e.note),
)  # fmt: skip
# Nobody asks for it: `perform` takes it instead of a step that one person may not take alone.
ASK: Transition = Transition(
    "ask_approval", STATUSES, None, Permission.VERIFY_PAYMENT, g.always, e.nothing_more,
    tells=(("staff", "approval_asked"),),
)  # fmt: skip
TABLE: tuple[AnyTransition, ...] = (PLACE, *_AFTER)

ROWS: dict[tuple[str, str], Transition] = {(row.action, source): row for row in _AFTER for source in row.sources}
DELIVERING = tuple(row.action for row in _AFTER if row.target == DELIVERED)  # in whole, or in part
PERMISSION_OF: dict[str, Permission] = {row.action: row.permission for row in TABLE}
LOOKED_AT = {row.action for row in TABLE if row.looks}
FACELESS = set(PERMISSION_OF) - set(FACES)
if FACELESS:
    raise LookupError(f"No face in faces.py: {', '.join(sorted(FACELESS))}")


@dataclass(frozen=True, slots=True)
class Step:
    """One action as a button shows it: `why` is empty when it can be done now, else the reason why not."""

    action: str
    label: str
    why: str

    @property
    def allowed(self) -> bool:
        """Whether it can be done now."""
        return not self.why


def find(action: str, situation: Situation) -> Transition:
    """The row for `action` from the order's status; raises Refused, saying what could be done instead."""
    status = situation.order.status
    row = ROWS.get((action, status))
    if row is None or not _is_for(row, situation.actor, status):
        raise Refused(
            action, f"An order that is {status} cannot take “{FACES[action].label.lower()}”.", allowed(situation)
        )
    why = row.guard(situation)
    if why:
        raise Refused(action, why, allowed(situation))
    if red := _may_not_pass(row, situation):
        raise NotAllowed(Permission.OVERRULE_CHECKS.value, red)
    return row


def steps(situation: Situation) -> list[Step]:
    """Every action that the status knows and the actor may take, each with why it cannot be done now."""
    status, actor = situation.order.status, situation.actor
    rows: Iterable[Transition] = (ROWS[row.action, status] for row in TABLE if ROWS.get((row.action, status)) is row)
    return [
        Step(row.action, FACES[row.action].label_at(status), row.guard(situation) or _may_not_pass(row, situation))
        for row in rows
        if actor.may(row.permission) and _is_for(row, actor, status)
    ]


def allowed(situation: Situation) -> list[str]:
    """The actions that would be taken now."""
    return [step.action for step in steps(situation) if step.allowed]


# A parcel that is not picked up cannot be delivered yet, one that comes back never; what is unclear the courier knows.
_NEXT_ON_THE_WAY = {Where.BOOKED: "sync", Where.OUT: "deliver", Where.BACK: "receive_return", Where.UNCLEAR: "sync"}


def next_step(situation: Situation) -> Step | None:
    """The one right action now, by work, money and carrier: what the filled button offers. None when nothing waits."""
    possible = {step.action: step for step in steps(situation)}
    if situation.order.approval_kind:
        return possible.get("approve")
    if situation.order.held_reason is not None:
        return possible.get("release")
    order = situation.order
    wanted = {
        PENDING: "verify_payment"
        if order.claim_waits
        or advance_missing_poisha(order)
        or (order.due_poisha and not is_paid_on_delivery(order.payment_method))
        else "confirm",
        CONFIRMED: "ship" if order.packed else "pack",
        SHIPPED: "deliver_part" if order.carrier_status in PARTLY else _NEXT_ON_THE_WAY[where_is(order.carrier_status)],
        RETURNED: "inspect" if order.to_inspect else "",
    }.get(order.status) or _of_money(order)
    return possible.get(wanted)


def _of_money(order: OrderRow) -> str:
    """What money asks of an order that has ended; "" when it asks nothing more."""
    if order.refund_due_poisha:
        return "refund"
    if order.courier_due_poisha > 0:
        return "pay_out"
    return "verify_payment" if order.due_poisha else ""


def _may_not_pass(row: Transition, situation: Situation) -> str:
    """The red check that this actor may not take the order past; "" when there is none."""
    if not row.looks or not situation.red or situation.actor.may(Permission.OVERRULE_CHECKS):
        return ""
    red = situation.red[0]
    return f"{red.check}: {red.words} Your role may not pass a red check; ask the owner."


def _is_for(row: Transition, actor: Actor, status: str) -> bool:
    return actor.role is not Role.CUSTOMER or status in row.by_customer
