"""`perform`: the one way in which an order moves on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dokango import audit, topics
from dokango.clock import Clock, said
from dokango.couriers.carriers import load_carriers
from dokango.db import Tx
from dokango.errors import NotFound, StaleVersion
from dokango.ledger.entries import Happening, post, price_restored, price_reversed
from dokango.notify.outbox import Telling, tell
from dokango.orders.approvals import rows as approvals
from dokango.orders.approvals.rows import ApprovalRow
from dokango.orders.before.checklist import ticked_at_bench
from dokango.orders.before.facts import verdicts_of
from dokango.orders.book import rows, search
from dokango.orders.book.rows import Columns, OrderRow
from dokango.orders.cases import moves as cases
from dokango.orders.lifecycle import write
from dokango.orders.lifecycle.columns_after import columns_after
from dokango.orders.lifecycle.commands import COMMANDS, Approve, Command, Confirm, Edit, Forgive
from dokango.orders.lifecycle.decision import (
    AddClaim,
    AnyOrder,
    BookPayment,
    Decision,
    NewOrder,
    OpenShipment,
    SetShipment,
    Situation,
)
from dokango.orders.lifecycle.decisions.approving import ask_approval, under, wants_second
from dokango.orders.lifecycle.edited_goods import with_goods
from dokango.orders.lifecycle.settled.at_the_door import booked_at_the_door
from dokango.orders.lifecycle.settled.carried import NOTHING_CARRIED, carried
from dokango.orders.lifecycle.settled.riders_cash import NOTHING_TAKEN
from dokango.orders.lifecycle.table import (
    ASK,
    ENDED,
    PENDING,
    PERMISSION_OF,
    PLACE,
    ROWS,
    AnyTransition,
    Transition,
    find,
)
from dokango.payments.credits import credit_of
from dokango.payments.methods import is_paid_on_delivery
from dokango.people.actor import Actor
from dokango.shop.profile import load_profile
from dokango.stock.levels import move_all


@dataclass(frozen=True, slots=True)
class Context:
    """Who acts, by which clock, which version they saw (None: any); `approval`: set by `perform`, for its booking."""

    actor: Actor
    clock: Clock
    version: int | None = None
    approval: ApprovalRow | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What a step left behind; `asked` when it waits for a second person, and nothing was booked."""

    order_id: int
    number: str
    status: str
    money: str
    version: int
    event_id: int
    asked: bool = False


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
        return _write(tx, situation, row, under(decision, context.approval))
    booking = wants_second(situation, decision)
    if booking is not None:
        return replace(_write(tx, situation, ASK, ask_approval(situation, command, booking)), asked=True)
    done = _write(tx, situation, row, decision)
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
    kind = {approvals.PAYMENT: "verify_payment", approvals.REFUND: "refund"}[waited.kind]
    command = COMMANDS[kind].model_validate_json(waited.command)
    return perform(tx, replace(context, version=None, approval=waited), number, command)


def _forgive_first(tx: Tx, context: Context, number: str) -> Context:
    """Let off what is short before the order goes on; what goes on then is the order as this leaves it."""
    if not rows.lock(tx, number).due_poisha:
        return context
    perform(tx, context, number, Forgive())
    return replace(context, version=None)


def begin(tx: Tx, context: Context, order: NewOrder) -> Done:
    """The first step of a life: `order`, checked and priced, is placed. Raises NotAllowed, InsufficientStock."""
    context.actor.require(PLACE.permission)
    situation = Situation(order, load_profile(tx), context.actor, context.clock.now_us())
    return _write(tx, situation, PLACE, PLACE.decide(situation, None))


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


def _write(tx: Tx, s: Situation[AnyOrder], row: AnyTransition, decision: Decision) -> Done:
    """Event, movements, postings, rows, the order itself and the outbox: in this order, under one event."""
    order, version = s.order, s.order.version + 1
    status = str(decision.to or row.target or order.status)
    columns: Columns = {
        **columns_after(order, decision, status, s.now_us), "version": version, "changed_at": s.now_us,
    }  # fmt: skip
    s = replace(s, order=_kept(tx, s.order, columns))
    order_id = s.order.id
    key = f"order/{order_id}/{row.action}" + ("" if row.once else f"/{version}")
    event_id = audit.record(
        tx, key=key, order_id=order_id, action=row.action, actor=s.actor.name, actor_kind=s.actor.kind,
        from_status=order.status, to_status=status if status != order.status else None, note=decision.note,
        data=decision.data, now_us=s.now_us,
    )  # fmt: skip
    happening = Happening(event_id, key, order_id, s.now_us, s.now_us)
    for row_wanted in decision.writes:
        write.write(tx, happening, s.order, row_wanted)
    moved = move_all(tx, happening, decision.moves)
    if decision.keeps_cost:
        write.keep_cost(tx, order_id, moved)
    undone = price_reversed(tx, order_id) if decision.reverse_placing else []
    restored = price_restored(tx, order_id) if decision.restore_placing else []
    post(tx, happening, [*undone, *restored, *decision.postings, *write.cost_postings(moved)])
    reckoned = order.status is not None and (order.status == PENDING) != (status == PENDING)
    if reckoned:
        rows.mark_lines(tx, order_id, unconfirmed=status == PENDING)
    if status != order.status and status in ENDED:
        inspects = bool(columns.get("to_inspect"))
        cases.close_ended(tx, order_id, status, inspects=inspects, by=s.actor, now_us=s.now_us)
    _let_find(tx, s.order, decision)
    _tell(tx, s, row, decision, event_id)
    _announce(tx, order.number, bool(moved) or reckoned)
    return Done(order_id, order.number, status, str(columns["money"]), version, event_id)


def _kept(tx: Tx, order: AnyOrder, columns: Columns) -> AnyOrder:
    """The order with its new columns written; one that is placed gets its row here."""
    if isinstance(order, NewOrder):
        return replace(order, id=rows.add(tx, {**order.kept, **columns}))
    rows.change(tx, order.id, columns)
    return order


def _let_find(tx: Tx, order: AnyOrder, decision: Decision) -> None:
    """Let the order be found by what it has got new: a TrxID, a tracking code, another phone; a new one by its own."""
    new = [one.trx_id for one in decision.writes if isinstance(one, AddClaim | BookPayment)]
    new += [one.tracking_code for one in decision.writes if isinstance(one, OpenShipment)]
    new += [str(one.values.get("tracking_code", "")) for one in decision.writes if isinstance(one, SetShipment)]
    new += [str(value) for name, value in decision.columns.items() if name in ("name", "phone", "email")]
    if isinstance(order, NewOrder):
        search.index(tx, order.id, [order.number, order.name, order.phone, order.email, *new])
    else:
        search.add_words(tx, order.id, new)


def _tell(tx: Tx, s: Situation[AnyOrder], row: AnyTransition, decision: Decision, event_id: int) -> None:
    order = s.order
    phone, name, method = (
        str(decision.columns.get(column, getattr(order, column))) for column in ("phone", "name", "payment_method")
    )
    known = {"number": order.number, "name": name, "token": order.token, "locale": order.locale}
    data = {**known, "is_cod": is_paid_on_delivery(method), **decision.data}
    tellings = [
        Telling(audience, template, order.email or phone, data, phone)
        if audience == "customer"
        else Telling(audience, template, data=data)
        for audience, template in row.tells
    ]
    tell(tx, tellings, order_id=order.id, event_id=event_id, now_us=s.now_us)


def _announce(tx: Tx, number: str, stock_changed: bool) -> None:
    tx.changed(topics.ORDERS, topics.of_order(number))
    if stock_changed:
        tx.changed(topics.STOCK)
