"""Where one is signed in: each browser, with the way to sign it out."""

from __future__ import annotations

from typing import Any

import reflex as rx

from dokango import process
from dokango.people import sessions, sign_ins
from dokango.topics import PEOPLE
from state.account.password import others_words
from state.account.text import session_in_words
from state.kit import live
from state.kit.feedback import done
from state.kit.payload import words
from state.kit.session import allow_staff, current_actor, current_session
from state.kit.work import now_us, read, write


class SessionsState(rx.State):
    """One's own open sessions, this one among them."""

    rows: list[dict[str, str]] = []
    others: int = 0

    @rx.event
    @allow_staff
    async def load(self) -> None:
        """The page's on_load."""
        live.watch(self, PEOPLE)
        await self._refresh()

    @rx.event
    @allow_staff
    async def sign_out(self, name: str) -> Any:
        """Sign one of them out; its open pages leave at once."""
        actor, which = current_actor(), words(name)
        await write(lambda tx: sign_ins.end_one(tx, actor, which, process.clock()))
        await self._refresh()
        return done("That browser is signed out.")

    @rx.event
    @allow_staff
    async def sign_out_others(self) -> Any:
        """Sign all out but this one."""
        actor, kept = current_actor(), current_session().id_hash
        ended = await write(lambda tx: sign_ins.end_others(tx, actor, kept, process.clock()))
        await self._refresh()
        return done(others_words(ended).strip() or "You are signed in nowhere else.")

    async def _refresh(self) -> None:
        session, user_id, now = current_session(), current_actor().id, now_us()
        rows = await read(lambda tx: sessions.of_user(tx, user_id, now))
        self.rows = [session_in_words(row, session.id_hash, now) for row in rows]
        self.others = sum(row["here"] == "" for row in self.rows)
