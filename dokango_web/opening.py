"""A row of the site map becomes a page of the app."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import reflex as rx

from dokango_web.frame import framed
from dokango_web.page import Entry, Page, StaffPage, entry_of, navigation, staff_on_load


class App(Protocol):
    """The one thing wanted of rx.App here."""

    def add_page(self, build: Any, /, *, route: str, title: Any, on_load: Any) -> None:
        """Serve `build` at `route`."""
        ...


def open_page(app: App, page: Page | StaffPage, site: Sequence[Page | StaffPage]) -> None:
    """Add `page` to `app`; one of the staff's gets the frame, with the navigation of `site`, and the rite."""
    title = f"{page.title} · DokanGo" if isinstance(page.title, str) else page.title
    if isinstance(page, StaffPage):
        build, on_load = _in_frame(page, navigation(site)), staff_on_load(*page.loads)
    else:
        build, on_load = page.build, page.on_load
    app.add_page(build, route=page.route, title=title, on_load=on_load)


def _in_frame(page: StaffPage, entries: Sequence[Entry]) -> Callable[[], rx.Component]:
    def build() -> rx.Component:
        return framed(page.build(), entries, entry_of(page, entries))

    return build
