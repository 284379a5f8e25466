"""The owner's rule: rows in their order, each for some orders, with a courier or a way to find one; the first wins."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated

from pydantic import ConfigDict, Field

from dokango.clock import Clock
from dokango.couriers.kind.tariff import HEAVIEST_G, Area
from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.money import MOST_POISHA
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.plain_model import PlainModel
from dokango.shop.editing import note_changed
from dokango.shop.profile import read_setting, write_setting

SETTING = "courier_rule"
MOST_ROWS = 30
CHEAPEST, BEST = "*cheapest", "*best"  # no courier is called so: its key comes from its name
WAYS: Mapping[str, str] = {CHEAPEST: "the cheapest by tariff", BEST: "the best record there"}
Grams = Annotated[int, Field(ge=0, le=HEAVIEST_G)]
Poisha = Annotated[int, Field(ge=0, le=MOST_POISHA)]
Percent = Annotated[int, Field(ge=1, le=100)]
DaysAtMost = Annotated[int, Field(ge=0, le=60)]


class RuleRow(PlainModel):
    """One row: who takes (`by`: a courier as the books call it, or one of WAYS) which orders. An empty one fits all.

    Bounds: more than `over_…`, up to and with `up_to_…`. What is asked of the courier itself, in the order's district:
    at least `delivered_percent` of its parcels arrived, half of them within `days_most`, one costs `cost_most_poisha`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    by: Annotated[str, Field(min_length=1, max_length=80)]
    districts: Annotated[tuple[str, ...], Field(max_length=64)] = ()
    areas: tuple[Area, ...] = ()
    over_g: Grams | None = None
    up_to_g: Grams | None = None
    over_cod_poisha: Poisha | None = None
    up_to_cod_poisha: Poisha | None = None
    over_value_poisha: Poisha | None = None
    up_to_value_poisha: Poisha | None = None
    delivered_percent: Percent | None = None
    days_most: DaysAtMost | None = None
    cost_most_poisha: Poisha | None = None


class CourierRule(PlainModel):
    """The rows in their order, and who takes what none of them does: a courier, one of WAYS, or "" for nobody."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    rows: Annotated[tuple[RuleRow, ...], Field(max_length=MOST_ROWS)] = ()
    otherwise: Annotated[str, Field(max_length=80)] = ""

    @property
    def is_set(self) -> bool:
        """Whether the owner has made one."""
        return bool(self.rows or self.otherwise)


def load_rule(tx: Tx) -> CourierRule:
    """The rule as it stands; an empty one until the owner makes one."""
    return _parsed(read_setting(tx, SETTING) or "{}")


@lru_cache(maxsize=1)
def _parsed(kept: str) -> CourierRule:
    return CourierRule.model_validate_json(kept)


def change_rule(tx: Tx, actor: Actor, clock: Clock, before: CourierRule, rule: CourierRule) -> bool:
    """Keep another rule in the place of `before`, which was seen; False when it stood so already.

    Raises NotAllowed, and InvalidInput when somebody else has changed it meanwhile.
    """
    actor.require(Permission.EDIT_SETTINGS)
    kept = load_rule(tx)
    if rule == kept:
        return False
    if kept != before:
        raise InvalidInput({"rule": "Somebody else changed the rule meanwhile. Look at it again; nothing was kept."})
    now_us = clock.now_us()
    write_setting(tx, SETTING, rule.model_dump_json(), by=actor.name, now_us=now_us)
    changed = {"courier_rule": [kept.model_dump(mode="json"), rule.model_dump(mode="json")]}
    note_changed(tx, actor, now_us, "rule that chooses a courier", changed)
    return True
