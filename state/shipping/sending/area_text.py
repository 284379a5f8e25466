"""The places that a courier wants to be told, as the dialog shows them: a list a level, and what is chosen of it."""

from __future__ import annotations

from dokango.couriers.area_lists import AreaChoice
from dokango.couriers.kind.base import Checked

AREA = "area_"  # before the name of a level: its field in the form


def area_options(choice: AreaChoice) -> list[list[str]]:
    """(id, words) of each place that can be chosen; the first chooses none."""
    if choice.areas is None:
        return [["", "The list could not be fetched"]]
    choose = "Not said" if choice.level.optional else "Choose…"
    first = choose if choice.areas else f"Choose the {choice.level.under} first"
    return [["", first], *([area.id, area.name] for area in choice.areas)]


def area_words(choice: AreaChoice, checked: Checked) -> dict[str, str]:
    """One level's field: what is chosen, and what is wrong or odd about it."""
    level = choice.level
    return {
        "name": level.name,
        "field": f"{AREA}{level.name}",
        "under": level.under,
        "label": level.label,
        "value": choice.chosen.id if choice.chosen else "",
        "error": checked.errors.get(level.name, ""),
    }
