"""Undoing the last step of an order: as the table `undoable.py` allows it, by new rows under an event that names it.

Whatever happened to the order since makes it impossible: the version is the guard. What was undone counts as never
done, so that the step before it is the last one again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from dokango import audit
from dokango.audit import EventRow
from dokango.clock import US_PER_S, said
from dokango.db import Tx
from dokango.errors import InvalidInput, Refused
from dokango.notify import held
from dokango.orders.book import rows
from dokango.orders.book.rows import Columns
from dokango.orders.lifecycle.commands import Undo
from dokango.orders.lifecycle.decision import Decision, Situation
from dokango.orders.lifecycle.decisions.guards import always, may_cancel
from dokango.orders.lifecycle.faces import FACES, did
from dokango.orders.lifecycle.perform import Context, Done, refuse_stale
from dokango.orders.lifecycle.step import write_step
from dokango.orders.lifecycle.stood import BY_A_PERSON, TOGETHER
from dokango.orders.lifecycle.table import BEFORE_SHIPPING, PENDING, PERMISSION_OF, STATUSES, Step, Transition
from dokango.orders.lifecycle.undo_writes import PutBack, Stood
from dokango.orders.lifecycle.undoable import HELD_US, UNDOABLE, is_undoable, why_not
from dokango.people.permissions import Permission
from dokango.shop.profile import load_profile

HOUR_US = 3_600 * US_PER_S
NO_REASON = "It was more than ten seconds ago: say why it is undone."
# Never taken by `perform`, and no button's: which step it takes back decides who may.
UNDO: Transition = Transition("undo", STATUSES, None, Permission.VIEW_ORDERS, always, lambda s, command: Decision())
_TELLING = replace(UNDO, tells=(("customer", "step_undone"),))


def undo(tx: Tx, context: Context, number: str, command: Undo) -> Done:
    """Take back the order's last step: goods, books, what it overwrote, and messages that were not sent yet.

    Raises NotFound, NotAllowed (who may not take the step may not take it back), StaleVersion with who changed what and
    when, Refused with why this is not undone, InsufficientStock where the goods are gone meanwhile, and InvalidInput
    without a version, or after ten seconds without a reason.
    """
    context.actor.require(UNDO.permission)
    if context.version is None:
        raise InvalidInput({"version": "Say which version of the order you saw."})
    order = rows.lock(tx, number)
    refuse_stale(tx, context, order)
    s = Situation(order, load_profile(tx), context.actor, context.clock.now_us())
    event = last_step(tx, order.id)
    if permission := _permission(event.action):
        context.actor.require(permission)
    if why := _why_not(s, event):
        raise Refused("undo", why)
    if not command.reason and s.now_us - event.happened_at > HELD_US:
        raise InvalidInput({"reason": NO_REASON})
    done = _take_back(tx, s, event, command.reason)
    if json.loads(event.data).get(TOGETHER):
        return undo(tx, replace(context, version=done.version), number, command)
    return done


def last_step(tx: Tx, order_id: int) -> EventRow:
    """The last that happened to an order and was not undone; the first of all is its placing."""
    return audit.standing(audit.of_order(tx, order_id))[-1]


def left_by(tx: Tx, order_id: int, action: str) -> Done | None:
    """The order as what was done beside the table left it; None where something else was the last."""
    event, order = last_step(tx, order_id), rows.by_number(tx, rows.number_of(tx, order_id))
    last = event.action == action
    return Done(order.id, order.number, order.status, order.money, order.version, event.id) if last else None


def undoable_step(tx: Tx, s: Situation) -> Step | None:
    """The undoing of the last step, as a button: named by that step; None where this person has no such button."""
    event = last_step(tx, s.order.id)
    permission = _permission(event.action)
    may = is_undoable(event.action) and event.actor_kind in BY_A_PERSON and _before(event)
    if not may or permission is None or not s.actor.may(permission):
        return None
    return Step(Undo.action, f"Undo “{FACES[event.action].label}”", _why_not(s, event))


def _permission(action: str) -> Permission | None:
    """What it takes to take a step, and so to take it back."""
    row = UNDOABLE.get(action)
    return PERMISSION_OF.get(action) or (row.permission if row else None)


def _why_not(s: Situation, event: EventRow) -> str:
    """Why the last step is not undone, with who took it and when; "" when it can be."""
    who, at = audit.said_actor(event.actor, event.actor_kind), said(event.happened_at)
    last = f"The last that happened to #{s.order.number}: {who} {did(event.action)}, {at}."
    if why := why_not(event.action):
        return f"{last} {why}"
    if event.actor_kind not in BY_A_PERSON:
        return f"{last} Only what somebody of the shop did is undone."
    before = _before(event)
    if not before:
        return f"{last} It was done before steps could be undone."
    if s.order.status in BEFORE_SHIPPING and (booked := may_cancel(s)):
        return booked
    moved = [name for name, (_, after) in before["columns"].items() if getattr(s.order, name) != after]
    return f"{last} Something of it has changed since: {', '.join(moved).replace('_', ' ')}." if moved else ""


def _take_back(tx: Tx, s: Situation, event: EventRow, reason: str) -> Done:
    told = held.stop(tx, event.id, s.actor.name)
    tells = told and UNDOABLE[event.action].tells
    return write_step(tx, s, _TELLING if tells else UNDO, _decided(s, event, reason))


def _decided(s: Situation, event: EventRow, reason: str) -> Decision:
    """The opposite of the step: what moved and was posted is found under its event, all else was kept on it."""
    before = _before(event)
    who = audit.said_actor(event.actor, event.actor_kind)
    note = f"“{FACES[event.action].label}” by {who}, {said(event.happened_at)}" + (f": {reason}" if reason else "")
    columns: Columns = {"money": s.order.money, **{name: was for name, (was, _) in before["columns"].items()}}
    status = str(columns.get("status", s.order.status))
    return Decision(
        undoes=event.id,
        to=status,
        columns=columns | _kept_a_while(s, columns, status),
        writes=[PutBack(before, s.actor, note, event.happened_at if event.to_status == "delivered" else None)],
        note=note,
        data={
            "undone": event.action, "by": event.actor, "at": event.happened_at, "reason": reason,
            **_forgiven_back(json.loads(event.data)),
        },
    )  # fmt: skip


def _before(event: EventRow) -> Stood:
    found: Stood = json.loads(event.data).get("before", {})
    return found


def _forgiven_back(data: Mapping[str, int]) -> dict[str, int]:
    """What the step forgave is asked for again; what it took back of that is forgiven again, as was allowed then."""
    back = -int(data.get("forgiven_poisha", 0))
    return {"forgiven_poisha": back, "limit_poisha": max(0, back)} if back else {}


def _kept_a_while(s: Situation, columns: Columns, status: str) -> Columns:
    """An order that waits again is not let go at once: an end that was told leaves the whole notice from now, and
    where nobody is told there is an hour."""
    waits_anew = status == PENDING != s.order.status
    if not waits_anew or s.order.channel != "storefront" or not s.profile.hold_hours:
        return {}
    told, least = columns.get("expires_at"), s.now_us + (s.profile.hold_notice_us or HOUR_US)
    if isinstance(told, int):
        return {"expires_at": max(told, least)}
    unannounced = s.order.placed_at + s.profile.hold_us
    return {} if s.profile.hold_notice_us or unannounced >= least else {"expires_at": least}
