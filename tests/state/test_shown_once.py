"""A secret that is shown once is in one update of one tab, and in nothing that the tab is sent later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import reflex as rx

from dokango_web.dokango_web import app
from state.kit.shown_once import ShownOnce, states_that_show_once
from state.settings.couriers import CourierSettingsState
from state.settings.people import ApiKeysState, StaffState
from tests.state.desk import Browser, Desk

SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SECRETIVE = re.compile(r"password|secret|token|otp|recovery|(^|_)keys?$|(^|_)codes?$")
# Named like a secret, and none: what a mark says of a kept password, keys against a second press, a file's name,
# a row's own name.
HARMLESS = {("OrderEntryState", "form_key"), ("CheckoutState", "key"),
            ("InsightsState", "range_key"), ("ImportColumnsState", "token"),
            ("StatementState", "token"),
            ("CourierCashState", "token"), ("CarrierSettingsState", "key"), ("CourierRuleState", "key")}  # fmt: skip
NEW_STAFF = {"staff_name": "Rina Das", "login": "rina", "role": "packer"}
# How each secret is made: the page, what is pressed, and the var that shows it.
MAKING: tuple[tuple[str, tuple[tuple[Any, dict[str, Any]], ...], type[ShownOnce], str, Any], ...] = (
    ("/settings?part=staff",
     ((StaffState.ask, {"is_open": True}), (StaffState.add, {"form": NEW_STAFF})),
     StaffState, "shown_password", StaffState.hide_password),
    ("/settings?part=staff",
     ((StaffState.reset_password, {"user_id": "1"}),),
     StaffState, "shown_password", StaffState.hide_password),
    ("/settings?part=keys",
     ((ApiKeysState.ask, {"is_open": True}), (ApiKeysState.make, {"form": {"key_name": "POS", "role": "viewer"}})),
     ApiKeysState, "shown_key", ApiKeysState.hide_key),
    ("/settings?part=couriers",
     ((CourierSettingsState.make_token, {"courier": "steadfast"}),),
     CourierSettingsState, "new_token", CourierSettingsState.hide_token),
)  # fmt: skip
made_each_way = pytest.mark.parametrize(("path", "presses", "state", "var", "hide"), MAKING)


def all_states(under: Any = rx.State) -> Iterator[type[rx.State]]:
    """Every state there is."""
    for state in under.get_substates():
        yield state
        yield from all_states(state)


async def made(tab: Browser, path: str, presses: Any, state: type[rx.State], var: str) -> str:
    """The secret, as the tab was shown it."""
    await tab.arrive(path)
    for handler, payload in presses:
        await tab.call(handler, **payload)
    secret = str(tab.sees(state, var))
    assert len(secret) > 15
    return secret


def held(tab: Browser, secret: str) -> list[str]:
    """The vars of the tab's states on the server that hold `secret`, of whatever kind they are."""
    root = next(state for key, state in app.state_manager.states.items() if tab.token in key)
    return [f"{state}.{var}" for state, values in root.dict().items() for var, value in values.items()
            if secret in str(value)]  # fmt: skip


def test_what_is_called_like_a_secret_is_shown_once_or_known_to_be_none() -> None:
    found = {
        (state.__name__, name)
        for state in all_states()
        for name in state.base_vars
        if SECRETIVE.search(name) and not name.startswith("_") and state.__module__.startswith("state.")
    }
    once = {(state.__name__, name) for state in states_that_show_once() for name in state.secret_vars}
    assert found - once - HARMLESS == set(), "put these into `secret_vars` (state/kit/shown_once.py)"
    assert len(once) >= 3


@SQLITE_ALONE
@made_each_way
async def test_what_shows_a_secret_is_declared_to_show_it_once(
    desk: Desk, path: str, presses: Any, state: type[ShownOnce], var: str, hide: Any
) -> None:
    tab = await desk.browser("owner")
    secret = await made(tab, path, presses, state, var)
    names = {name.split(".")[-1].split("_rx_state_")[0] for name in held(tab, secret)}
    assert names == {var}
    assert var in state.secret_vars


@SQLITE_ALONE
@made_each_way
@pytest.mark.parametrize("after", ["reload", "reconnect", "another page", "hidden", "the form again"])
async def test_nothing_sent_later_holds_the_secret(
    desk: Desk, path: str, presses: Any, state: type[ShownOnce], var: str, hide: Any, after: str
) -> None:
    tab = await desk.browser("owner")
    secret = await made(tab, path, presses, state, var)
    shown = len(tab.received)
    if after == "hidden":
        await tab.call(hide)
    elif after == "the form again":
        await tab.call(*presses[0][:1], **presses[0][1])
    else:
        if after == "reconnect":
            tab.reconnect()
        await tab.arrive("/orders" if after == "another page" else path)
    await tab.arrive(path)
    assert secret not in "".join(tab.received[shown:])
    assert held(tab, secret) == []
