"""An action of the palette is an address: the page's own load opens its dialog, once, for who may."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from dokango.people.permissions import PERMISSIONS, STAFF_ROLES
from state.actions import ACTIONS, Action
from state.kit.dialog import overlays
from tests.small_shop import Shop
from tests.state.desk import Browser, Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
each_action = pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.word)


def opened(tab: Browser) -> set[str]:
    """The dialogs that are open."""
    return {
        f"{state.__name__}.{name}"
        for state in overlays()
        for name in state.open_vars
        if state.get_full_name() in tab.states and tab.sees(state, name)
    }


async def follows(tab: Browser, address: str) -> None:
    """Go to `address` and wherever its page sends on to."""
    await tab.arrive(address)
    while tab.redirects:
        await tab.arrive(tab.redirects.pop(0))


@each_action
@pytest.mark.parametrize("role", STAFF_ROLES)
async def test_an_address_opens_its_dialog_for_who_may_and_for_nobody_else(
    desk: Desk, shop: Shop, action: Action, role: str
) -> None:
    tab = await desk.browser(role)
    await follows(tab, action.href)
    assert len(opened(tab)) == (action.wants in PERMISSIONS[role])
    assert tab.path == action.page


@each_action
async def test_it_is_opened_once_and_again_when_it_is_asked_for_again(desk: Desk, shop: Shop, action: Action) -> None:
    tab = await desk.browser("owner")
    await follows(tab, action.href)
    (dialog,) = opened(tab)
    await follows(tab, "/account")
    await follows(tab, action.page)
    assert opened(tab) == set()
    await follows(tab, action.href)
    assert opened(tab) == {dialog}


@pytest.mark.parametrize("address", ["/orders?do=receive", "/stock?do=", "/stock?do=nothing", "/books?do=order"])
async def test_what_a_page_does_not_have_is_not_begun(desk: Desk, shop: Shop, address: str) -> None:
    tab = await desk.browser("owner")
    await follows(tab, address)
    assert opened(tab) == set()


async def test_what_else_the_address_says_is_kept(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/orders?tab=all&do=order&q=a%26b")
    (clean,) = tab.redirects
    assert parse_qs(urlsplit(clean).query) == {"tab": ["all"], "q": ["a&b"]}


async def test_a_stranger_opens_nothing(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser()
    await tab.arrive("/orders?do=order")
    assert opened(tab) == set()
