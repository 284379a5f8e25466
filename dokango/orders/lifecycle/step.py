"""One decided step, written down: everything that it changes, in one transaction, under one event."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dokango import audit, topics
from dokango.db import Tx
from dokango.ledger.entries import Happening, event_reversed, post, price_restored, price_reversed
from dokango.notify.outbox import Telling, tell
from dokango.orders.book import rows, search
from dokango.orders.book.rows import Columns
from dokango.orders.cases import moves as cases
from dokango.orders.lifecycle import write
from dokango.orders.lifecycle.columns_after import columns_after
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
from dokango.orders.lifecycle.kept import keep
from dokango.orders.lifecycle.stood import may_be_undone, stood
from dokango.orders.lifecycle.table import ENDED, PENDING, AnyTransition
from dokango.orders.lifecycle.undoable import HELD_US
from dokango.payments.methods import is_paid_on_delivery
from dokango.stock.levels import move_all, opposite_moves


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


def write_step(tx: Tx, s: Situation[AnyOrder], row: AnyTransition, decision: Decision) -> Done:
    """Event, movements, postings, rows, the order itself and the outbox: in this order, under one event."""
    order, version = s.order, s.order.version + 1
    status = str(decision.to or row.target or order.status)
    columns: Columns = {
        **columns_after(order, decision, status, s.now_us), "version": version, "changed_at": s.now_us,
    }  # fmt: skip
    before = {"before": stood(tx, order, decision, columns)} if may_be_undone(row.action, s.actor) else {}
    s = replace(s, order=keep(tx, s.order, columns, s.now_us))
    order_id = s.order.id
    key = _key(tx, order_id, row, version)
    event_id = audit.record(
        tx, key=key, order_id=order_id, action=row.action, actor=s.actor.name, actor_kind=s.actor.kind,
        from_status=order.status, to_status=status if status != order.status else None, note=decision.note,
        data={**decision.data, **before}, now_us=s.now_us, undoes=decision.undoes,
    )  # fmt: skip
    happening = Happening(event_id, key, order_id, s.now_us, s.now_us)
    for row_wanted in decision.writes:
        write.write(tx, happening, s.order, row_wanted)
    moved = _move_and_post(tx, happening, order_id, decision)
    reckoned = order.status is not None and (order.status == PENDING) != (status == PENDING)
    if reckoned:
        rows.mark_lines(tx, order_id, unconfirmed=status == PENDING)
    if status != order.status and status in ENDED:
        inspects = bool(columns.get("to_inspect"))
        cases.close_ended(tx, order_id, status, inspects=inspects, by=s.actor, now_us=s.now_us)
    _let_find(tx, s.order, decision)
    _tell(tx, s, row, decision, event_id)
    _announce(tx, order.number, moved or reckoned)
    return Done(order_id, order.number, status, str(columns["money"]), version, event_id)


def _key(tx: Tx, order_id: int, row: AnyTransition, version: int) -> str:
    """The event's key: of a step that happens once, the same each time, unless it was undone meanwhile."""
    key = f"order/{order_id}/{row.action}"
    if not row.once:
        return f"{key}/{version}"
    undone = audit.times_undone(tx, order_id, row.action)
    return f"{key}/{undone + 1}" if undone else key


def _move_and_post(tx: Tx, happening: Happening, order_id: int, decision: Decision) -> bool:
    """Stock and books, which follow each other; whether anything moved."""
    taken_back = opposite_moves(tx, decision.undoes) if decision.undoes else []
    moved = move_all(tx, happening, [*taken_back, *decision.moves])
    if decision.keeps_cost:
        write.keep_cost(tx, order_id, moved)
    undone = price_reversed(tx, order_id) if decision.reverse_placing else []
    restored = price_restored(tx, order_id) if decision.restore_placing else []
    reversed_ = event_reversed(tx, decision.undoes) if decision.undoes else []
    post(tx, happening, [*undone, *restored, *reversed_, *decision.postings, *write.cost_postings(moved)])
    return bool(moved)


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
    held_until = s.now_us + HELD_US if may_be_undone(row.action, s.actor) else None
    tell(tx, tellings, order_id=order.id, event_id=event_id, now_us=s.now_us, not_before=held_until)


def _announce(tx: Tx, number: str, stock_changed: bool) -> None:
    tx.changed(topics.ORDERS, topics.of_order(number))
    if stock_changed:
        tx.changed(topics.STOCK)
