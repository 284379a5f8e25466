"""One row of the site map: a page of the shop's own, or one of the staff's with its frame, its rite and its entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from dokango.people.permissions import Permission
from state.actions import ActionsState
from state.bell import BellState
from state.dialogs import DialogsState


@dataclass(frozen=True, slots=True)
class Page:
    """A page that anybody may open. `title` is the tab's: words to which DokanGo is added, or a Var."""

    route: str
    build: Callable[[], rx.Component]
    title: str | rx.Var[str]
    on_load: Any


@dataclass(frozen=True, slots=True)
class Nav:
    """A page's entry in the staff's navigation, for those who hold `wants`; `foot` are the four on a phone's foot."""

    icon: str
    wants: Permission
    key: str  # after g
    foot: bool = False


@dataclass(frozen=True, slots=True)
class StaffPage:
    """A page of the desk: `build` gives its content, `loads` fill it. `nav` is its entry, or None: it has none."""

    route: str
    build: Callable[[], rx.Component]
    title: str
    loads: Sequence[Any]
    nav: Nav | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the staff's navigation."""

    route: str
    title: str
    icon: str
    wants: Permission
    key: str
    foot: bool


def staff_on_load(*handlers: Any) -> list[Any]:
    """What every page of the desk does as it opens: close what another left open, fill itself, begin what its address
    asks for, ring the bell."""
    return [DialogsState.settle, *handlers, ActionsState.begin, BellState.load]


def navigation(site: Iterable[Page | StaffPage]) -> list[Entry]:
    """The entries of `site`, in its order."""
    return [
        Entry(page.route, page.title, page.nav.icon, page.nav.wants, page.nav.key, page.nav.foot)
        for page in site
        if isinstance(page, StaffPage) and page.nav is not None
    ]


def entry_of(page: StaffPage, entries: Iterable[Entry]) -> str:
    """The route of the entry that `page` stands under: its own, or that of the page above; "" without one."""
    return next((e.route for e in entries if page.route == e.route or page.route.startswith(f"{e.route}/")), "")
