"""The rule on the settings page: rows added, changed, moved and removed, by the owner alone, never over another's."""

from __future__ import annotations

from typing import Any

import pytest

from dokango.couriers.carriers import Carrier, add_carrier
from dokango.couriers.choosing.rule import BEST, CHEAPEST, CourierRule, RuleRow, change_rule, load_rule
from dokango.couriers.kind.tariff import Area
from dokango.couriers.registry import COURIERS
from dokango.errors import InvalidInput
from state.settings.courier_rule import CourierRuleState as S
from state.settings.courier_rule_typed import fields_of, row_typed
from tests.state.desk import Browser, Desk

SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FIRST = next(kind for kind in COURIERS.values() if kind.by_api)
KNOWN = ["sundarban", CHEAPEST]
FULL = RuleRow(
    by="sundarban", districts=("Sylhet", "Cox's Bazar"), areas=(Area.SUBURB, Area.OUTSIDE), over_g=0, up_to_g=2_000,
    over_cod_poisha=0, up_to_cod_poisha=500_050, over_value_poisha=10_000, up_to_value_poisha=20_000,
    delivered_percent=80, days_most=3, cost_most_poisha=12_000,
)  # fmt: skip


async def settings(desk: Desk, role: str = "owner") -> Browser:
    tab = await desk.browser(role)
    await tab.arrive("/settings?part=courier-rule")
    return tab


async def add(tab: Browser, **typed: str) -> None:
    await tab.call(S.ask, is_open=True)
    await tab.call(S.save, form=typed)


def rule(desk: Desk) -> CourierRule:
    return desk.db.read(load_rule)


@pytest.mark.parametrize("row", [RuleRow(by=CHEAPEST), FULL])
def test_a_row_reads_back_as_it_was_typed(row: RuleRow) -> None:
    assert row_typed(fields_of(row), KNOWN) == row


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"by": "eagle"}, "by"),
        ({"by": ""}, "by"),
        ({"districts": "Sylhet, Atlantis"}, "districts"),
        ({"over_g": "heavy"}, "over_g"),
        ({"up_to_g": "100001"}, "up_to_g"),
        ({"over_g": "500", "up_to_g": "500"}, "up_to_g"),
        ({"over_cod": "9", "up_to_cod": "1"}, "up_to_cod"),
        ({"up_to_value": "-1"}, "up_to_value"),
        ({"delivered_percent": "0"}, "delivered_percent"),
        ({"delivered_percent": "101"}, "delivered_percent"),
        ({"days_most": "61"}, "days_most"),
        ({"cost_most": "cheap"}, "cost_most"),
    ],
)
def test_a_wrong_field_is_named(typed: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        row_typed({"by": CHEAPEST, **typed}, KNOWN)
    assert list(refused.value.fields) == [field]


@SQLITE_ALONE
async def test_rows_are_added_moved_changed_and_removed(desk: Desk) -> None:
    tab = await settings(desk)
    await add(tab, by=FIRST.key, area_suburb="on", area_outside="on", up_to_g="২০০০")
    await add(tab, by=CHEAPEST)
    rows = tab.sees(S, "rows")
    assert [(row["place"], row["orders"], row["by"]) for row in rows] == [
        ("1", "outside Dhaka, up to 2 kg", FIRST.name), ("2", "every order", "the cheapest by tariff"),
    ]  # fmt: skip
    await tab.call(S.move, key=rows[1]["key"], up=True)
    assert [row.by for row in rule(desk).rows] == [CHEAPEST, FIRST.key]
    await tab.call(S.alter, key=rows[1]["key"])
    assert tab.sees(S, "form")["by"] == CHEAPEST
    await tab.call(S.save, form={"by": BEST, "districts": "সিলেট"})
    assert rule(desk).rows[0] == RuleRow(by=BEST, districts=("Sylhet",))
    await tab.call(S.take_others, by=FIRST.key)
    await tab.call(S.remove, key=rows[0]["key"])
    assert rule(desk) == CourierRule(rows=(RuleRow(by=BEST, districts=("Sylhet",)),), otherwise=FIRST.key)
    assert tab.sees(S, "otherwise") == FIRST.key


@SQLITE_ALONE
async def test_couriers_by_name_take_rows_and_one_that_is_gone_is_shown_as_such(desk: Desk, owner: Any) -> None:
    sundarban = Carrier(name="Sundarban")
    desk.db.write(lambda tx: add_carrier(tx, owner, desk.clock, sundarban))
    wanted = CourierRule(rows=(RuleRow(by="sundarban"), RuleRow(by="eagle")))
    desk.db.write(lambda tx: change_rule(tx, owner, desk.clock, CourierRule(), wanted))
    tab = await settings(desk)
    assert ["sundarban", "Sundarban"] in tab.sees(S, "takers")
    assert ["eagle", "eagle (gone)"] in tab.sees(S, "takers")
    assert [row["by"] for row in tab.sees(S, "rows")] == ["Sundarban", "eagle"]


@SQLITE_ALONE
async def test_a_row_that_somebody_else_changed_meanwhile_is_not_written_over(desk: Desk) -> None:
    one, two = await settings(desk), await settings(desk)
    await add(one, by=CHEAPEST)
    await two.arrive("/settings?part=courier-rule")
    [row] = two.sees(S, "rows")
    await two.call(S.alter, key=row["key"])
    await one.call(S.remove, key=row["key"])
    await add(one, by=BEST)
    await two.call(S.save, form={"by": FIRST.key})
    assert "Somebody else changed the rule meanwhile" in two.sees(S, "failure")
    assert (two.sees(S, "is_open"), rule(desk).rows) == (True, (RuleRow(by=BEST),))
    await two.call(S.remove, key=row["key"])
    assert "meanwhile" in two.told[-1]


@SQLITE_ALONE
async def test_a_manager_does_not_change_the_rule(desk: Desk) -> None:
    tab = await settings(desk, "manager")
    await tab.call(S.save, form={"by": CHEAPEST})
    await tab.call(S.take_others, by=CHEAPEST)
    assert rule(desk) == CourierRule()
    assert tab.sees(S, "rows") == []
