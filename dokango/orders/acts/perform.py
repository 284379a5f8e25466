"""Acting on a case: written down first, then the courier is told by its API where that can be, else by a person.

While nobody has told the courier, the case needs us, and keeps the words to copy: an API that refuses, or is down,
loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from dokango import audit
from dokango.courier_errors import CourierError
from dokango.couriers.desk import CourierDesk
from dokango.couriers.kind.base import ReturnRequest
from dokango.db import Database, Tx
from dokango.errors import InvalidInput, NotFound, Refused
from dokango.notify.outbox import Telling, tell
from dokango.orders.acts import told
from dokango.orders.acts.effects import courier_knows
from dokango.orders.acts.forms import ActForm, OnDay
from dokango.orders.acts.stand import Stand, look, stand_of
from dokango.orders.acts.table import ACTS, AnyAct, possible
from dokango.orders.cases import moves
from dokango.orders.cases import rows as cases
from dokango.orders.cases.kinds import NEEDS_US
from dokango.orders.cases.moves import Happened, More
from dokango.orders.lifecycle.perform import Context, refuse_stale
from dokango.orders.parcels.asked_back import keep_ask


@dataclass(frozen=True, slots=True)
class Acted:
    """What an act left behind: a sentence for people, and the words that somebody still has to give the courier."""

    case_id: int
    sentence: str
    to_courier: str = ""


def act_on(
    desk: CourierDesk,
    db: Database,
    context: Context,
    case_id: int,
    key: str,
    given: Mapping[str, object],
    seen: int | None = None,
) -> Acted:
    """Do act `key` on a case with what its form was given. It may wait for a courier: never inside a transaction.

    `seen` is the version of the case, `context.version` that of its order as they were on the screen (None: whichever).
    Raises NotAllowed, NotFound, InvalidInput, StaleVersion, and Refused (with what would be possible).
    """
    act = ACTS.get(key)
    if act is None:
        raise NotFound("act", key[:40])
    context.actor.require(act.permission)
    form = _read(act, given)
    stand = db.write(lambda tx: write_act(tx, context, case_id, act, form, seen))
    words = [act.done]
    if stand.case.to_courier and act.by_api(stand):
        words.append(_tell_by_api(desk, db, context, stand, act, form))
    if act.after is not None:
        words.append(act.after(desk, db, context, stand, form))
    left = db.read(lambda tx: cases.by_id(tx, case_id)).to_courier
    if left and len(words) == 1:
        words.append("Now tell the courier.")
    return Acted(case_id, " ".join(word for word in words if word), left)


def acts_of(tx: Tx, context: Context, case_id: int) -> list[AnyAct]:
    """What the actor can do about a case now."""
    return [act for act in possible(look(tx, context.clock, case_id)) if context.actor.may(act.permission)]


def _read(act: AnyAct, given: Mapping[str, object]) -> ActForm:
    """What was given as the act's form; raises InvalidInput with a sentence a field."""
    try:
        form: ActForm = act.form.model_validate(dict(given))
    except ValidationError as error:
        fields = {".".join(map(str, one["loc"])): one for one in error.errors()}
        raise InvalidInput({name: _said(one) for name, one in fields.items()}) from None
    return form


def _said(error: ErrorDetails) -> str:
    if error["type"] in ("missing", "string_too_short"):
        return "Fill this in."
    if error["type"] == "extra_forbidden":
        return "This act does not ask for it."
    return f"{error['msg']}."


def write_act(tx: Tx, context: Context, case_id: int, act: AnyAct, form: ActForm, seen: int | None) -> Stand:
    """What an act does to shop and case, in one transaction; how the case stands then. Raises Refused, StaleVersion."""
    stand = stand_of(tx, context.clock, cases.lock_with_order(tx, case_id))
    case = stand.case
    if stand.order is not None:
        refuse_stale(tx, context, stand.order)
    if seen is not None and seen != case.version:
        raise Refused(act.key, "This problem changed while you looked at it. Look again and decide.", _keys(stand))
    why = act.why(stand)
    if why:
        raise Refused(act.key, why, _keys(stand))
    words = act.courier_told(stand, form)
    data = {"act": act.key, **form.model_dump()}
    act.run(tx, context, stand, form)
    if act.state:
        _move(tx, context, stand, act, form, words, data)
        note = f"{act.label}. {words}".strip()
        event_id = audit.record(
            tx, key=f"case/{case.id}/act/{case.version}", order_id=case.order_id, action="case_act",
            actor=context.actor.name, actor_kind=context.actor.kind, note=note[:1_000], data=data, now_us=stand.now_us,
        )  # fmt: skip
        if act.tells and stand.order is not None:
            _tell_customer(tx, stand, act, form, event_id)
    return stand_of(tx, context.clock, cases.by_id(tx, case.id))


def _move(
    tx: Tx, context: Context, stand: Stand, act: AnyAct, form: ActForm, words: str, data: dict[str, object]
) -> None:
    """The case goes on at once, or, while the courier has to be told, when somebody has."""
    case, due_us = stand.case, act.due_us(stand, form)
    happened = Happened(f"case/{case.id}/{act.key}/{case.version}", act.label, stand.now_us, context.actor, data)
    if not words:
        moves.move(tx, case, "acted", happened, state=act.state, next_act=act.next_act, due_us=due_us)
        return
    then: More = {"to_courier": words, "then_state": act.state, "then_next": act.next_act, "then_due": due_us}
    now_due = case.due_at if case.due_at > stand.now_us else moves.due_by_hours(stand.now_us)
    moves.move(tx, case, "acted", happened, state=NEEDS_US, next_act="tell_courier", due_us=now_due, **then)


def _tell_customer(tx: Tx, stand: Stand, act: AnyAct, form: ActForm, event_id: int) -> None:
    order = stand.order
    if order is None:
        return
    data = {
        "number": order.number, "name": order.name, "token": order.token, "locale": order.locale,
        **({"day": form.day} if isinstance(form, OnDay) else {}), "hub": getattr(form, "hub", ""),
    }  # fmt: skip
    telling = Telling("customer", act.tells, order.email or order.phone, data, order.phone)
    tell(tx, [telling], order_id=order.id, event_id=event_id, now_us=stand.now_us)


def _tell_by_api(desk: CourierDesk, db: Database, context: Context, stand: Stand, act: AnyAct, form: ActForm) -> str:
    if stand.parcel is None or act.can is None:
        return ""
    carrier = stand.parcel.carrier or stand.parcel.courier
    try:
        made = told.BY_API[act.can](desk.courier(stand.parcel.courier), stand, form)
    except CourierError as error:
        return f"{carrier} could not be told: {error} Copy the words and tell them."
    except InvalidInput as error:
        return f"{carrier} did not take it: {error} Copy the words and tell them."
    db.write(lambda tx: _told(tx, context, stand.case.id, form, made))
    return f"{carrier} was told."


def _told(tx: Tx, context: Context, case_id: int, form: ActForm, made: ReturnRequest | None) -> None:
    stand = look(tx, context.clock, case_id)
    if made is not None and stand.parcel is not None:
        keep_ask(tx, stand.parcel, made, stand.now_us)
    courier_knows(tx, context, stand, form)


def _keys(stand: Stand) -> list[str]:
    return [act.key for act in possible(stand)]
