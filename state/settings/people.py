"""The people's part of the settings: staff with their roles, and the keys of programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import reflex as rx

from dokango import process
from dokango.clock import said
from dokango.db import Tx
from dokango.people import api_keys, second_step, staff
from dokango.people.passwords import make_password
from dokango.people.permissions import Permission
from state.kit import live
from state.kit.dialog import Overlay
from state.kit.feedback import done
from state.kit.form import Form, Typed, as_typed, sends
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.shown_once import ShownOnce
from state.kit.work import read, write

PEOPLE = "people"


class StaffState(ShownOnce, Overlay, Form, rx.State):
    """Who works here. A new password is shown once, to whoever asked for it."""

    rows: list[dict[str, str]] = []
    is_adding: bool = False
    shown_login: str = ""
    shown_password: str = ""
    open_vars: ClassVar[tuple[str, ...]] = ("is_adding",)
    secret_vars: ClassVar[tuple[str, ...]] = ("shown_password", "shown_login")

    @rx.event
    @allow(Permission.EDIT_STAFF)
    async def load(self) -> None:
        """The page's on_load."""
        self.is_adding = False
        live.watch(self, PEOPLE)
        await self._refresh()

    @rx.event
    @allow(Permission.EDIT_STAFF)
    async def ask(self, is_open: bool = True) -> None:
        """Open or shut the dialog for somebody new."""
        self._forget_shown()
        self._anew()
        self.is_adding = is_open is True

    @rx.event
    @allow(Permission.EDIT_STAFF)
    @sends(lambda _, typed: _new_staff(typed))
    async def add(self, new: staff.NewStaff) -> None:
        """Take somebody on, with a password made here."""
        actor = current_actor()
        await write(lambda tx: staff.create(tx, actor, new, process.clock()))
        self.is_adding = False
        self.shown_login, self.shown_password = new.login.strip().lower(), new.password
        await self._refresh()

    @rx.event
    @allow(Permission.EDIT_STAFF)
    async def change_role(self, user_id: str, role: str) -> Any:
        """Another role; they sign in again."""
        return await self._change(
            user_id, lambda tx, which: staff.change_role(tx, current_actor(), which, words(role), process.clock())
        )

    @rx.event
    @allow(Permission.EDIT_STAFF)
    async def set_active(self, user_id: str, active: bool) -> Any:
        """Let somebody go, or take them back."""
        return await self._change(
            user_id, lambda tx, which: staff.set_active(tx, current_actor(), which, active is True, process.clock())
        )

    @rx.event
    @allow(Permission.EDIT_STAFF)
    async def reset_password(self, user_id: str) -> Any:
        """A new password, shown once."""
        password = make_password()
        answer = await self._change(
            user_id, lambda tx, which: staff.set_password(tx, current_actor(), which, password, process.clock())
        )
        self.shown_login = next((row["login"] for row in self.rows if row["id"] == user_id), "")
        self.shown_password = password
        return answer

    @rx.event
    @allow(Permission.EDIT_STAFF)
    async def reset_second_step(self, user_id: str) -> Any:
        """Their phone is lost: they sign in with the password alone, and set up another where their role must."""
        return await self._change(
            user_id, lambda tx, which: second_step.reset(tx, current_actor(), which, process.clock())
        )

    @rx.event
    @allow(Permission.EDIT_STAFF)
    async def hide_password(self) -> None:
        """It was written down."""
        self._forget_shown()

    def _is_shown(self, name: str) -> bool:
        return self.is_adding

    def _on_page(self, wrong: Mapping[str, str], typed: Typed) -> dict[str, str]:
        return {("staff_name" if name == "name" else name): said for name, said in wrong.items()}

    async def _change(self, user_id: str, change: Callable[[Tx, int], None]) -> Any:
        which = int(user_id) if isinstance(user_id, str) and user_id.isdigit() and len(user_id) < 18 else 0
        await write(lambda tx: change(tx, which))
        await self._refresh()
        return done("Done.")

    async def _refresh(self) -> None:
        rows, held = await live.once(("staff",), lambda tx: (staff.everyone(tx), second_step.holders(tx)))
        self.rows = [
            {
                "id": str(row.id), "name": row.name, "login": row.login, "role": row.role, "email": row.email,
                "state": "active" if row.active else "gone", "since": said(row.created_at),
                "step": "1" if row.id in held else "",
            }
            for row in rows
        ]  # fmt: skip


class ApiKeysState(ShownOnce, Overlay, Form, rx.State):
    """The keys of programs. A key is shown once, when it is made."""

    rows: list[dict[str, str]] = []
    is_making: bool = False
    shown_key: str = ""
    open_vars: ClassVar[tuple[str, ...]] = ("is_making",)
    secret_vars: ClassVar[tuple[str, ...]] = ("shown_key",)

    @rx.event
    @allow(Permission.EDIT_STAFF)
    async def load(self) -> None:
        """The page's on_load."""
        self.is_making = False
        live.watch(self, PEOPLE)
        await self._refresh()

    @rx.event
    @allow(Permission.EDIT_STAFF)
    async def ask(self, is_open: bool = True) -> None:
        """Open or shut the dialog for a new key."""
        self._forget_shown()
        self._anew()
        self.is_making = is_open is True

    @rx.event
    @allow(Permission.EDIT_STAFF)
    @sends(as_typed)
    async def make(self, typed: Typed) -> None:
        """Make a key and show it, once."""
        actor, name, role = current_actor(), typed.get("key_name", ""), typed.get("role", "")
        self.shown_key = await write(lambda tx: api_keys.make(tx, actor, name, role, process.clock()))
        self.is_making = False
        await self._refresh()

    @rx.event
    @allow(Permission.EDIT_STAFF)
    async def revoke(self, key_id: str) -> Any:
        """End a key."""
        actor = current_actor()
        which = int(key_id) if isinstance(key_id, str) and key_id.isdigit() and len(key_id) < 18 else 0
        await write(lambda tx: api_keys.revoke(tx, actor, which, process.clock()))
        await self._refresh()
        return done("The key opens nothing any more.")

    @rx.event
    @allow(Permission.EDIT_STAFF)
    async def hide_key(self) -> None:
        """It was taken."""
        self._forget_shown()

    def _is_shown(self, name: str) -> bool:
        return self.is_making

    def _on_page(self, wrong: Mapping[str, str], typed: Typed) -> dict[str, str]:
        return {("key_name" if name == "name" else name): said for name, said in wrong.items()}

    async def _refresh(self) -> None:
        rows = await read(api_keys.everyone)
        self.rows = [
            {
                "id": str(row.id), "name": row.name, "role": row.role, "prefix": f"{row.prefix}…",
                "made": f"{said(row.created_at)} by {row.created_by}",
                "used": said(row.used_at) if row.used_at else "never",
                "state": "revoked" if row.revoked_at else "active",
            }
            for row in rows
        ]  # fmt: skip


def _new_staff(typed: Typed) -> staff.NewStaff:
    return staff.NewStaff(
        typed.get("login", ""), typed.get("staff_name", ""), typed.get("role", ""), make_password(),
        typed.get("email", ""), given=True,
    )  # fmt: skip
