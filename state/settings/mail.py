"""The messages' part of the settings: the mail server, a mail to try it, and the outbox to read."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode

import anyio.to_thread
import reflex as rx

from dokango import topics
from dokango.clock import age_words, said
from dokango.clocks.worker import find_post
from dokango.db import Tx
from dokango.notify.mail import Mail, send
from dokango.notify.messages import Letterhead, render
from dokango.notify.outbox_listing import Listed, listed
from dokango.numbers import whole_number
from dokango.paging import shown
from dokango.people.emails import is_email
from dokango.people.permissions import Permission
from dokango.settings import settings
from dokango.shop.accounts import MAIL_PASSWORD, mail_server
from dokango.shop.editing import change_mail_server
from dokango.shop.profile import load_profile
from dokango.shop.secrets import mark_of
from state.kit import live
from state.kit.dialog import Overlay
from state.kit.form import Typed, sends
from state.kit.reading import Reading
from state.kit.session import allow
from state.kit.turns import Turned, cursor_in
from state.kit.work import now_us, read
from state.settings.channel import Channel, Kept


class MailSettingsState(Channel, rx.State):
    """The mail server without its password."""

    secret: ClassVar[str] = MAIL_PASSWORD

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    @sends(lambda _, typed: _server_typed(typed))
    async def save(self, wanted: tuple[dict[str, Any], str]) -> Any:
        """Keep the server; the password only when one was typed."""
        server, password = wanted
        return await self._save(
            lambda tx, actor, clock: change_mail_server(tx, actor, clock, server), password,
            needs_one=bool(server["user"]),
        )  # fmt: skip

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    @sends(lambda _, typed: typed.get("try_to", ""))
    async def try_it(self, to: str) -> None:
        """Send one mail to the address given."""
        post, name = await read(lambda tx: (find_post(tx, settings()), load_profile(tx).name))
        mail = Mail(to, f"A mail from {name}", "If you can read this, the shop's mail works.", "test", now_us())
        await anyio.to_thread.run_sync(lambda: send(post.server, post.password, name, mail))
        self._say_tried(f"The mail server took a mail to {to}.", is_good=True)

    @staticmethod
    def _kept(tx: Tx) -> Kept:
        server = mail_server(tx, settings())
        return Kept({name: str(value) for name, value in server.model_dump().items()}, _mark(tx), bool(server.host))


class OutboxState(Overlay, Turned, rx.State):
    """What customers and staff were told, newest first."""

    rows: list[dict[str, str]] = []
    opened: dict[str, str] = {}
    open_vars: ClassVar[tuple[str, ...]] = ("opened",)

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def load(self) -> None:
        """The page's on_load, after each change of the address too."""
        self._cursor, self.opened = cursor_in(self.router.url.query_parameters.get("cursor", "")), {}
        live.watch(self, topics.MESSAGES)
        await self._refresh()

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def open(self, message_id: str) -> None:
        """Read one message whole."""
        self.opened = next((row for row in self.rows if row["id"] == message_id), {})

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def close(self, is_open: bool = False) -> None:
        """Shut the drawer."""
        if is_open is not True:
            self.opened = {}

    async def _refresh(self) -> None:
        cursor, now = self._cursor, now_us()
        page, head = await live.once(
            ("outbox", cursor), lambda tx: (shown(lambda at: listed(tx, at), cursor), _head(tx))
        )
        self.rows = [_in_words(one, head, now) for one in page.rows]
        self._show_turns(page, _outbox_url)


def _outbox_url(cursor: str) -> str:
    return "/settings?" + urlencode({"part": "outbox", **({"cursor": cursor} if cursor else {})})


def _server_typed(typed: Typed) -> tuple[dict[str, Any], str]:
    """The mail server and, when one was typed, its password. Raises InvalidInput."""
    reading, sender = Reading(typed), typed.get("sender", "")
    port = reading.tried(lambda: whole_number(typed.get("port", ""), "port", 1, 65_535), 0)
    if typed.get("host") and not is_email(sender):
        reading.wrong["sender"] = "Type the address that mail comes from, for example orders@yourshop.com."
    words = {name: typed.get(name, "") for name in ("host", "user", "security")}
    return reading.done(({**words, "port": port, "sender": sender}, typed.get("mail_password", "")))


def _mark(tx: Tx) -> str:
    mark = mark_of(tx, MAIL_PASSWORD)
    return mark.words if mark else "set by the environment" if settings().smtp_password.get_secret_value() else ""


def _head(tx: Tx) -> Letterhead:
    return Letterhead.of(load_profile(tx), settings().site_url)


def _in_words(one: Listed, head: Letterhead, now: int) -> dict[str, str]:
    row = one.message
    text = render(row.audience, row.template, row.data, head)
    return {
        "id": str(row.id), "number": one.number, "audience": row.audience, "recipient": row.recipient,
        "subject": row.subject or text.subject, "body": row.body or text.body, "state": row.state,
        "channel": row.channel, "error": row.error, "age": age_words(row.created_at, now),
        "exact": said(row.created_at),
    }  # fmt: skip
