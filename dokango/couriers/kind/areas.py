"""Places as a courier lists them (cities, zones, areas, a shop's pick-up places), and which of them an address means.

A guess is made only where one place fits; where none or several do, a person chooses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from dokango.people.districts import same_district

_ALIKE = 0.86  # of two spellings of one place ("Mohammadpur", "Muhammadpur"); different places stay below
_SHORTEST = 4  # letters that a place's name must have to be looked for inside an address
_NOT_LETTERS = re.compile(r"[^0-9a-z\u0980-\u09ff]+")


@dataclass(frozen=True, slots=True)
class Area:
    """One place of a list: the courier's id and name. `near` are other words for it, `default` is theirs."""

    id: str
    name: str
    near: str = ""
    default: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """Where a parcel goes, as the order says."""

    district: str
    area: str = ""
    city: str = ""
    line: str = ""


Guess = Callable[[Address, Sequence[Area]], Area | None]


@dataclass(frozen=True, slots=True)
class AreaLevel:
    """One list that is chosen from: its name in the payload's terms, its label, the level it hangs under ("" none).

    `optional`: a parcel goes without it; its list is fetched for who looks at it alone.
    """

    name: str
    label: str
    guess: Guess
    under: str = ""
    optional: bool = False


def by_district(address: Address, areas: Sequence[Area]) -> Area | None:
    """The place that is called as the address's district, in whatever spelling."""
    return _only([area for area in areas if same_district(area.name, address.district)])


def by_words(address: Address, areas: Sequence[Area]) -> Area | None:
    """The one place that the address names: by its area or city first, then inside its line."""
    for words in (address.area, address.city):
        if found := _only(_named(words, areas)):
            return found
    return _only(_inside(address.line, areas))


def by_default(address: Address, areas: Sequence[Area]) -> Area | None:
    """The one that the courier calls its default, or the only one there is."""
    return areas[0] if len(areas) == 1 else _only([area for area in areas if area.default])


def folded(words: str) -> str:
    """A name without case, signs and what stands in brackets: "Mohammadpur (Dhaka)" → "mohammadpur"."""
    return _NOT_LETTERS.sub(" ", re.sub(r"\(.*?\)", " ", words).lower()).strip()


def _named(words: str, areas: Sequence[Area]) -> list[Area]:
    """The places whose name is `words`; else those that are spelt nearly so."""
    wanted = folded(words)
    if not wanted:
        return []
    same = [area for area in areas if wanted in (folded(area.name), folded(area.near))]
    return same or [a for a in areas if SequenceMatcher(None, wanted, folded(a.name)).ratio() >= _ALIKE]


def _inside(line: str, areas: Sequence[Area]) -> list[Area]:
    """The places whose whole name stands in the line; of "Mirpur" and "Mirpur 10" the longer."""
    words = f" {folded(line)} "
    names = [(folded(area.name), area) for area in areas]
    found = [(name, area) for name, area in names if len(name) >= _SHORTEST and f" {name} " in words]
    return [a for name, a in found if not any(name != other and f" {name} " in f" {other} " for other, _ in found)]


def _only(found: Sequence[Area]) -> Area | None:
    return found[0] if len(found) == 1 else None
