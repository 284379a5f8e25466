"""What the courier is told of an act, in English as couriers' panels are; and how its API is told where it can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dokango.clock import said_day
from dokango.couriers.kind.abilities import AsksBack, Can
from dokango.couriers.kind.base import Courier, ReturnRequest
from dokango.money import taka
from dokango.orders.acts.forms import ActForm, AtHub, Corrected, Lower, OnDay, day_in
from dokango.orders.acts.stand import Stand
from dokango.orders.parcels.cancel_booking import words_to_copy
from dokango.orders.parcels.news import name_of
from dokango.people.phones import normalise_phone
from dokango.text import said_once


def nothing(stand: Stand, form: ActForm) -> str:
    """It is none of their business."""
    return ""


def redelivery(stand: Stand, form: OnDay) -> str:
    """Deliver again on a day."""
    words = f"Please deliver parcel {stand.called} again on {said_day(day_in(form, stand.now_us))}."
    return stand.to_courier(f"{words} {form.note}".strip())


def address(stand: Stand, form: Corrected) -> str:
    """The right address and phone."""
    who = f"{form.name}, {normalise_phone(form.phone)}, {_place(form)}"
    return stand.to_courier(f"Please correct parcel {stand.called}: {who}. Then deliver again.")


def _place(form: Corrected) -> str:
    return ", ".join(said_once((*form.line.splitlines(), form.area, form.city, form.district)))


def lowered(stand: Stand, form: Lower) -> str:
    """Try again, for less."""
    return stand.to_courier(f"Please deliver parcel {stand.called} again, and collect {taka(form.collects_poisha)}.")


def keep_at_hub(stand: Stand, form: AtHub) -> str:
    """The customer comes to the hub."""
    return stand.to_courier(f"Please keep parcel {stand.called} at {form.hub}: the customer collects it there.")


def bring_back(stand: Stand, form: ActForm) -> str:
    """Bring it back."""
    why = getattr(form, "reason", "")
    return stand.to_courier(f"Please bring parcel {stand.called} back to us.{f' {why}' if why else ''}")


def cancel(stand: Stand, form: ActForm) -> str:
    """Not to pick it up at all."""
    return "" if stand.parcel is None else words_to_copy(stand.parcel)


def _ask_back(courier: Courier, stand: Stand, form: ActForm) -> ReturnRequest | None:
    if isinstance(courier, AsksBack) and stand.parcel is not None:
        return courier.ask_back(name_of(stand.parcel), getattr(form, "reason", "") or "The shop asks for it.")
    return None


# By what the courier's API can do: the request that it made of it, if it has a name there. Each raises CourierRefused,
# CourierUnavailable, CourierUncertain. Changes are told by `parcels/tell_changes.py`.
BY_API: Mapping[Can, Callable[[Courier, Stand, ActForm], ReturnRequest | None]] = {
    Can.ASK_BACK: _ask_back,
}
