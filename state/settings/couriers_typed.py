"""A courier's settings as they are typed: an account is whole or none, and what is no secret is looked over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dokango.couriers.keys import secret_name
from dokango.couriers.kind import CourierKind, FieldKind, KeyField
from dokango.couriers.registry import api_courier
from dokango.errors import InvalidInput
from state.kit.form import Typed

BY_ENVIRONMENT = "set by the environment"


@dataclass(frozen=True, slots=True)
class Keys:
    """What was typed for a courier, by the names it is kept under; "" takes away what was kept."""

    kind: CourierKind
    given: Mapping[str, str]


def keys_typed(typed: Typed, kept: Mapping[str, str]) -> Keys:
    """What was typed; a secret that is there (`kept`: its mark) and was left empty stays.

    Raises NotFound for the courier, InvalidInput for what is missing or cannot be.
    """
    kind = api_courier(typed.get("courier", ""))
    asked = {secret_name(kind.key, field.name): field for field in kind.fields if field.asked}
    wrong = {name: words for name, field in asked.items() if (words := _wrong(field, typed.get(name, "")))}
    wrong = _missing(kind, typed, kept) | wrong
    if wrong:
        raise InvalidInput(wrong)
    empties = {name for name, field in asked.items() if field.kind is not FieldKind.SECRET and name in typed}
    return Keys(kind, {name: typed[name] for name in asked if typed.get(name) or name in empties})


def _missing(kind: CourierKind, typed: Typed, kept: Mapping[str, str]) -> dict[str, str]:
    """An account is the owner's or the environment's, never half of each."""
    given = {field.name: typed.get(secret_name(kind.key, field.name), "") for field in kind.fields}
    needed = {secret_name(kind.key, field.name): field for field in kind.required(given) if field.asked}
    if all(kept.get(name) for name in needed) and not any(typed.get(name) for name in needed):
        return {}
    there = {name for name in needed if kept.get(name) not in ("", None, BY_ENVIRONMENT)}
    return {name: field.missing for name, field in needed.items() if not typed.get(name) and name not in there}


def _wrong(field: KeyField, words: str) -> str:
    """What is wrong with what a field holds; "" when nothing is."""
    if words and field.kind is FieldKind.CHOICE and words not in dict(field.choices):
        return "Choose one of the list."
    if words and field.kind is FieldKind.NUMBER:
        number = int(words) if words.isascii() and words.isdigit() and len(words) < 10 else -1
        if not field.least <= number <= field.most:
            return f"A whole number from {field.least} to {field.most:,}."
    return ""
