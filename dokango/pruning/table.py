"""The table of what is let go. To add one: a row here, and its days in the shop's settings (`shop/profile.py`)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Table, and_

from dokango.couriers.models import CourierAnswer, CourierNews
from dokango.db import table_of
from dokango.jobs.models import Job
from dokango.notify.models import Message
from dokango.orders.book.models import IdempotencyKey
from dokango.people.models import Session
from dokango.shop.profile import Profile

_J, _K, _N = table_of(Job), table_of(IdempotencyKey), table_of(CourierNews)
_A, _M, _S = table_of(CourierAnswer), table_of(Message), table_of(Session)


@dataclass(frozen=True, slots=True)
class LetGo:
    """Rows of `table` whose time `at` lies more than `setting` days back, and of which `ended` is true.

    `by` is the key; `label` and `why` are for the owner.
    """

    name: str
    label: str
    why: str
    table: Table
    by: Column[object]
    at: Column[int]
    ended: ColumnElement[bool]
    setting: str

    def days(self, profile: Profile) -> int:
        """After how many days; 0 for never."""
        return int(getattr(profile, self.setting))


TABLE: tuple[LetGo, ...] = (
    LetGo("jobs", "Work that is done", "What failed stays until somebody has looked at it.",
          _J, _J.c.id, _J.c.ended_at, _J.c.state == "done", "keep_jobs_days"),
    LetGo("keys", "Idempotency keys", "The same call again after that is a new one.",
          _K, _K.c.key, _K.c.used_at, _K.c.used_at.is_not(None), "keep_keys_days"),
    LetGo("webhooks", "Couriers' webhooks and answers", "What they changed stands in each order's history.",
          _N, _N.c.id, _N.c.received_at, _N.c.handled_at.is_not(None), "keep_webhooks_days"),
    LetGo("answers", "What couriers said of places and buyers", "It is asked anew.",
          _A, _A.c.id, _A.c.tried_at, _A.c.tried_at.is_not(None), "keep_webhooks_days"),
    LetGo("messages", "Messages that were sent", "That they were sent stands in each order's history.",
          _M, _M.c.id, _M.c.created_at, and_(_M.c.state.not_in(("waiting", "sending"))), "keep_messages_days"),
    LetGo("sessions", "Sessions that have ended", "Who signed in stays on the list of sign-ins.",
          _S, _S.c.id_hash, _S.c.ends_at, _S.c.ends_at.is_not(None), "keep_sessions_days"),
)  # fmt: skip
