"""What Ctrl K finds by the server: customers by name or phone, products by their words, by what one may see."""

from __future__ import annotations

import pytest

from state.palette import MOST_OF_A_KIND, PaletteState
from tests.small_shop import Shop
from tests.state.desk import Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
RAHIMA = {"customer": {"name": "Rahima Akter", "phone": "01711000099"}}


async def found(desk: Desk, role: str, typed: str) -> list[tuple[str, str]]:
    tab = await desk.browser(role)
    await tab.arrive("/orders")
    await tab.call(PaletteState.find, typed=typed)
    return [(line["words"], line["href"].partition("?")[0]) for line in tab.sees(PaletteState, "found")]


@pytest.mark.parametrize("typed", ["rahi", "Akter rahima", "01711000099", "+880 1711-000099", "1711000099"])
async def test_a_customer_is_found_once_by_name_or_phone(desk: Desk, shop: Shop, typed: str) -> None:
    for _ in range(2):
        shop.place(("MUG", 1), **RAHIMA)
    assert await found(desk, "owner", typed) == [("Rahima Akter", "/orders")]


@pytest.mark.parametrize(("role", "names"), [("manager", ["Clay mug"]), ("packer", []), ("viewer", [])])
async def test_products_are_found_by_who_may_edit_them(desk: Desk, shop: Shop, role: str, names: list[str]) -> None:
    shop.place(("MUG", 1), **RAHIMA)
    assert [name for name, _ in await found(desk, role, "clay mu")] == names


@pytest.mark.parametrize("typed", ["", " ", "r", "?!", "%_"])
async def test_too_little_finds_nothing(desk: Desk, shop: Shop, typed: str) -> None:
    shop.place(("MUG", 1), **RAHIMA)
    assert await found(desk, "owner", typed) == []


async def test_only_a_few_are_shown(desk: Desk, shop: Shop) -> None:
    for number in range(MOST_OF_A_KIND + 3):
        shop.place(("MUG", 1), customer={"name": "Rahima Akter", "phone": f"0171100010{number}"})
    assert len(await found(desk, "owner", "rahima")) == MOST_OF_A_KIND


async def test_a_stranger_finds_nothing(desk: Desk, shop: Shop) -> None:
    shop.place(("MUG", 1), **RAHIMA)
    tab = await desk.browser()
    await tab.call(PaletteState.find, typed="rahima")
    assert "Rahima" not in "".join(tab.received)
