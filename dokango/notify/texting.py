"""A message by SMS: marked before the call, so that whatever stops us in between, it is never sent twice by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import httpx
from sqlalchemy import bindparam, func, select, update

from dokango import topics
from dokango.clock import Clock, day_of, day_start_us
from dokango.db import Database, Statement, Tx, table_of
from dokango.errors import DokangoError
from dokango.jobs.worker import GiveUp
from dokango.notify.message_rows import MessageRow, message
from dokango.notify.messages import Letterhead, render_short
from dokango.notify.models import Message
from dokango.notify.sms import Sms, send_sms
from dokango.notify.sms_reading import Verdict
from dokango.notify.sms_text import size_of
from dokango.shop.profile import load_profile
from dokango.shop.sms_account import SmsAccount

SEND_SMS = "send_sms"
_STOPPED = (
    "The site stopped while this SMS was on its way, so it is not known whether it went. It is not sent again by "
    "itself: call the customer, or send it once more by hand."
)
_M = table_of(Message)
_BEGIN = Statement(
    update(_M)
    .where(_M.c.id == bindparam("message"), _M.c.state == "waiting")
    .values(
        state="sending", subject=bindparam("line"), body=bindparam("words"), sent_at=bindparam("at"),
        parts=bindparam("in_parts"), cost_poisha=bindparam("cost"),
    )
)  # fmt: skip
_END = Statement(
    update(_M)
    .where(_M.c.id == bindparam("message"), _M.c.state == "sending")
    .values(state=bindparam("new_state"), error=bindparam("why"), gateway_id=bindparam("theirs"))
)
_FREE = Statement(
    update(_M)
    .where(_M.c.id == bindparam("message"), _M.c.state == "sending")
    .values(state="waiting", error=bindparam("why"), sent_at=None, parts=0, cost_poisha=0)
)
_TODAY = Statement(
    select(func.count()).select_from(_M).where(_M.c.channel == "sms", _M.c.sent_at >= bindparam("since"))
)


class SmsDelayed(DokangoError):
    """The gateway did not take it now: nothing is lost, it is tried again."""

    status = 503
    code = "sms-delayed"


@dataclass(frozen=True, slots=True)
class SmsWay:
    """The way out as it is set now (no gateway: there is none), and its key."""

    account: SmsAccount
    key: str


class Texting:
    """Sends messages by SMS. `tell_owner` is called in a transaction with what only the owner can mend."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        find_way: Callable[[Tx], SmsWay],
        site_url: str,
        tell_owner: Callable[[Tx, str, int], None],
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._db, self._clock, self._find_way, self._site_url = db, clock, find_way, site_url
        self._tell_owner, self._transport = tell_owner, transport

    def is_set(self, tx: Tx) -> bool:
        """Whether there is a gateway."""
        return bool(self._find_way(tx).account.gateway)

    def send(self, message_id: int) -> None:
        """Send one message that waits; one that a stopped process had in its hands becomes uncertain.

        Raises SmsDelayed (to be tried again), GiveUp (never).
        """
        begun = self._db.write(lambda tx: self._begin(tx, message_id))
        if begun is None:
            return
        way, sms = begun
        verdict = send_sms(way.account, way.key, sms, self._transport)
        self._db.write(lambda tx: self._note(tx, message_id, verdict))
        if verdict.outcome in ("later", "owner"):
            raise SmsDelayed(verdict.why)
        if verdict.outcome in ("number", "words"):
            raise GiveUp(verdict.why)

    def _begin(self, tx: Tx, message_id: int) -> tuple[SmsWay, Sms] | None:
        row = message(tx, message_id)
        if row is None or row.state not in ("waiting", "sending"):
            return None
        if row.state == "sending":
            tx.run(_END, message=message_id, new_state="uncertain", why=_STOPPED, theirs="")
            tx.changed(topics.MESSAGES)
            return None
        way, now_us = self._find_way(tx), self._clock.now_us()
        self._require_room_today(tx, way.account, now_us)
        sms = self._sms(tx, row)
        size = size_of(sms.text)
        tx.run(
            _BEGIN, message=message_id, line=sms.text[:80], words=sms.text, at=now_us, in_parts=size.parts,
            cost=size.parts * way.account.part_poisha,
        )  # fmt: skip
        return way, sms

    def _require_room_today(self, tx: Tx, account: SmsAccount, now_us: int) -> None:
        if account.most_a_day and int(tx.value(_TODAY, since=day_start_us(day_of(now_us)))) >= account.most_a_day:
            raise SmsDelayed(f"Today's {account.most_a_day} SMS are used up (Settings → Messages); it is tried again.")

    def _sms(self, tx: Tx, row: MessageRow) -> Sms:
        head = Letterhead.of(load_profile(tx), self._site_url)
        return Sms(row.recipient, render_short(row.template, row.data, head), f"m{row.id}-{row.created_at % 10**9}")

    def _note(self, tx: Tx, message_id: int, verdict: Verdict) -> None:
        if verdict.outcome in ("accepted", "uncertain"):
            state = "sent" if verdict.outcome == "accepted" else "uncertain"
            tx.run(_END, message=message_id, new_state=state, why=verdict.why, theirs=verdict.gateway_id)
        else:
            tx.run(_FREE, message=message_id, why=verdict.why)
        if verdict.outcome == "owner":
            self._tell_owner(tx, verdict.why, self._clock.now_us())
        tx.changed(topics.MESSAGES)
