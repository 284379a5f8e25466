"""The tables of what couriers charge, by events: shown as known, kept as typed, refused by the cell."""

from __future__ import annotations

import pytest

from dokango.couriers.kind.tariff import Area, Shares, expected_charge
from dokango.couriers.tariffs import tariff_for
from dokango.orders.lifecycle import commands as c
from state.settings.tariffs import TariffSettingsState as S
from tests.small_shop import Shop
from tests.state.desk import Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_the_owner_sees_what_is_known_and_that_nobody_checked_it(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=tariffs&courier=pathao")
    form = tab.sees(S, "form")
    assert (tab.sees(S, "name"), tab.sees(S, "unchecked")) == ("Pathao", True)
    assert (form["band0_g"], form["band0_inside"], form["of_cod_outside"]) == ("500", "70", "1")
    assert {"steadfast", "pathao", "redx"} <= {row["key"] for row in tab.sees(S, "couriers")}


async def test_what_is_typed_is_kept_as_checked(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=tariffs&courier=steadfast")
    second_row = {f"band1_{end}": "" for end in ("g", "inside", "suburb", "outside")}
    typed = {
        **tab.sees(S, "form"), **second_row, "courier": "steadfast", "band0_g": "১০০০", "band0_inside": "65.50",
        "further_inside": "", "of_cod_inside": "0.5", "suburbs": "Gazipur, নারায়ণগঞ্জ", "payout_days": "2",
        "claim_days": "10",
    }  # fmt: skip
    await tab.call(S.save_tariff, form=typed)
    kept = desk.db.read(lambda tx: tariff_for(tx, "steadfast"))
    assert kept is not None and kept.checked
    assert (kept.bands[0].up_to_g, len(kept.bands), kept.payout_days, kept.claim_days) == (1_000, 1, 2, 10)
    assert (kept.cod_bp, kept.suburbs) == (Shares(inside=50, suburb=100, outside=100), ("Gazipur", "Narayanganj"))
    assert expected_charge(kept, Area.INSIDE, 900, 100_000).sent_poisha == 6_550 + 500
    assert tab.sees(S, "unchecked") is False


WRONG = [
    ({"band0_g": ""}, "band0_g"),
    ({"band0_g": "2000"}, "band0_g"),  # the next row says up to 1,000
    ({"band0_inside": "many"}, "band0_inside"),
    ({"of_cod_suburb": "11"}, "of_cod_suburb"),
    ({"suburbs": "Atlantis"}, "suburbs"),
    ({"payout_days": "61"}, "payout_days"),
    ({"claim_days": "-1"}, "claim_days"),
]


@pytest.mark.parametrize(("changed", "field"), WRONG)
async def test_a_cell_that_cannot_be_read_is_named_and_nothing_is_kept(
    desk: Desk, changed: dict[str, str], field: str
) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=tariffs&courier=redx")
    await tab.call(S.save_tariff, form={**tab.sees(S, "form"), "courier": "redx", **changed})
    assert field in tab.sees(S, "errors")
    kept = desk.db.read(lambda tx: tariff_for(tx, "redx"))
    assert kept is not None and not kept.checked


async def test_another_courier_gets_a_table_under_its_name_in_the_books(desk: Desk) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=tariffs")
    await tab.call(S.add_courier, form={"carrier": ""})
    assert "carrier" in tab.sees(S, "errors")
    await tab.arrive("/settings?part=tariffs&courier=sa-paribahan")
    assert (tab.sees(S, "name"), tab.sees(S, "unknown")) == ("Sa Paribahan", True)
    await tab.call(S.save_tariff, form={**tab.sees(S, "form"), "courier": "sa-paribahan", "band0_inside": "90"})
    assert desk.db.read(lambda tx: tariff_for(tx, "sa-paribahan")) is not None


async def test_a_manager_does_not_see_the_tables(desk: Desk) -> None:
    tab = await desk.browser("manager")
    await tab.call(S.load)
    assert tab.sees(S, "couriers") == []


async def test_whoever_carries_a_parcel_by_name_can_have_a_table_and_stands_as_it_was_written(
    desk: Desk, shop: Shop
) -> None:
    order = shop.bring_to("packed", ("CARD", 1))
    shop.do(order, c.Ship(courier="manual", carrier="Rahim's bike"))
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=tariffs&courier=redx")
    assert {"key": "rahim's-bike", "name": "Rahim's bike"}.items() <= tab.sees(S, "couriers")[-1].items()
