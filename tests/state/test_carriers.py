"""Couriers without an API on the settings page: added, changed, refused by the field, and seen by the owner alone."""

from __future__ import annotations

import pytest

from dokango.couriers.carriers import Carrier, load_carriers
from state.settings.carriers import CarrierSettingsState as S
from state.settings.tariffs import TariffSettingsState
from tests.state.desk import Browser, Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TYPED = {
    "key": "", "carrier": "SA Paribahan", "link": "https://sa.example/?cn={code}", "days_inside": "১",
    "days_outside": "6", "phone": "01711-000000", "is_on": "on",
}  # fmt: skip


async def settings(desk: Desk) -> Browser:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=couriers")
    return tab


async def test_the_owner_adds_one_and_it_has_a_tariff_of_its_own(desk: Desk) -> None:
    tab = await settings(desk)
    await tab.call(S.ask, is_open=True)
    assert (tab.sees(S, "is_open"), tab.sees(S, "form")["carrier"]) == (True, "")
    await tab.call(S.save, form=TYPED)
    kept = Carrier(
        name="SA Paribahan", link="https://sa.example/?cn={code}", days_inside=1, days_outside=6, phone="01711000000"
    )
    assert desk.db.read(load_carriers) == (kept,)
    row = tab.sees(S, "rows")[0]
    assert (row["name"], row["days"], row["off"]) == ("SA Paribahan", "1 day here, 6 days elsewhere", "")
    assert tab.sees(S, "is_open") is False
    await tab.arrive(row["tariff"])
    assert tab.sees(TariffSettingsState, "name") == "SA Paribahan"


async def test_one_is_changed_and_switched_off(desk: Desk) -> None:
    tab = await settings(desk)
    await tab.call(S.ask, is_open=True)
    await tab.call(S.save, form=TYPED)
    await tab.call(S.alter, key="sa-paribahan")
    assert tab.sees(S, "form")["link"] == TYPED["link"]
    await tab.call(S.save, form={**TYPED, "key": "sa-paribahan", "is_on": "", "days_outside": "7"})
    [kept] = desk.db.read(load_carriers)
    assert (kept.is_on, kept.days_outside) == (False, 7)
    assert tab.sees(S, "rows")[0]["off"] == "1"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"carrier": ""}, "carrier"),
        ({"carrier": "c" * 61}, "carrier"),
        ({"carrier": "Steadfast"}, "carrier"),
        ({"link": "javascript:alert(1)//{code}"}, "link"),
        ({"link": "https://sa.example/"}, "link"),
        ({"days_inside": "61"}, "days_inside"),
        ({"days_outside": "soon"}, "days_outside"),
        ({"phone": "12"}, "phone"),
    ],
)
async def test_a_wrong_field_is_named_and_nothing_is_kept(desk: Desk, changed: dict[str, str], field: str) -> None:
    tab = await settings(desk)
    await tab.call(S.ask, is_open=True)
    await tab.call(S.save, form={**TYPED, **changed})
    assert {name for name, sentence in tab.sees(S, "errors").items() if sentence} == {field}
    assert (tab.sees(S, "is_open"), desk.db.read(load_carriers)) == (True, ())


async def test_a_manager_does_not_keep_couriers(desk: Desk) -> None:
    tab = await desk.browser("manager")
    await tab.call(S.load)
    await tab.call(S.save, form=TYPED)
    assert desk.db.read(load_carriers) == ()
