"""The views that somebody saved of the order list: shown beside the tabs, named, renamed and removed."""

from __future__ import annotations

from typing import Any, ClassVar

import reflex as rx

from dokango import process
from dokango.people.permissions import Permission
from dokango.people.views import drop_view, keep_view, rename_view, view_name, views_of
from state.kit.dialog import Dialog
from state.kit.feedback import done
from state.kit.form import Form, sends
from state.kit.session import allow, current_actor
from state.kit.work import read, write
from state.orders.url import read_url


class OrderViewsState(Dialog, Form, rx.State):
    """One's own views, and which of them the list shows now."""

    views: list[dict[str, str]] = []
    present: dict[str, str] = {"id": "", "name": ""}  # the view that the list shows, if it shows one
    renamed: str = ""  # the id of the view that the dialog renames; "" when it saves a new one
    no_errors: ClassVar[dict[str, str]] = {"name": ""}
    errors: dict[str, str] = {"name": ""}

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def load(self) -> None:
        """The page's on_load, after each change of the address too."""
        await self._refresh()

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def open(self) -> None:
        """Ask for the name of what is listed now."""
        self._anew()
        self.renamed, self.is_open = "", True

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def open_rename(self) -> None:
        """Ask for another name of the view that is shown."""
        self._anew()
        self.renamed, self.is_open = self.present["id"], self.present["id"] != ""

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    @sends(lambda _, typed: view_name(typed.get("name", "")))
    async def save(self, name: str) -> Any:
        """Keep the list, or the new name, under `name`."""
        actor, which, address = current_actor(), self.renamed, self._address()
        if which:
            await write(lambda tx: rename_view(tx, actor, int(which), name))
        else:
            await write(lambda tx: keep_view(tx, actor, process.clock(), name, address))
        self.is_open = False
        await self._refresh()
        return done(f"Saved as {name}.")

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def remove(self) -> Any:
        """Forget the view that is shown; its orders stay, and so does the list."""
        actor, view = current_actor(), self.present
        if not view["id"]:
            return None
        await write(lambda tx: drop_view(tx, actor, int(view["id"])))
        await self._refresh()
        return done(f"{view['name']} is removed. Its orders are as they were.")

    async def _refresh(self) -> None:
        actor, here = current_actor(), self._address()
        kept = await read(lambda tx: views_of(tx, actor))
        self.views = [{"id": str(view.id), "name": view.name, "url": view.address} for view in kept]
        shown = next((view for view in self.views if view["url"] == here), None)
        self.present = {"id": shown["id"], "name": shown["name"]} if shown else {"id": "", "name": ""}

    def _address(self) -> str:
        """The list of the address bar, whatever page or drawer of it is open."""
        return read_url(self.router.url.query_parameters).url(cursor="", peek="")
