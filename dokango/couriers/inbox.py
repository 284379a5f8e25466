"""Webhooks of couriers: proved, stored raw, deduplicated and answered; what they say is checked later, by a job."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select, update

from dokango.clock import Clock
from dokango.couriers import reading, shipments
from dokango.couriers.models import CourierNews
from dokango.couriers.steadfast.client import KEY
from dokango.db import Database, Statement, Tx, Upsert, table_of
from dokango.jobs.queue import enqueue

READ_NEWS = "read_courier_news"
LONGEST_BODY = 100_000
LONGEST_KEY = 200
_N = table_of(CourierNews)
_COLUMNS = ("key", "courier", "order_id", "body", "received_at")
_KEEP = Upsert(_N, _COLUMNS, returning="id")
_BY_ID = Statement(select(*_N.c).where(_N.c.id == bindparam("row")))
_OF_ORDER = Statement(select(*_N.c).where(_N.c.order_id == bindparam("order_id")).order_by(_N.c.id))
_HANDLED = Statement(update(_N).where(_N.c.id == bindparam("row")).values(handled_at=bindparam("at")))


@dataclass(frozen=True, slots=True)
class Reply:
    """What the webhook is answered: HTTP's status and the JSON body."""

    status: int
    body: dict[str, str]


@dataclass(frozen=True, slots=True)
class News:
    """One notification, read. It is a hint: what it says is asked of the courier's API before it counts."""

    kind: str
    consignment_id: str
    invoice: str
    tracking_code: str
    status: str
    message: str
    updated_at_us: int | None


_THANKS = Reply(200, {"status": "success", "message": "Webhook received successfully."})
_WHO = Reply(401, {"status": "error", "message": "Unauthorized."})
_NOT_JSON = Reply(400, {"status": "error", "message": "The body must be a JSON object."})


def receive_webhook(db: Database, clock: Clock, headers: Mapping[str, str], raw: bytes, token: str) -> Reply:
    """Take one notification of Steadfast's: 401 unless it carries `token`, 400 unless it is JSON, else 200, also twice.

    `headers` in any case; `token` is the configured one, and "" refuses everything.
    """
    named = {name.lower(): value for name, value in headers.items()}
    if not _is_theirs(named, raw, token):
        return _WHO
    body = _opened(raw)
    if body is None:
        return _NOT_JSON
    key = named.get("idempotency-key", "").strip()[:LONGEST_KEY] or hashlib.sha256(raw).hexdigest()
    text = reading.storable(raw.decode("utf-8", "replace"))
    db.write(lambda tx: _keep(tx, f"{KEY}/{reading.storable(key)}", text, read_news(body), clock.now_us()))
    return _THANKS


def read_news(body: Mapping[str, Any]) -> News:
    """The parts of a notification that we use, whatever else stands in it."""
    return News(
        kind=reading.text(body.get("notification_type")),
        consignment_id=reading.text(body.get("consignment_id")),
        invoice=reading.text(body.get("invoice")),
        tracking_code=reading.text(body.get("tracking_id") or body.get("tracking_code")),
        status=reading.text(body.get("status")),
        message=reading.text(body.get("tracking_message"), 1_000),
        updated_at_us=reading.time_us(body.get("updated_at")),
    )


def news_by_id(tx: Tx, news_id: int) -> Any:
    """One stored notification, or None."""
    return tx.one(_BY_ID, row=news_id)


def news_of(tx: Tx, order_id: int) -> list[tuple[int, News]]:
    """What a courier told about an order, with when it came. For staff only: names and phones stand in it."""
    return [(row.received_at, read_news(json.loads(row.body))) for row in tx.rows(_OF_ORDER, order_id=order_id)]


def mark_handled(tx: Tx, news_id: int, now_us: int) -> None:
    """It was looked into."""
    tx.run(_HANDLED, row=news_id, at=now_us)


def _is_theirs(headers: Mapping[str, str], raw: bytes, token: str) -> bool:
    """The bearer token, always; the signature too when one is sent: older accounts send none."""
    if not token:
        return False
    scheme, _, given = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not _same(given.strip(), token):
        return False
    signature = headers.get("x-signature")
    return signature is None or _same(signature.strip().lower(), _signature(token, raw))


def _signature(token: str, raw: bytes) -> str:
    return hmac.new(token.encode(), raw, hashlib.sha256).hexdigest()


def _same(given: str, ours: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), ours.encode())


def _opened(raw: bytes) -> dict[str, Any] | None:
    if len(raw) > LONGEST_BODY:
        return None
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _keep(tx: Tx, key: str, text: str, news: News, now_us: int) -> None:
    shipment = shipments.named(tx, KEY, news.consignment_id, news.invoice)
    order_id = shipment.order_id if shipment else None
    news_id = tx.value(_KEEP, key=key, courier=KEY, order_id=order_id, body=text, received_at=now_us)
    if news_id is not None and shipment is not None:
        payload = {"news_id": news_id}
        enqueue(tx, READ_NEWS, f"{READ_NEWS}/{news_id}", payload, now_us=now_us, order_id=order_id)
