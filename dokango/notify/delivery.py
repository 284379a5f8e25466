"""The outbox's way out: a waiting message goes by the first channel that reaches its customer, and always ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from dokango import topics
from dokango.clock import Clock
from dokango.db import Database, Statement, Tx, table_of, typed
from dokango.errors import DokangoError
from dokango.jobs.leases import Taken
from dokango.jobs.queue import Payload, enqueue
from dokango.jobs.worker import GiveUp
from dokango.notify import held
from dokango.notify.mail import Mail, MailRefused, send
from dokango.notify.message_rows import MessageRow, message
from dokango.notify.messages import Letterhead, render
from dokango.notify.models import Message
from dokango.notify.texting import SEND_SMS, Texting
from dokango.people.emails import is_email
from dokango.shop.accounts import MailServer
from dokango.shop.profile import load_profile

SEND_MAIL = "send_mail"
MOST_TRIES = 10
AT_ONCE = 50
MAIL, SMS = "email", "sms"
_JOB_OF = {MAIL: SEND_MAIL, SMS: SEND_SMS}
_M = table_of(Message)


class _Waiting(NamedTuple):
    id: int
    recipient: str
    phone: str
    order_id: int | None


_WAITING = typed(
    _Waiting,
    select(_M.c.id, _M.c.recipient, _M.c.phone, _M.c.order_id)
    .where(_M.c.audience == "customer", _M.c.state == "waiting", _M.c.channel == "", held.is_due())
    .order_by(_M.c.id)
    .limit(AT_ONCE),
)
_GO_BY = Statement(
    update(_M)
    .where(_M.c.id == bindparam("message"), _M.c.state == "waiting")
    .values(channel=bindparam("by"), recipient=bindparam("to"), error=bindparam("why"))
)
_END = Statement(
    update(_M)
    .where(_M.c.id == bindparam("message"), _M.c.state == "waiting")
    .values(state=bindparam("new_state"), error=bindparam("why"))
)
_SENT = Statement(
    update(_M)
    .where(_M.c.id == bindparam("message"))
    .values(state="sent", subject=bindparam("line"), body=bindparam("words"), error="", sent_at=bindparam("at"))
)
_ERROR = Statement(update(_M).where(_M.c.id == bindparam("message")).values(error=bindparam("why")))


@dataclass(frozen=True, slots=True)
class Post:
    """The way out as it is set now: the server (no host: there is none) and its password."""

    server: MailServer
    password: str


class Delivery:
    """Sorts what waits, and sends what is to be sent. `find_post` reads the settings inside a transaction."""

    def __init__(
        self, db: Database, clock: Clock, find_post: Callable[[Tx], Post], site_url: str, texting: Texting | None = None
    ) -> None:
        self._db, self._clock, self._find_post, self._site_url = db, clock, find_post, site_url
        self._texting = texting

    def sort(self) -> int:
        """Queue each message by the first channel that reaches its customer, end the others; how many.

        Safe to do twice at once.
        """
        now_us = self._clock.now_us()
        if self._db.read(lambda tx: held.any_for_staff(tx, now_us)):
            self._db.write(lambda tx: held.say_to_staff(tx, now_us))
        if not self._db.read(lambda tx: tx.one(_WAITING, now=now_us)):
            return 0
        return self._db.write(self._sort)

    def send(self, payload: Payload) -> None:
        """The job: one message by mail. Raises GiveUp when the server will never take it, else as `mail.send`."""
        message_id = int(payload["message_id"])
        found = self._db.read(lambda tx: self._prepared(tx, message_id))
        if found is None:
            return
        mail, post, shop = found
        try:
            send(post.server, post.password, shop, mail)
        except MailRefused as refusal:
            raise GiveUp(str(refusal)) from refusal
        except DokangoError as error:
            why = str(error)
            self._db.write(lambda tx: tx.run(_ERROR, message=message_id, why=why))
            raise
        self._db.write(lambda tx: self._note_sent(tx, message_id, mail))

    def send_sms(self, payload: Payload) -> None:
        """The job: one message by SMS; see `Texting.send`."""
        if self._texting is None:
            raise GiveUp("This process has no way to send an SMS.")
        self._texting.send(int(payload["message_id"]))

    def given_up(self, tx: Tx, job: Taken, why: str) -> None:
        """The last try by one channel failed: the next one that reaches takes it, or the message is failed."""
        row = message(tx, int(job.payload["message_id"]))
        if row is not None and row.state == "waiting":
            tried = [MAIL] if job.kind == SEND_MAIL else [MAIL, SMS]
            self._go(tx, row, [way for way in self._ways(tx, row) if way[0] not in tried], "failed", why)
        tx.changed(topics.MESSAGES)

    def _sort(self, tx: Tx) -> int:
        rows = tx.rows(_WAITING, now=self._clock.now_us())
        for row in rows:
            self._go(tx, row, self._ways(tx, row), "off", self._why_none(tx, row.recipient))
        tx.changed(topics.MESSAGES)
        return len(rows)

    def _go(self, tx: Tx, row: _Waiting | MessageRow, ways: list[tuple[str, str]], else_state: str, why: str) -> None:
        if not ways:
            tx.run(_END, message=row.id, new_state=else_state, why=why)
            return
        channel, to = ways[0]
        tx.run(_GO_BY, message=row.id, by=channel, to=to, why=why if else_state == "failed" else "")
        kind = _JOB_OF[channel]
        enqueue(
            tx, kind, f"{kind}/{row.id}", {"message_id": row.id}, now_us=self._clock.now_us(),
            order_id=row.order_id, most_tries=MOST_TRIES,
        )  # fmt: skip

    def reaches(self, tx: Tx, email: str, phone: str) -> bool:
        """Whether a message would reach a customer by any channel as they are set now."""
        return bool(self._by(tx, email, phone))

    def _ways(self, tx: Tx, row: _Waiting | MessageRow) -> list[tuple[str, str]]:
        return self._by(tx, row.recipient, row.phone or ("" if is_email(row.recipient) else row.recipient))

    def _by(self, tx: Tx, email: str, phone: str) -> list[tuple[str, str]]:
        """The channels that reach this customer, the first one first, each with the address there."""
        ways = []
        if self._find_post(tx).server.host and is_email(email):
            ways.append((MAIL, email))
        if phone and self._texting is not None and self._texting.is_set(tx):
            ways.append((SMS, phone))
        return ways

    def _why_none(self, tx: Tx, recipient: str) -> str:
        if self._find_post(tx).server.host:
            return "Switched off: the customer left no e-mail address, and no SMS gateway is set (Settings → Messages)."
        return "Switched off: the shop has neither a mail server nor an SMS gateway (Settings → Messages)."

    def _prepared(self, tx: Tx, message_id: int) -> tuple[Mail, Post, str] | None:
        """The mail to send, or None when it was sent already."""
        row = message(tx, message_id)
        if row is None or row.state != "waiting":
            return None
        profile = load_profile(tx)
        text = render(row.audience, row.template, row.data, Letterhead.of(profile, self._site_url))
        mail = Mail(row.recipient, text.subject, text.body, f"message-{row.id}.{row.created_at}", self._clock.now_us())
        return mail, self._find_post(tx), profile.name

    def _note_sent(self, tx: Tx, message_id: int, mail: Mail) -> None:
        tx.run(_SENT, message=message_id, line=mail.subject, words=mail.body, at=self._clock.now_us())
        tx.changed(topics.MESSAGES)
