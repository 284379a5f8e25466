"""The owner's rule: rows in their order, each for some orders paid on delivery, with what it asks; the first wins."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from dokango.clock import Clock
from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.money import MOST_POISHA
from dokango.orders.advances.goods import unknown_goods
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.plain_model import PlainModel
from dokango.shop.editing import note_changed
from dokango.shop.profile import read_setting, write_setting

SETTING = "advance_rule"
MOST_ROWS = 30
MOST_GOODS = 100
Asks = Literal["none", "delivery", "percent", "amount", "all"]
Where = Literal["anywhere", "inside", "outside"]
Poisha = Annotated[int, Field(ge=0, le=MOST_POISHA)]
Percent = Annotated[int, Field(ge=1, le=100)]
Count = Annotated[int, Field(ge=1, le=1_000)]
CHANGED = "Somebody else changed the rule meanwhile. Look at it again; nothing was kept."


class AdvanceRow(PlainModel):
    """One row: what is asked of which orders. An empty condition fits every order that is paid on delivery.

    Bounds: more than `over_poisha`, up to and with `up_to_poisha`, of the order's total. `goods`: any of these SKUs, or
    addresses of products. Of the buyer's own orders: fewer delivered than `delivered_below`, at least so many returned
    or refused. Of what a courier says of their phone, where one was asked before: under so many per cent delivered.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    asks: Asks
    percent: Percent | None = None
    amount_poisha: Poisha | None = None
    methods: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    where: Where = "anywhere"
    districts: Annotated[tuple[str, ...], Field(max_length=64)] = ()
    over_poisha: Poisha | None = None
    up_to_poisha: Poisha | None = None
    goods: Annotated[tuple[Annotated[str, Field(max_length=200)], ...], Field(max_length=MOST_GOODS)] = ()
    delivered_below: Count | None = None
    returned_from: Count | None = None
    refused_from: Count | None = None
    courier_below_percent: Percent | None = None

    @property
    def asks_the_record(self) -> bool:
        """Whether it depends on who buys."""
        own = (self.delivered_below, self.returned_from, self.refused_from)
        return any(one is not None for one in (*own, self.courier_below_percent))


class AdvanceRule(PlainModel):
    """The rows in their order. Without one that fits, nothing is asked in advance."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    rows: Annotated[tuple[AdvanceRow, ...], Field(max_length=MOST_ROWS)] = ()

    @property
    def asks_the_record(self) -> bool:
        """Whether any row depends on who buys."""
        return any(row.asks_the_record for row in self.rows)


NO_RULE = AdvanceRule()
_parsed: tuple[str, AdvanceRule] = ("{}", NO_RULE)


def load_rule(tx: Tx) -> AdvanceRule:
    """The rule as it stands; an empty one until the owner makes one."""
    global _parsed
    value = read_setting(tx, SETTING) or "{}"
    seen, rule = _parsed
    if seen != value:
        rule = AdvanceRule.model_validate_json(value)
        _parsed = (value, rule)
    return rule


def change_rule(tx: Tx, actor: Actor, clock: Clock, before: AdvanceRule, rule: AdvanceRule) -> bool:
    """Keep another rule in the place of `before`, which was seen; False when it stood so already.

    Orders that are placed keep what was asked of them. Raises NotAllowed, and InvalidInput for goods that the shop does
    not know, or when somebody else has changed it meanwhile.
    """
    actor.require(Permission.EDIT_SETTINGS)
    kept = load_rule(tx)
    if rule == kept:
        return False
    if kept != before:
        raise InvalidInput({"rule": CHANGED})
    named = {one for row in rule.rows for one in row.goods} - {one for row in kept.rows for one in row.goods}
    if unknown := unknown_goods(tx, sorted(named)):
        raise InvalidInput({"goods": f"“{unknown[0]}” is no SKU, and no product's address, of this shop."})
    now_us = clock.now_us()
    write_setting(tx, SETTING, rule.model_dump_json(), by=actor.name, now_us=now_us)
    changed = {SETTING: [kept.model_dump(mode="json"), rule.model_dump(mode="json")]}
    note_changed(tx, actor, now_us, "rule of advances", changed)
    return True
