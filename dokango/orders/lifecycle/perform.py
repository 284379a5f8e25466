"""`perform`: the one way in which an order moves on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dokango import audit
from dokango.clock import Clock, said
from dokango.couriers.carriers import load_carriers
from dokango.db import Tx
from dokango.errors import NotFound, StaleVersion
from dokango.orders.approvals import rows as approvals
from dokango.orders.approvals.rows import ApprovalRow
from dokango.orders.before.checklist import ticked_at_bench
from dokango.orders.before.facts import verdicts_of
from dokango.orders.book import rows
from dokango.orders.book.rows import OrderRow
from dokango.orders.lifecycle.commands import COMMANDS, Approve, Command, Confirm, Edit, Forgive
from dokango.orders.lifecycle.decision import NewOrder, Situation
from dokango.orders.lifecycle.decisions.approving import ask_approval, under, wants_second
from dokango.orders.lifecycle.edited_goods import with_goods
from dokango.orders.lifecycle.settled.at_the_door import booked_at_the_door
from dokango.orders.lifecycle.settled.carried import NOTHING_CARRIED, carried
from dokango.orders.lifecycle.settled.riders_cash import NOTHING_TAKEN
from dokango.orders.lifecycle.step import Done as Done
from dokango.orders.lifecycle.step import write_step
from dokango.orders.lifecycle.stood import TOGETHER
from dokango.orders.lifecycle.table import ASK, PERMISSION_OF, PLACE, ROWS, Transition, find
from dokango.payments.credits import credit_of
from dokango.payments.reversals import NOTHING_PAID, reversible_of
from dokango.people.actor import Actor
from dokango.shop.profile import load_profile


@dataclass(frozen=True, slots=True)
class Context:
    """Who acts, by which clock, which version they saw (None: any); `approval`: set by `perform`, for its booking."""

    actor: Actor
    clock: Clock
    version: int | None = None
    approval: ApprovalRow | None = None
    together_with: int = 0  # the step's own event that was taken first, in the same breath: undone with it


def perform(tx: Tx, context: Context, number: str, command: Command) -> Done:
    """Take one step of the lifecycle: lock the order, find the row or refuse, and write all of it, or nothing.

    Raises NotAllowed, NotFound, StaleVersion, Refused (with what would be allowed), InvalidInput, TrxIdTaken,
    InsufficientStock.
    """
    permission = PERMISSION_OF.get(command.action)
    if permission is None:
        raise NotFound("action", command.action)
    context.actor.require(permission)
    if isinstance(command, Confirm) and command.forgive:
        context = _forgive_first(tx, context, number)
    order = rows.lock(tx, number)
    if isinstance(command, Approve):
        context = _as_asked(tx, context, order)
    refuse_stale(tx, context, order)
    situation = _look(tx, Situation(order, load_profile(tx), context.actor, context.clock.now_us()), command.action)
    row = find(command.action, situation)
    situation = _fill(tx, situation, row)
    if isinstance(command, Edit):
        situation = with_goods(tx, situation, command)
    decision = row.decide(situation, command)
    if context.approval is not None:
        return write_step(tx, situation, row, under(decision, context.approval))
    if context.together_with:
        decision.data = {**decision.data, TOGETHER: context.together_with}
    booking = wants_second(situation, decision)
    if booking is not None:
        return replace(write_step(tx, situation, ASK, ask_approval(situation, command, booking)), asked=True)
    done = write_step(tx, situation, row, decision)
    return _book_approved(tx, context, number, situation) if isinstance(command, Approve) else done


def _as_asked(tx: Tx, context: Context, order: OrderRow) -> Context:
    """Who approves without saying which version of the order they saw, saw the one that was asked about."""
    waits = approvals.waiting_of(tx, order.id) if context.version is None else None
    return context if waits is None else replace(context, version=waits.asked_version)


def _book_approved(tx: Tx, context: Context, number: str, approved: Situation) -> Done:
    """Take the step that was asked for as the order stands now; where it cannot be, nothing is approved either."""
    waited = approved.approval
    if waited is None:
        raise LookupError("Nothing of this order waited for a second person.")
    command = COMMANDS[approvals.ASKS[waited.kind]].model_validate_json(waited.command)
    return perform(tx, replace(context, version=None, approval=waited), number, command)


def _forgive_first(tx: Tx, context: Context, number: str) -> Context:
    """Let off what is short before the order goes on; what goes on then is the order as this leaves it."""
    if not rows.lock(tx, number).due_poisha:
        return context
    forgiven = perform(tx, context, number, Forgive())
    return replace(context, version=None, together_with=forgiven.event_id)


def begin(tx: Tx, context: Context, order: NewOrder) -> Done:
    """The first step of a life: `order`, checked and priced, is placed. Raises NotAllowed, InsufficientStock."""
    context.actor.require(PLACE.permission)
    situation = Situation(order, load_profile(tx), context.actor, context.clock.now_us())
    return write_step(tx, situation, PLACE, PLACE.decide(situation, None))


def _look(tx: Tx, s: Situation, action: str) -> Situation:
    """`s` with what the step's guard looks at: the checks before it goes on, its parcels, its customer's credit."""
    row = ROWS.get((action, s.order.status))
    if row is None:
        return s
    return replace(
        s,
        verdicts=verdicts_of(tx, s.order, s.profile, s.now_us) if row.looks else (),
        carried=carried(tx, s.order.id) if row.needs_parcels else NOTHING_CARRIED,
        credit_poisha=credit_of(tx, s.order.phone) if row.needs_credit else 0,
        reversible=reversible_of(tx, s.order.id) if row.needs_payments else NOTHING_PAID,
    )


def situation_of(tx: Tx, actor: Actor, clock: Clock, number: str) -> Situation:
    """An order as `actor` stands before it, for drawing its buttons; nothing is locked."""
    return Situation(rows.by_number(tx, number), load_profile(tx), actor, clock.now_us())


def refuse_stale(tx: Tx, context: Context, order: OrderRow) -> None:
    """Raise StaleVersion, with who changed what, when the caller saw another version of `order` than this."""
    if context.version is None or context.version == order.version:
        return
    last = audit.last_of_order(tx, order.id)
    raise StaleVersion(
        order.number, context.version, order.version, actor=last.actor, actor_kind=last.actor_kind,
        who=audit.said_actor(last.actor, last.actor_kind), action=last.action, at_us=last.happened_at,
        when=said(last.happened_at),
    )  # fmt: skip


def _fill(tx: Tx, situation: Situation, row: Transition) -> Situation:
    order_id = situation.order.id
    lines = rows.lines_of(tx, order_id) if row.needs_lines else ()
    claim = rows.waiting_claim(tx, order_id) if row.needs_claim else None
    ticked = ticked_at_bench(tx, order_id) if row.needs_ticked else {}
    door = booked_at_the_door(tx, order_id) if row.needs_door else NOTHING_TAKEN
    named = load_carriers(tx) if row.needs_carriers else ()
    waits = approvals.waiting_of(tx, order_id) if row.needs_approval else None
    return replace(situation, lines=lines, claim=claim, ticked=ticked, at_the_door=door, carriers=named, approval=waits)
