"""The acts on a case, one row each: where it is possible, what it asks, whom it tells what, and what comes next.

To add an act: one row below; what it asks is a model in `forms.py`, what else it does a function in `effects.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

from dokango.couriers.kind.abilities import Can
from dokango.couriers.kind.status import Where, where_is
from dokango.couriers.registry import COURIERS, can
from dokango.db import Tx
from dokango.orders.acts import effects as e
from dokango.orders.acts import told
from dokango.orders.acts.effects import Form
from dokango.orders.acts.forms import AtHub, Corrected, Elsewhere, Loss, Lower, Nothing, OnDay, Took, Why
from dokango.orders.acts.stand import Stand
from dokango.orders.cases.by_staff import why_no_word_ends
from dokango.orders.cases.kinds import (
    ASKED_COURIER,
    ASKED_CUSTOMER,
    CLOSED,
    COMING_BACK,
    FAILED_DELIVERY,
    NEEDS_US,
    STATES,
    TO_INSPECT,
    TOLD_TOO_MUCH,
)
from dokango.orders.lifecycle.decisions.lowering import collects_poisha
from dokango.orders.lifecycle.perform import Context
from dokango.orders.parcels.cancel_booking import why_not
from dokango.orders.parcels.cancelled import may_be_cancelled
from dokango.people.permissions import Permission

OPEN = tuple(state for state in STATES if state != CLOSED)
STILL_OUT = (NEEDS_US, ASKED_COURIER, ASKED_CUSTOMER)
_FAILED = (FAILED_DELIVERY, "late", "not_picked_up")
Why_not = Callable[[Stand], str]


def always(stand: Stand) -> str:
    """Nothing stands against it."""
    return ""


def still_out(stand: Stand) -> str:
    """Only while the parcel is with the courier, and may still be delivered."""
    return "" if stand.on_the_way else "The parcel is not on its way any more."


def _may_be_asked(stand: Stand) -> str:
    if not stand.on_the_way:
        return "The parcel is not on its way any more."
    return "The customer was asked, and has not answered yet." if stand.case.state == ASKED_CUSTOMER else ""


def _may_be_lowered(stand: Stand) -> str:
    if stand.order is None or not stand.on_the_way:
        return "Its parcel is not on its way any more."
    return "" if stand.order.due_poisha and collects_poisha(stand.order) else "Its rider collects nothing."


def _nobodys(stand: Stand) -> str:
    return f"{stand.case.taken_by} has it." if stand.case.taken_by else ""


def _somebodys(stand: Stand) -> str:
    return "" if stand.case.taken_by else "Nobody has taken it."


def _ends_by_hand(stand: Stand) -> str:
    return why_no_word_ends(stand.case, stand.parcel)


def _took_is_asked(stand: Stand) -> str:
    if stand.parcel is None or stand.parcel.live != 1 or stand.parcel.asked_cod_poisha is None:
        return "It is known what its rider takes."
    return ""


def _to_tell(stand: Stand) -> str:
    return "" if stand.case.to_courier else "There is nothing to tell the courier."


def _said_cancelled(stand: Stand) -> str:
    if stand.order is None or stand.order.status != "shipped":
        return "Its order is not with a courier."
    return may_be_cancelled(stand.parcel)


def _cancelled_by_api(stand: Stand) -> str:
    return _said_cancelled(stand) or why_not(stand.parcel)


def _cancelled_by_words(stand: Stand) -> str:
    why = _said_cancelled(stand)
    if why or stand.parcel is None or can(stand.parcel.courier, Can.CANCEL):
        return why or "Its courier's API can be asked."
    return "" if where_is(stand.parcel.status) is Where.BOOKED else "It was picked up: ask it back instead."


@dataclass(frozen=True, slots=True)
class Act(Generic[Form]):
    """One row.

    `label` is on its button, `done` is said after. It is possible for cases of `families` (all, when empty) in
    `states`, unless `why_not` says why. `run` is what it does to shop and case, in one transaction; `courier_told`
    gives the words for the courier ("" when it need not know): told by its API where it `can` be (`told.BY_API`), else
    by a person, and then the case goes to `state`, where `next_act` comes until `due_us`. `tells` is the customer's
    template. `after` is done outside the transaction, when all that is written.
    """

    key: str
    label: str
    done: str
    form: type[Form]
    states: tuple[str, ...] = STILL_OUT
    families: tuple[str, ...] = ()
    why_not: Why_not = always
    run: Callable[[Tx, Context, Stand, Form], None] = e.nothing_else
    courier_told: Callable[[Stand, Form], str] = told.nothing
    can: Can | None = None
    tells: str = ""
    state: str = ""  # "" leaves the case where it is
    next_act: str = ""
    due_us: Callable[[Stand, Form], int] = e.as_it_was
    after: e.After[Form] | None = None
    permission: Permission = Permission.SHIP
    icon: str = "circle-check"
    danger: bool = False

    @property
    def asks(self) -> bool:
        """Whether it opens a form."""
        return bool(self.form.asked)

    def why(self, stand: Stand) -> str:
        """Why it cannot be done now; "" when it can."""
        case = stand.case
        if case.state not in self.states:
            return "This was closed already." if not case.is_open else f"Not while it is “{STATES[case.state]}”."
        if self.families and case.family not in self.families:
            return "This is no matter for it."
        return self.why_not(stand)

    def by_api(self, stand: Stand) -> bool:
        """Whether its courier's API can be told."""
        kind = COURIERS.get(stand.parcel.courier) if stand.parcel is not None else None
        return self.can is not None and kind is not None and self.can in kind.can


