"""Saved views of the order list: by name, per person, with the order of the list."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from dokango.people.views import MOST_VIEWS
from state.orders.views import OrderViewsState
from tests.small_shop import Shop
from tests.state.desk import Browser, Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LIST = "/orders?tab=all&q=rahima&sort=oldest&district=Sylhet"


async def saved(tab: Browser, name: str, path: str = LIST) -> None:
    await tab.arrive(path)
    await tab.call(OrderViewsState.open)
    await tab.call(OrderViewsState.save, form={"name": name, "press": tab.sees(OrderViewsState, "press")})


def names(tab: Browser) -> list[str]:
    return [view["name"] for view in tab.sees(OrderViewsState, "views")]


async def test_a_list_is_kept_by_name_with_its_tab_filters_search_and_order(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("manager")
    await saved(tab, "  Rahima,  Sylhet ")
    (view,) = tab.sees(OrderViewsState, "views")
    assert (view["name"], unquote(view["url"])) == ("Rahima, Sylhet", LIST)
    await tab.arrive(LIST + "&cursor=x&peek=1001")
    assert tab.sees(OrderViewsState, "present")["name"] == "Rahima, Sylhet"
    await tab.arrive("/orders?tab=all")
    assert tab.sees(OrderViewsState, "present")["id"] == ""


async def test_a_view_is_renamed_and_removed(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("manager")
    await saved(tab, "First")
    await tab.call(OrderViewsState.open_rename)
    await tab.call(OrderViewsState.save, form={"name": "Second", "press": tab.sees(OrderViewsState, "press")})
    assert names(tab) == ["Second"]
    await tab.call(OrderViewsState.remove)
    assert names(tab) == []


async def test_nobody_sees_or_changes_the_views_of_another(desk: Desk, shop: Shop) -> None:
    mine, theirs = await desk.browser("manager"), await desk.browser("manager")
    await saved(mine, "Mine")
    await saved(theirs, "Mine")
    await theirs.call(OrderViewsState.remove)
    await mine.arrive(LIST)
    assert names(mine) == ["Mine"] and names(theirs) == []


async def test_a_name_in_use_and_one_view_too_many_are_refused_with_a_sentence(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("manager")
    await saved(tab, "First")
    await saved(tab, "First", "/orders?tab=done")
    assert "already" in tab.sees(OrderViewsState, "failure")
    for number in range(MOST_VIEWS):
        await saved(tab, f"View {number}")
    assert "most there can be" in tab.sees(OrderViewsState, "errors")["name"] and len(names(tab)) == MOST_VIEWS
