"""Writing the outbox: messages to customers and staff, in the transaction of what they tell."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import insert

from dokango import topics
from dokango.db import Statement, Tx, table_of
from dokango.notify.models import Message

_as_json = json.JSONEncoder(ensure_ascii=False).encode  # made once: dumps() makes one a call
_T = table_of(Message)
_INSERT = Statement(
    insert(_T),
    columns=[
        "order_id", "event_id", "audience", "template", "recipient", "data",
        "state", "channel", "subject", "body", "error", "created_at", "phone", "gateway_id", "parts", "cost_poisha",
        "not_before",
    ],
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Telling:
    """What is to be told: to `audience` ("customer", "staff"), by `template`, with `data` to fill it."""

    audience: str
    template: str
    recipient: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    phone: str = ""


def tell(
    tx: Tx,
    tellings: Sequence[Telling],
    *,
    order_id: int | None,
    event_id: int | None,
    now_us: int,
    not_before: int | None = None,
) -> None:
    """Put `tellings` in the outbox; the worker delivers them, or says why no channel reaches.

    `not_before`: they are held until then, also from the staff, since what they tell may still be undone.
    """
    about = {"order_id": order_id, "event_id": event_id, "created_at": now_us, "not_before": not_before}
    tx.insert_many(_INSERT, [about | _row(telling, is_held=not_before is not None) for telling in tellings])
    if tellings:
        tx.changed(topics.MESSAGES)


def _row(telling: Telling, *, is_held: bool) -> dict[str, str | int | None]:
    is_sent = telling.audience != "customer" and not is_held  # staff read theirs in the app: nothing is delivered
    return {
        "audience": telling.audience, "template": telling.template, "recipient": telling.recipient,
        "phone": telling.phone, "data": _as_json(telling.data) if telling.data else "{}",
        "state": "sent" if is_sent else "waiting", "channel": "app" if is_sent else "", "subject": "", "body": "",
        "error": "", "gateway_id": "", "parts": 0, "cost_poisha": 0,
    }  # fmt: skip