AnyAct = Act[Any]  # a row of the table, whose functions take the form that it names itself
_A = Act
_ROWS = (
    _A("told", "Tell the courier", "Noted: the courier knows.", Nothing, states=OPEN, why_not=_to_tell,
       run=e.courier_knows, icon="clipboard-check"),
    _A("say_took", "Say what the rider took", "It is noted what the rider took.", Took, states=OPEN,
       families=(TOLD_TOO_MUCH,), why_not=_took_is_asked, run=e.say_took, permission=Permission.DELIVER,
       icon="hand-coins"),
    _A("redeliver", "Ask redelivery", "Redelivery is asked for.", OnDay, families=_FAILED, why_not=still_out,
       courier_told=told.redelivery, tells="redelivery_asked", state=ASKED_COURIER, next_act="wait_delivery",
       due_us=e.end_of_the_day, icon="calendar-clock"),
    _A("ask_customer", "Ask the customer", "The customer is asked, on their order's page.", Nothing, families=_FAILED,
       why_not=_may_be_asked, run=e.ask_customer, tells="delivery_failed", state=ASKED_CUSTOMER,
       next_act="wait_customer", due_us=e.until_answered, icon="message-circle-question-mark"),
    _A("correct_address", "Correct address or phone", "The address is corrected.", Corrected, families=_FAILED,
       why_not=still_out, run=e.correct_address, courier_told=told.address, after=e.tell_correction,
       tells="address_corrected", state=ASKED_COURIER, next_act="wait_delivery", due_us=e.two_days,
       permission=Permission.EDIT_ORDER, icon="map-pin"),
    _A("lower_cod", "Lower the COD", "The rider is to collect less.", Lower, families=_FAILED,
       why_not=_may_be_lowered, run=e.lower_cod, courier_told=told.lowered, state=ASKED_COURIER,
       next_act="wait_delivery", due_us=e.two_days, permission=Permission.EDIT_ORDER, icon="badge-percent"),
    _A("collect_at_hub", "Customer collects at the hub", "The customer knows where to collect it.", AtHub,
       families=_FAILED, why_not=still_out, courier_told=told.keep_at_hub, tells="collect_at_hub",
       state=ASKED_COURIER, next_act="wait_delivery", due_us=e.three_days, icon="warehouse"),
    _A("collect_at_shop", "Customer collects at the shop", "It is asked back; the customer collects it here.", Nothing,
       families=_FAILED, why_not=still_out, courier_told=told.bring_back, can=Can.ASK_BACK, tells="collect_at_shop",
       state=COMING_BACK, next_act="wait_return", due_us=e.a_week, icon="store"),
    _A("another_courier", "Hand to another courier", "The parcel goes another way.", Elsewhere, families=_FAILED,
       why_not=still_out, run=e.send_elsewhere, courier_told=told.bring_back, can=Can.ASK_BACK, state=COMING_BACK,
       next_act="wait_return", due_us=e.a_week, after=e.ship_elsewhere, icon="shuffle"),
    _A("ask_back", "Ask it back", "It is asked back.", Why, families=_FAILED, why_not=still_out,
       courier_told=told.bring_back, can=Can.ASK_BACK, tells="parcel_asked_back", state=COMING_BACK,
       next_act="wait_return", due_us=e.a_week, icon="undo-2", danger=True),
    _A("they_cancelled", "They cancelled it", "The booking is cancelled.", Why, states=OPEN,
       families=(*_FAILED, "cancel"), why_not=_said_cancelled, run=e.they_cancelled, icon="package-minus",
       danger=True),
    _A("not_cancelled", "They did not cancel it", "It is noted that the parcel goes on.", Nothing, states=OPEN,
       families=("cancel",), run=e.not_cancelled, icon="package-check"),
    _A("has_change", "They have the change", "It is noted that they have it.", Nothing, states=OPEN,
       families=("change",), run=e.has_change, icon="clipboard-check"),
    _A("has_no_change", "They do not have it", "It is still to be told.", Nothing, states=OPEN, families=("change",),
       run=e.has_no_change, icon="clipboard-x"),
    _A("cancel_booking", "Cancel the booking", "", Why, families=_FAILED, why_not=_cancelled_by_api,
       after=e.cancel_at_courier, icon="ban", danger=True),
    _A("ask_cancel", "Ask them to cancel it", "They are to cancel it.", Nothing, families=_FAILED,
       why_not=_cancelled_by_words, courier_told=told.cancel, state=ASKED_COURIER, next_act="wait_cancelled",
       due_us=e.two_days, icon="ban", danger=True),
    _A("lost", "Lost or damaged", "It stands as a loss.", Loss, states=(*STILL_OUT, COMING_BACK, TO_INSPECT),
       families=(*_FAILED, "partial"), run=e.lose, icon="package-x", danger=True),
    _A("take", "Take it", "It is yours.", Nothing, states=OPEN, why_not=_nobodys, run=e.take,
       permission=Permission.SHIP, icon="hand"),
    _A("give_back", "Give it back", "It is nobody's again.", Nothing, states=OPEN, why_not=_somebodys, run=e.give_back,
       icon="undo"),
    _A("close", "Dealt with", "Closed.", Why, states=OPEN, why_not=_ends_by_hand, run=e.close_it,
       icon="circle-check-big"),
)  # fmt: skip
ACTS: dict[str, AnyAct] = {act.key: act for act in _ROWS}


def possible(stand: Stand) -> list[AnyAct]:
    """The acts that can be done now, in the order of the table: the first is the one to do."""
    if not stand.case.is_open:
        return []
    return [act for act in ACTS.values() if not act.why(stand)]
