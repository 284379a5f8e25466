"""What an act does beside moving its case: to the order, to the parcel, to who has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from dokango.clock import US_PER_DAY, day_start_us
from dokango.couriers.carriers import in_use, load_carriers
from dokango.couriers.desk import CourierDesk
from dokango.couriers.manual import MANUAL, handover
from dokango.couriers.parcels import shipments
from dokango.couriers.registry import COURIERS, changed_by_api, is_by_api
from dokango.db import Database, Tx
from dokango.errors import DokangoError, InvalidInput
from dokango.orders.acts import asking
from dokango.orders.acts.forms import ActForm, Corrected, Elsewhere, Loss, Lower, OnDay, Took, Why, day_in
from dokango.orders.acts.stand import Stand, look
from dokango.orders.book import rows
from dokango.orders.cases import by_staff, moves
from dokango.orders.cases.kinds import STATES
from dokango.orders.cases.moves import Happened, about_parcel
from dokango.orders.lifecycle.commands import CorrectAddress, LowerCod, SayCollects, SendElsewhere, Ship
from dokango.orders.lifecycle.perform import Context, perform
from dokango.orders.parcels import drift
from dokango.orders.parcels.book import ship_by_courier
from dokango.orders.parcels.by_hand import carrier_of, ship_by_hand
from dokango.orders.parcels.cancel_booking import cancel_booking
from dokango.orders.parcels.cancelled import say_cancelled, say_not_cancelled
from dokango.orders.parcels.tell_changes import say_taken, tell_changes

Form = TypeVar("Form", bound=ActForm)
After = Callable[[CourierDesk, Database, Context, Stand, Form], str]
_LOSSES = ("lost", "damaged")


def nothing_else(tx: Tx, context: Context, stand: Stand, form: ActForm) -> None:
    """The act only moves the case."""


def as_it_was(stand: Stand, form: ActForm) -> int:
    """The deadline stays."""
    return stand.case.due_at


def end_of_the_day(stand: Stand, form: OnDay) -> int:
    """When the day of the next try is over."""
    return day_start_us(day_in(form, stand.now_us) + timedelta(days=1))


def until_answered(stand: Stand, form: ActForm) -> int:
    """As long as the owner waits for customers, unless the courier's own rule leaves less."""
    return asking.waits_until(stand)


def two_days(stand: Stand, form: ActForm) -> int:
    """Two days from now."""
    return stand.now_us + 2 * US_PER_DAY


def three_days(stand: Stand, form: ActForm) -> int:
    """Three days from now."""
    return stand.now_us + 3 * US_PER_DAY


def a_week(stand: Stand, form: ActForm) -> int:
    """A week from now."""
    return stand.now_us + 7 * US_PER_DAY


def _number(stand: Stand) -> str:
    return stand.order.number if stand.order is not None else ""


def correct_address(tx: Tx, context: Context, stand: Stand, form: Corrected) -> None:
    """The order has the right address from now on."""
    perform(tx, replace(context, version=None), _number(stand), CorrectAddress(**form.model_dump()))


def lower_cod(tx: Tx, context: Context, stand: Stand, form: Lower) -> None:
    """The price falls, and the courier is told of it as a matter of its own."""
    perform(tx, replace(context, version=None), _number(stand), LowerCod(**form.model_dump()))


def took_poisha(stand: Stand, took: str) -> int | None:
    """The amount that "old" or "new" stands for; None for another word, or when nothing is asked."""
    parcel = stand.parcel
    if parcel is None or parcel.asked_cod_poisha is None:
        return None
    return {"old": shipments.told_poisha(parcel), "new": parcel.asked_cod_poisha}.get(took)


def say_took(tx: Tx, context: Context, stand: Stand, form: Took) -> None:
    """The books follow what the rider took; before the delivery, the parcel does. Raises InvalidInput, Refused."""
    collects = took_poisha(stand, form.took)
    if collects is None:
        raise InvalidInput({"took": "Say which sum the rider took."})
    perform(tx, replace(context, version=None), _number(stand), SayCollects(collects_poisha=collects))


def send_elsewhere(tx: Tx, context: Context, stand: Stand, form: Elsewhere) -> None:
    """The order waits to be shipped again; the parcel that is out counts no more. Raises InvalidInput."""
    if not is_by_api(form.courier):
        _by_hand(tx, form)
    perform(tx, replace(context, version=None), _number(stand), SendElsewhere(reason="another courier takes it"))


def ship_elsewhere(desk: CourierDesk, db: Database, context: Context, stand: Stand, form: Elsewhere) -> str:
    """Hand it to the other courier; what stands against it is said, and the order then waits to be shipped."""
    context, number = replace(context, version=None), _number(stand)
    try:
        if is_by_api(form.courier):
            return ship_by_courier(desk, db, context, number, form.courier).sentence
        ship = db.read(lambda tx: _by_hand(tx, form))
        ship_by_hand(desk, db, context, number, ship)
    except DokangoError as error:
        return f"Order #{number} waits to be shipped again: {error}"
    return f"{ship.carrier} has the parcel."


