"""RedX's areas, one list of theirs, as two: districts in our spelling, and the areas of each.

Its list has a district in several spellings, and some of its answers name none at all.
"""

from __future__ import annotations

from collections.abc import Sequence

from dokango.couriers.kind.areas import Address, Area, by_default, by_district
from dokango.couriers.line import reading
from dokango.people.districts import known_district

EVERYWHERE = Area("everywhere", "Anywhere", default=True)
Rows = Sequence[reading.Json]


def districts(rows: Rows) -> list[Area]:
    """The districts that areas are in, each once; the one of all areas where the list names none."""
    names = dict.fromkeys(name for row in rows if (name := _district(row)))
    return [Area(name[:60], name) for name in sorted(names)] or [EVERYWHERE]


def areas(rows: Rows, district: str) -> list[Area]:
    """The areas of a district by its id; a post code is another word for one."""
    return [
        Area(area_id, name, near=reading.text(row.get("post_code")))
        for row in rows
        if district in (EVERYWHERE.id, _district(row)[:60])
        and (area_id := reading.text(row.get("id"))).isdigit()
        and (name := reading.text(row.get("name")))
    ]


def by_district_or_only(address: Address, found: Sequence[Area]) -> Area | None:
    """The address's district, or what stands for all."""
    return by_district(address, found) or by_default(address, [area for area in found if area == EVERYWHERE])


def _district(row: reading.Json) -> str:
    said = reading.text(row.get("district_name"))
    return known_district(said) or said
