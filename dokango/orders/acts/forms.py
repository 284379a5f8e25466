"""What each act asks for: one strict model an act. The words of its fields, and how a page asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

from dokango.clock import day_of
from dokango.errors import InvalidInput
from dokango.money import MOST_POISHA
from dokango.plain_model import PlainModel

MOST_DAYS_AHEAD = 21
Words = Annotated[str, Field(max_length=300)]
Line = Annotated[str, Field(max_length=100)]


@dataclass(frozen=True, slots=True)
class Asked:
    """One field as a page asks for it: `kind` is text, lines, day, money, phone, district, courier or choice."""

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()


class ActForm(PlainModel):
    """The base: strict types, nothing extra. `asked` are its fields in the order a page shows them."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    asked: ClassVar[tuple[Asked, ...]] = ()


class Nothing(ActForm):
    """The act says all."""


class OnDay(ActForm):
    """On which day to deliver again, with a word for the rider."""

    MANY_LINES = frozenset(("note",))
    asked = (
        Asked("day", "Deliver again on", "day"),
        Asked("note", "A word for the rider", hint="For example: after 17:00, call first."),
    )
    day: Annotated[str, Field(max_length=10, description="A Dhaka day, ISO: 2026-11-24")]
    note: Words = ""


class Corrected(ActForm):
    """Where the parcel should have gone."""

    MANY_LINES = frozenset(("line",))
    asked = (
        Asked("name", "Name"),
        Asked("phone", "Mobile number", "phone"),
        Asked("line", "House, road, place", "lines"),
        Asked("area", "Area"),
        Asked("city", "City"),
        Asked("district", "District", "district"),
    )
    name: Annotated[str, Field(min_length=1, max_length=100)]
    phone: Annotated[str, Field(max_length=40)]
    line: Annotated[str, Field(min_length=1, max_length=400)]
    area: Line = ""
    city: Line = ""
    district: Annotated[str, Field(max_length=60)] = ""


class Elsewhere(ActForm):
    """Who takes it instead; `carrier` and `tracking_code` for one that is followed by hand."""

    asked = (
        Asked("courier", "Courier", "courier"),
        Asked("carrier", "Who carries it", hint="For a courier without an API: its name, or own rider."),
        Asked("tracking_code", "Tracking code", hint="If there is one."),
    )
    courier: Annotated[str, Field(max_length=60)]
    carrier: Line = ""
    tracking_code: Line = ""


class Why(ActForm):
    """Why, in one's own words."""

    MANY_LINES = frozenset(("reason",))
    asked = (Asked("reason", "In your words", "lines", hint="Kept in the order's history."),)
    reason: Annotated[str, Field(min_length=1, max_length=300)]


class Lower(ActForm):
    """What the rider is to collect instead, and why."""

    MANY_LINES = frozenset(("reason",))
    asked = (
        Asked("collects_poisha", "The rider collects, in taka", "money", hint="Less than now: the rest is a discount."),
        Asked("reason", "Why", "lines", hint="Kept in the order's history."),
    )
    collects_poisha: Annotated[int, Field(ge=0, le=MOST_POISHA)]
    reason: Annotated[str, Field(min_length=1, max_length=300)]


class Took(ActForm):
    """What a rider took who was told too much."""

    asked = (
        Asked(
            "took", "What the rider took", "choice",
            choices=(
                ("", "Choose"),
                ("old", "The old sum, as told first: what is too much goes back to the customer"),
                ("new", "The new sum: the courier was told"),
            ),
        ),
    )  # fmt: skip
    took: Annotated[str, Field(max_length=10, description="old (as the rider was told first) or new")]


class AtHub(ActForm):
    """At which hub the customer collects it."""

    asked = (Asked("hub", "Hub", hint="Its name and place, as the customer will read it."),)
    hub: Annotated[str, Field(min_length=1, max_length=200)]


class Loss(ActForm):
    """What the courier has lost or damaged."""

    MANY_LINES = frozenset(("words",))
    asked = (
        Asked("what", "What happened", "choice", choices=(("lost", "Lost"), ("damaged", "Damaged"))),
        Asked("words", "In your words", "lines"),
    )
    what: Annotated[str, Field(max_length=10)]
    words: Words = ""


def day_in(form: OnDay, now_us: int) -> date:
    """The day that was asked for: from today on, in the next weeks. Raises InvalidInput."""
    today = day_of(now_us)
    try:
        day = date.fromisoformat(form.day)
    except ValueError:
        day = None
    if day is None or not today <= day <= today + timedelta(days=MOST_DAYS_AHEAD):
        raise InvalidInput({"day": f"Choose a day from today on, at most {MOST_DAYS_AHEAD} days ahead."})
    return day
