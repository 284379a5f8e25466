"""Webhooks of couriers: proved, stored raw, deduplicated and answered; what they say is checked later, by a job."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from dokango.clock import Clock
from dokango.couriers import area_lists
from dokango.couriers.kind.webhook import Headers, News, Reply, Webhook
from dokango.couriers.models import CourierNews
from dokango.couriers.parcels import shipments, told_payouts
from dokango.couriers.registry import COURIERS
from dokango.db import Database, Statement, Tx, Upsert, table_of, typed
from dokango.errors import NotFound
from dokango.jobs.queue import enqueue
from dokango.text import storable

READ_NEWS = "read_courier_news"
LONGEST_BODY = 100_000
LONGEST_KEY = 200
NOTHING: Mapping[str, str] = MappingProxyType({})
_N = table_of(CourierNews)


class NewsRow(NamedTuple):
    """A notification as it is stored."""

    id: int
    key: str
    courier: str
    order_id: int | None
    body: str
    received_at: int
    handled_at: int | None


_COLUMNS = ("key", "courier", "order_id", "body", "received_at")
_KEEP = Upsert(_N, _COLUMNS, returning="id")
_BY_ID = typed(NewsRow, select(*_N.c).where(_N.c.id == bindparam("row")))
_OF_ORDER = typed(NewsRow, select(*_N.c).where(_N.c.order_id == bindparam("order_id")).order_by(_N.c.id))
_NOBODYS = typed(
    NewsRow,
    select(*_N.c)
    .where(
        _N.c.order_id.is_(None), _N.c.courier == bindparam("courier"), _N.c.received_at >= bindparam("since"),
        _N.c.body.contains(bindparam("named")),
    ),
)  # fmt: skip
_IS_OF = Statement(update(_N).where(_N.c.id == bindparam("row")).values(order_id=bindparam("order_of_it")))
_HANDLED = Statement(update(_N).where(_N.c.id == bindparam("row")).values(handled_at=bindparam("at")))


def receive_webhook(
    db: Database,
    clock: Clock,
    courier: str,
    headers: Mapping[str, str],
    raw: bytes,
    token: str,
    *,
    query: Mapping[str, str] = NOTHING,
    keys: Mapping[str, str] = NOTHING,
) -> Reply:
    """Take one notification of a courier's, as its webhook proves, reads and answers it; twice is once.

    `headers` in any case; `token` is the configured one, and "" refuses everything; `query` is that of the address,
    `keys` what the shop has set for the courier. Raises NotFound for a courier that sends none.
    """
    webhook = COURIERS[courier].webhook if courier in COURIERS else None
    if webhook is None:
        raise NotFound("webhook of courier", courier)
    named = {name.lower(): value for name, value in headers.items()}
    is_theirs = bool(token) and _proved(webhook, named, query, raw, token)
    adorned = webhook.adorn({**keys, webhook.brings: token}, is_theirs)
    if not is_theirs:
        return replace(webhook.refused, headers=adorned)
    body = _opened(raw)
    if body is None:
        return replace(webhook.not_json, headers=adorned)
    key = webhook.key_of(named, body)[:LONGEST_KEY] or hashlib.sha256(raw).hexdigest()
    text = storable(raw.decode("utf-8", "replace"))
    news = webhook.read(body)
    db.write(lambda tx: _keep(tx, courier, f"{courier}/{storable(key)}", text, news, clock.now_us()))
    return replace(webhook.thanks, headers=adorned)


def read_news(stored: NewsRow) -> News:
    """What a stored notification says, as its courier reads it; nothing when COURIERS no longer knows who sent it."""
    kind = COURIERS.get(stored.courier)
    return News() if kind is None or kind.webhook is None else kind.webhook.read(json.loads(stored.body))


def news_by_id(tx: Tx, news_id: int) -> NewsRow | None:
    """One stored notification, or None."""
    return tx.one(_BY_ID, row=news_id)


def news_of(tx: Tx, order_id: int) -> list[tuple[int, News]]:
    """What a courier told about an order, with when it came. For staff only: names and phones stand in it."""
    return [(row.received_at, read_news(row)) for row in tx.rows(_OF_ORDER, order_id=order_id)]


def told_of_since(tx: Tx, order_id: int, since_us: int) -> bool:
    """Whether a courier told of the order since then."""
    return any(row.received_at >= since_us for row in tx.rows(_OF_ORDER, order_id=order_id))


def find_owner(tx: Tx, courier: str, consignment_id: str, order_id: int, since_us: int, now_us: int) -> int:
    """A parcel's id is known from now on: what was told under that id alone since then is read at last; how much."""
    if not consignment_id:
        return 0
    told = tx.rows(_NOBODYS, courier=courier, since=since_us, named=consignment_id)
    mine = [row.id for row in sorted(told) if read_news(row).consignment_id == consignment_id]
    for news_id in mine:
        tx.run(_IS_OF, row=news_id, order_of_it=order_id)
        _have_read(tx, news_id, order_id, now_us)
    return len(mine)


def mark_handled(tx: Tx, news_id: int, now_us: int) -> None:
    """It was looked into."""
    tx.run(_HANDLED, row=news_id, at=now_us)


def _proved(webhook: Webhook, headers: Headers, query: Mapping[str, str], raw: bytes, token: str) -> bool:
    if webhook.in_address:
        in_headers = [headers.get(name, "").removeprefix("Bearer ").strip() for name in webhook.in_headers]
        brought = [query.get(webhook.in_address, ""), *in_headers]
        return any(hmac.compare_digest(one.encode(errors="replace"), token.encode()) for one in brought)
    return webhook.is_theirs(headers, raw, token)


def _opened(raw: bytes) -> dict[str, object] | None:
    if len(raw) > LONGEST_BODY:
        return None
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _keep(tx: Tx, courier: str, key: str, text: str, news: News, now_us: int) -> None:
    if news.stale_list:
        area_lists.forget(tx, courier, news.stale_list)
    shipment = shipments.named(tx, courier, news.consignment_id, news.invoice)
    order_id = shipment.order_id if shipment else None
    if news.payout_id:
        told_payouts.hear_of_parcel(tx, courier, news.payout_id, shipment.id if shipment else None, now_us)
    news_id = tx.value(_KEEP, key=key, courier=courier, order_id=order_id, body=text, received_at=now_us)
    if news_id is not None and order_id is not None:
        _have_read(tx, news_id, order_id, now_us)


def _have_read(tx: Tx, news_id: int, order_id: int, now_us: int) -> None:
    payload = {"news_id": news_id}
    enqueue(tx, READ_NEWS, f"{READ_NEWS}/{news_id}", payload, now_us=now_us, order_id=order_id)
