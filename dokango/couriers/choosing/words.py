"""The rule in words: a row's conditions as they stand on the settings page, and as the reason of a choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dokango.couriers.choosing.facts import Candidate
from dokango.couriers.choosing.rule import WAYS, RuleRow
from dokango.couriers.kind.tariff import Area
from dokango.money import taka
from dokango.text import either, how_many

G_PER_KG = 1_000
FOR_EVERY = "for every parcel"


def conditions(row: RuleRow, home_district: str) -> list[str]:
    """What a row asks for, part by part; nothing for a row that fits every order."""
    parts = [
        f"to {either(row.districts)}" if row.districts else "",
        _areas(row, home_district),
        _between(row.over_g, row.up_to_g, weight_words),
        _cod(row),
        _prefixed("worth ", _between(row.over_value_poisha, row.up_to_value_poisha, taka)),
        f"at least {row.delivered_percent} % delivered there" if row.delivered_percent is not None else "",
        f"there within {how_many(row.days_most, 'day')}" if row.days_most is not None else "",
        f"for up to {taka(row.cost_most_poisha)}" if row.cost_most_poisha is not None else "",
    ]
    return [part for part in parts if part]


def by_words(by: str, names: Mapping[str, str]) -> str:
    """Who takes a row's orders: a courier's name, or how one is found."""
    return WAYS.get(by) or names.get(by) or by


def weight_words(grams: int) -> str:
    """ "2 kg", "1.5 kg", "500 g"."""
    return f"{grams} g" if grams < G_PER_KG else f"{grams / G_PER_KG:g} kg"


def record_words(candidate: Candidate) -> str:
    """A courier's record there: "48 of 50 delivered, half within 2 days"."""
    record = candidate.record
    days = f", half within {how_many(record.usual_days, 'day')}" if record.usual_days is not None else ""
    return f"{record.delivered} of {record.ended} delivered{days}"


def _areas(row: RuleRow, home_district: str) -> str:
    words = {Area.INSIDE: f"inside {home_district}", Area.SUBURB: "its suburbs", Area.OUTSIDE: "farther away"}
    if set(row.areas) == {Area.SUBURB, Area.OUTSIDE}:
        return f"outside {home_district}"
    if set(row.areas) == {Area.OUTSIDE}:
        return f"outside {home_district} and its suburbs"
    if set(row.areas) == {Area.SUBURB}:
        return f"to the suburbs of {home_district}"
    return either([words[area] for area in Area if area in row.areas]) if 0 < len(set(row.areas)) < len(Area) else ""


def _cod(row: RuleRow) -> str:
    if row.up_to_cod_poisha == 0:
        return "nothing to collect"
    if row.over_cod_poisha == 0 and row.up_to_cod_poisha is None:
        return "with cash to collect"
    return _prefixed("to collect ", _between(row.over_cod_poisha, row.up_to_cod_poisha, taka))


def _between(over: int | None, up_to: int | None, said: Callable[[int], str]) -> str:
    if over is not None and up_to is not None:
        return f"over {said(over)} up to {said(up_to)}"
    if over is not None:
        return f"over {said(over)}"
    return f"up to {said(up_to)}" if up_to is not None else ""


def _prefixed(prefix: str, words: str) -> str:
    return f"{prefix}{words}" if words else ""
