"""The outbox's way out: a waiting message goes by mail where that is possible, and is kept readable where it is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select, update

from dokango import topics
from dokango.clock import Clock
from dokango.db import Database, Statement, Tx, table_of
from dokango.errors import DokangoError
from dokango.jobs.leases import Taken
from dokango.jobs.queue import enqueue
from dokango.jobs.worker import GiveUp
from dokango.notify.mail import Mail, MailRefused, send
from dokango.notify.messages import Letterhead, render
from dokango.notify.models import Message
from dokango.people.emails import is_email
from dokango.shop.accounts import MailServer
from dokango.shop.profile import load_profile

SEND_MAIL = "send_mail"
MOST_TRIES = 10
AT_ONCE = 50
MAIL, BOX = "email", "outbox"
_M = table_of(Message)
_WAITING = Statement(
    select(_M.c.id, _M.c.recipient, _M.c.order_id)
    .where(_M.c.state == "waiting", _M.c.channel == "")
    .order_by(_M.c.id)
    .limit(AT_ONCE)
)
_ONE = Statement(select(*_M.c).where(_M.c.id == bindparam("message")))
_SET = Statement(
    update(_M)
    .where(_M.c.id == bindparam("message"), _M.c.state == "waiting")
    .values(state=bindparam("new_state"), channel=bindparam("by"), error=bindparam("why"))
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

    def __init__(self, db: Database, clock: Clock, find_post: Callable[[Tx], Post], site_url: str) -> None:
        self._db, self._clock, self._find_post, self._site_url = db, clock, find_post, site_url

    def sort(self) -> int:
        """Queue a mail for each message that can go by mail, keep the others; safe to do twice at once. How many."""
        if not self._db.read(lambda tx: tx.one(_WAITING)):
            return 0
        return self._db.write(self._sort)

    def send(self, payload: Mapping[str, Any]) -> None:
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

    def given_up(self, tx: Tx, job: Taken, why: str) -> None:
        """The last try failed: the message stays readable in the outbox, marked as failed."""
        tx.run(_SET, message=int(job.payload["message_id"]), new_state="failed", by=MAIL, why=why)
        tx.changed(topics.MESSAGES)

    def _sort(self, tx: Tx) -> int:
        rows = tx.rows(_WAITING)
        has_mail = bool(self._find_post(tx).server.host)
        for row in rows:
            if has_mail and is_email(row.recipient):
                tx.run(_SET, message=row.id, new_state="waiting", by=MAIL, why="")
                enqueue(
                    tx, SEND_MAIL, f"{SEND_MAIL}/{row.id}", {"message_id": row.id}, now_us=self._clock.now_us(),
                    order_id=row.order_id, most_tries=MOST_TRIES,
                )  # fmt: skip
            else:
                tx.run(_SET, message=row.id, new_state="kept", by=BOX, why="")
        tx.changed(topics.MESSAGES)
        return len(rows)

    def _prepared(self, tx: Tx, message_id: int) -> tuple[Mail, Post, str] | None:
        """The mail to send, or None when it was sent already."""
        row = tx.one(_ONE, message=message_id)
        if row is None or row.state != "waiting":
            return None
        profile = load_profile(tx)
        text = render(row.audience, row.template, row.data, Letterhead.of(profile, self._site_url))
        mail = Mail(row.recipient, text.subject, text.body, f"message-{row.id}.{row.created_at}", self._clock.now_us())
        return mail, self._find_post(tx), profile.name

    def _note_sent(self, tx: Tx, message_id: int, mail: Mail) -> None:
        tx.run(_SENT, message=message_id, line=mail.subject, words=mail.body, at=self._clock.now_us())
        tx.changed(topics.MESSAGES)
