"""What was typed in the dialogs of claims, as the forms that they ask for; one sentence a field otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TypeVar

from pydantic import ValidationError

from dokango.errors import InvalidInput
from dokango.money import parse_taka
from dokango.numbers import whole_number
from dokango.orders.claims.forms import MOST_GRAMS, MOST_UNITS, ClaimForm, OpenClaim, PaidClaim, RefusedClaim
from state.kit.reading import Reading

F = TypeVar("F", bound=ClaimForm)
Typed = Mapping[str, str]
CLAIMED = "claimed "  # before the SKU, in the names of the fields of what is claimed
_ON_PAGE = {"kind": "loss"}  # a form's field → the dialog's, where they are called otherwise
_SENTENCES = {
    "loss": "Say what happened to it.",
    "claimed_poisha": "Type an amount of more than ৳0.",
    "words": "Say what happened, in up to 500 characters; the courier reads it.",
    "amount_poisha": "Type an amount of more than ৳0.",
    "reason": "Say why, in up to 500 characters.",
    "reference": "At most 120 characters. Shorten it.",
}


def opened_of(typed: Typed) -> OpenClaim:
    """A claim to open. Raises InvalidInput, as all of these."""
    reading = Reading(typed)
    lines = _lines(typed, reading)
    amounts = {
        "claimed_poisha": reading.tried(
            partial(parse_taka, typed.get("claimed_poisha", ""), "claimed_poisha"), 0
        ),
        **{name: _grams(reading, name) for name in ("packed_g", "found_g")},
    }  # fmt: skip
    said = {name: typed.get(name, "") for name in ("words", "parcel")}
    return reading.done(_form(OpenClaim, reading, lines=lines, kind=typed.get("loss", ""), **amounts, **said))


def paid_of(typed: Typed) -> PaidClaim:
    """What came in for a claim."""
    reading = Reading(typed)
    amount = reading.tried(partial(parse_taka, typed.get("amount_poisha", ""), "amount_poisha"), 0)
    said = {name: typed.get(name, "") for name in ("reference", "reason")}
    return reading.done(_form(PaidClaim, reading, amount_poisha=amount, **said))


def refused_of(typed: Typed) -> RefusedClaim:
    """That the courier pays nothing, and why."""
    reading = Reading(typed)
    return reading.done(_form(RefusedClaim, reading, reason=typed.get("reason", "")))


def _lines(typed: Typed, reading: Reading) -> list[dict[str, object]]:
    """The lines of which some are claimed; one sentence for all of them."""
    named = {name.removeprefix(CLAIMED): said for name, said in typed.items() if name.startswith(CLAIMED)}
    each = Reading()
    units = {
        sku: each.tried(partial(whole_number, said or "0", sku, 0, MOST_UNITS), 0) for sku, said in named.items()
    }  # fmt: skip
    if each.wrong:
        reading.wrong["lines"] = " ".join(f"{sku}: {sentence}" for sku, sentence in each.wrong.items())
    elif named and not any(units.values()):
        reading.wrong["lines"] = "Say of which items how many are claimed."
    return [{"sku": sku, "quantity": number} for sku, number in units.items() if number]


def _grams(reading: Reading, name: str) -> int:
    """A weight; an empty field says nothing of it."""
    said = reading.typed.get(name, "")
    return reading.tried(partial(whole_number, said, name, 0, MOST_GRAMS), 0) if said else 0


def _form(form: type[F], reading: Reading, **fields: object) -> F:
    """The form of `fields`; what it refuses is added to what is wrong already, and raised with that."""
    try:
        return form.model_validate(fields)
    except ValidationError as error:
        for problem in error.errors():
            loc = str(problem["loc"][0]) if problem["loc"] else "reason"
            name = _ON_PAGE.get(loc, loc)
            reading.wrong.setdefault(name, _SENTENCES.get(name, "This cannot be used here. Check it and try again."))
        raise InvalidInput(reading.wrong) from error
