"""What pydantic finds wrong, as one sentence a field that says what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from dokango.errors import InvalidInput

Detail = dict[str, object]

_WHOLE = "Send a whole number, without quotes and without a decimal point."
_TEXT = "Send text, in quotes."
_OBJECT = "Send an object: {…}."
_LIST = "Send a list: […]."
_SENTENCES: dict[str, Callable[[Detail], str]] = {
    "missing": lambda _: "This is missing. Send it.",
    "extra_forbidden": lambda _: "This is no field here. Leave it out; prices, totals and states are the shop's own.",
    "int_type": lambda _: _WHOLE,
    "int_parsing": lambda _: _WHOLE,
    "int_from_float": lambda _: _WHOLE,
    "int_parsing_size": lambda _: "This number is too large.",
    "finite_number": lambda _: _WHOLE,
    "bool_type": lambda _: "Send true or false.",
    "bool_parsing": lambda _: "Send true or false.",
    "string_type": lambda _: _TEXT,
    "string_unicode": lambda _: "This holds characters that are no text. Type it again.",
    "string_too_short": lambda ctx: (
        "Fill this in." if ctx["min_length"] == 1 else f"At least {ctx['min_length']} characters."
    ),
    "string_too_long": lambda ctx: f"At most {ctx['max_length']} characters. Shorten it.",
    "greater_than_equal": lambda ctx: f"At least {ctx['ge']}.",
    "greater_than": lambda ctx: f"More than {ctx['gt']}.",
    "less_than_equal": lambda ctx: f"At most {ctx['le']}.",
    "less_than": lambda ctx: f"Less than {ctx['lt']}.",
    "too_short": lambda ctx: f"At least {ctx['min_length']} of these.",
    "too_long": lambda ctx: f"At most {ctx['max_length']} of these.",
    "literal_error": lambda ctx: f"Choose {ctx['expected']}.",
    "enum": lambda ctx: f"Choose {ctx['expected']}.",
    "value_error": lambda ctx: str(ctx["error"]),
    "model_type": lambda _: _OBJECT,
    "model_attributes_type": lambda _: _OBJECT,
    "dict_type": lambda _: _OBJECT,
    "list_type": lambda _: _LIST,
    "tuple_type": lambda _: _LIST,
    "date_from_datetime_parsing": lambda _: "Send a day like 2026-11-22.",
    "date_parsing": lambda _: "Send a day like 2026-11-22.",
}


def in_sentences(error: ValidationError) -> InvalidInput:
    """The same failure for people: "lines.0.quantity" → "At least 1."; a failure of the whole stands under "body"."""
    return InvalidInput(dict(_fields(error.errors(include_url=False, include_input=False))))


def _fields(details: Iterable[ErrorDetails]) -> Iterable[tuple[str, str]]:
    for detail in details:
        name = ".".join(str(part) for part in detail["loc"]) or "body"
        say = _SENTENCES.get(detail["type"])
        yield name[:200], say(detail.get("ctx", {})) if say else f"{detail['msg']}."