def they_cancelled(tx: Tx, context: Context, stand: Stand, form: Why) -> None:
    """A person knows it: the order waits to be shipped again, and this case ends with its parcel."""
    say_cancelled(tx, replace(context, version=None), _number(stand), form.reason)


def not_cancelled(tx: Tx, context: Context, stand: Stand, form: ActForm) -> None:
    """A person knows it: the parcel goes on."""
    say_not_cancelled(tx, replace(context, version=None), _number(stand))


def has_change(tx: Tx, context: Context, stand: Stand, form: ActForm) -> None:
    """A person knows that the courier took what it was told."""
    if stand.parcel is not None:
        say_taken(tx, context, stand.parcel.id, taken=True)


def has_no_change(tx: Tx, context: Context, stand: Stand, form: ActForm) -> None:
    """A person knows that it did not."""
    if stand.parcel is not None:
        say_taken(tx, context, stand.parcel.id, taken=False)


def tell_correction(desk: CourierDesk, db: Database, context: Context, stand: Stand, form: Corrected) -> str:
    """Tell the courier by its API where that takes changes; what it did not take a person tells."""
    parcel = stand.parcel
    if parcel is None or not changed_by_api(parcel.courier):
        return ""
    context = replace(context, version=None)
    try:
        said = tell_changes(desk, db, context, _number(stand))
    except DokangoError as error:
        return f"{parcel.carrier} was not told: {error} Copy the words and tell them."
    if said.known and not said.left:
        db.write(lambda tx: courier_knows(tx, context, look(tx, context.clock, stand.case.id), form))
    return said.sentence


def cancel_at_courier(desk: CourierDesk, db: Database, context: Context, stand: Stand, form: Why) -> str:
    """Ask the courier; what it answered, or why it was not asked."""
    try:
        return cancel_booking(desk, db, replace(context, version=None), _number(stand), form.reason).sentence
    except DokangoError as error:
        return f"Not cancelled: {error}"


def _by_hand(tx: Tx, form: Elsewhere) -> Ship:
    """How it is handed to one that the owner keeps, or to whom was typed. Raises InvalidInput."""
    kept = carrier_of(tx, form.courier)
    if kept is None and form.courier not in COURIERS:
        raise InvalidInput({"courier": "Choose who takes it."})
    given = handover(kept.name if kept else form.carrier, form.tracking_code)
    in_use(load_carriers(tx), given.carrier)
    return Ship(courier=MANUAL.key, carrier=given.carrier, tracking_code=given.tracking_code)


def ask_customer(tx: Tx, context: Context, stand: Stand, form: ActForm) -> None:
    """A new asking: the customer may answer it once, and once is this attempt asked about."""
    case, until_us = stand.case, until_answered(stand, form)
    happened = Happened(f"case/{case.id}/asked/{case.asks + 1}", "the customer is asked", stand.now_us, context.actor)
    moves.note(
        tx, case, "asked", happened, asks=case.asks + 1, asked_attempt=case.attempts,
        then_due=asking.then_due(stand, until_us),
    )  # fmt: skip


def lose(tx: Tx, context: Context, stand: Stand, form: Loss) -> None:
    """The failed delivery ends as a loss, which is a case of its own. Raises InvalidInput."""
    if form.what not in _LOSSES:
        raise InvalidInput({"what": "Say whether it is lost or damaged."})
    case = stand.case
    words = form.words or case.words
    key = f"case/{case.id}/closed"
    moves.close(tx, case, form.what, Happened(key, form.what, stand.now_us, context.actor))
    happened = Happened(f"case/{case.id}/{form.what}", words, stand.now_us, context.actor)
    matter = about_parcel(stand.parcel) if stand.parcel is not None else moves.Matter(case.subject, case.order_id)
    moves.open_case(tx, matter, form.what, happened)


def take(tx: Tx, context: Context, stand: Stand, form: ActForm) -> None:
    """It is the actor's."""
    by_staff.take(tx, context.actor, context.clock, stand.case.id, by=context.actor.name)


def give_back(tx: Tx, context: Context, stand: Stand, form: ActForm) -> None:
    """It is nobody's again."""
    by_staff.take(tx, context.actor, context.clock, stand.case.id, by="")


def close_it(tx: Tx, context: Context, stand: Stand, form: Why) -> None:
    """Somebody dealt with it."""
    by_staff.deal_with(tx, context.actor, context.clock, stand.case.id, form.reason)


def courier_knows(tx: Tx, context: Context, stand: Stand, form: ActForm) -> None:
    """A person told them, or their API was: the case goes where the act wanted it."""
    case = stand.case
    if stand.order is not None and stand.parcel is not None:
        parcel = shipments.by_id(tx, stand.parcel.id)
        drift.note_heard(tx, rows.by_number(tx, stand.order.number), parcel, case.to_courier)
    happened = Happened(f"case/{case.id}/told/{case.version}", "the courier was told", stand.now_us, context.actor)
    if case.then_state not in STATES:
        moves.note(tx, case, "told", happened, to_courier="")
        return
    moves.move(tx, case, "told", happened, state=case.then_state, next_act=case.then_next, due_us=case.then_due,
               to_courier="")  # fmt: skip
