"""A page is one file and one row: its frame, its rite and its entry come with the row."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import pytest
import reflex as rx

from dokango.people.actor import Actor
from dokango.people.permissions import PERMISSIONS, STAFF_ROLES, Permission
from dokango_web.dokango_web import SITE, app
from dokango_web.opening import open_page
from dokango_web.page import Nav, Page, StaffPage, entry_of, navigation
from state.actions import ACTIONS, Action, ActionsState
from state.bell import BellState
from state.dialogs import DialogsState
from state.kit.access import access_of
from state.orders.lists import OrdersState

STAFF = [page for page in SITE if isinstance(page, StaffPage)]


class OpenedPages:
    """An app that remembers what it was given: a process has but one real one."""

    def __init__(self) -> None:
        self.built: dict[str, Any] = {}
        self.loads: dict[str, list[Any]] = {}

    def add_page(self, build: Any, *, route: str, title: object, on_load: Any) -> None:
        self.built[route] = build
        self.loads[route] = [on_load] if not isinstance(on_load, list) else on_load


def opened_without_rite(loads: Mapping[str, Sequence[Any]]) -> list[str]:
    """The pages that load something for staff alone and do not settle dialogs first and ring the bell last."""
    rite = (DialogsState.settle.fn, BellState.load.fn)
    return [
        route
        for route, handlers in loads.items()
        if any((access := access_of(handler)) and not access.public for handler in handlers)
        and (handlers[0].fn, handlers[-1].fn) != rite
    ]


def test_every_page_of_the_desk_is_opened_with_the_rite() -> None:
    assert opened_without_rite(app._load_events) == []
    assert {page.route.strip("/") for page in STAFF} <= set(app._load_events)


def test_a_page_of_the_desk_that_is_not_a_staff_page_is_found() -> None:
    bare = OpenedPages()
    open_page(bare, Page("/bare", rx.fragment, "Bare", OrdersState.load), SITE)
    assert opened_without_rite(bare.loads) == ["/bare"]


def test_a_row_names_its_entry_or_says_that_it_has_none() -> None:
    parameter = inspect.signature(StaffPage).parameters["nav"]
    assert parameter.default is inspect.Parameter.empty
    entries = navigation(SITE)
    assert [entry.route for entry in entries] == [page.route for page in STAFF if page.nav]
    assert {page.route for page in STAFF if not entry_of(page, entries)} == {
        "/account"
    }  # from the menu of who is signed in


def test_keys_are_one_each_and_a_phones_foot_holds_four() -> None:
    entries = navigation(SITE)
    assert len({entry.key for entry in entries}) == len(entries) and all(entry.key for entry in entries)
    assert len([entry for entry in entries if entry.foot]) == 4


@pytest.mark.parametrize("page", [page for page in STAFF if page.nav], ids=lambda page: page.route)
def test_whoever_is_shown_an_entry_may_open_its_page(page: StaffPage) -> None:
    assert page.nav is not None
    shown_to = [role for role in STAFF_ROLES if page.nav.wants in PERMISSIONS[role]]
    refused = [
        role
        for role in shown_to
        if not any((access := access_of(load)) and access.admits(Actor(1, "x", role)) for load in page.loads)
    ]
    assert shown_to and refused == []


def test_a_page_is_one_row_with_frame_entry_and_rite() -> None:
    new = StaffPage(
        "/gifts", lambda: rx.el.h1("Gifts"), "Gifts", [OrdersState.load], nav=Nav("gift", Permission.PACK, key="x")
    )
    fresh = OpenedPages()
    open_page(fresh, new, (*SITE, new))
    drawn = str(fresh.built["/gifts"]().render())
    assert drawn.count("Gifts") >= 4 and "g x" in drawn and "fr-here" in drawn  # its title; side, menu and palette
    assert [load.fn for load in fresh.loads["/gifts"]] == [
        DialogsState.settle.fn, OrdersState.load.fn, ActionsState.begin.fn, BellState.load.fn,
    ]  # fmt: skip


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.word)
def test_an_action_names_the_permission_of_its_handler_and_a_page_of_the_site(action: Action) -> None:
    access = access_of(action.opens)
    assert access is not None and action.wants in access.permissions
    assert urlsplit(action.page).path in {page.route for page in SITE}
    assert [other.word for other in ACTIONS].count(action.word) == 1
