"""The owner's list of who came in, who was refused, and whose rights changed."""

from __future__ import annotations

from urllib.parse import urlencode

import reflex as rx

from dokango.audit import said_actor
from dokango.clock import said
from dokango.paging import shown
from dokango.people import sign_ins
from dokango.people.permissions import Permission
from dokango.people.sign_ins import UNKNOWN, WORDS, SignInRow
from dokango.people.trail import SIGN_IN_FAILED, SIGNED_IN
from dokango.topics import PEOPLE
from state.account.text import browser_words
from state.kit import live
from state.kit.session import allow, current_actor
from state.kit.turns import Turned
from state.kit.work import read


class SignInsState(Turned, rx.State):
    """One page of it, newest first."""

    rows: list[dict[str, str]] = []

    @rx.event
    @allow(Permission.EDIT_STAFF)
    async def load(self) -> None:
        """The page's on_load, after each change of the address too."""
        self._turn_to_page_asked()
        live.watch(self, PEOPLE)
        await self._refresh()

    async def _refresh(self) -> None:
        actor, cursor = current_actor(), self._cursor
        page = await read(lambda tx: shown(lambda at: sign_ins.page(tx, actor, at), cursor))
        self.rows = [_in_words(row) for row in page.rows]
        self._show_turns(page, _url)


def _url(cursor: str) -> str:
    return "/settings?" + urlencode({"part": "sign-ins", **({"cursor": cursor} if cursor else {})})


def _in_words(row: SignInRow) -> dict[str, str]:
    return {
        "id": str(row.id),
        "what": WORDS[row.action],
        "who": row.actor if row.actor == UNKNOWN else said_actor(row.actor, row.actor_kind),
        "note": browser_words(row.note) if row.action == SIGNED_IN else row.note,
        "address": row.address or "this machine",
        "when": said(row.happened_at),
        "refused": "1" if row.action == SIGN_IN_FAILED else "",
    }
