"""Steadfast's notifications: bearer token, signature, and what they say."""

from __future__ import annotations

import hashlib
import hmac
import re

from dokango.couriers.kind.webhook import Headers, News, Webhook
from dokango.couriers.line import reading
from dokango.couriers.line.reading import Json
from dokango.money import POISHA_PER_TAKA

# On a partial delivery the real amount comes in words alone, and not in the amount that the notification carries.
_AMOUNT_CHANGED = re.compile(r"[Aa]mount has been changed from (\d{1,7}) to (\d{1,7})")


def is_theirs(headers: Headers, raw: bytes, token: str) -> bool:
    """The bearer token, always; the signature too when one is sent: older accounts send none."""
    scheme, _, given = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not _same(given.strip(), token):
        return False
    signature = headers.get("x-signature")
    return signature is None or _same(signature.strip().lower(), _signature(token, raw))


def read_news(body: Json) -> News:
    """The parts of a notification that we use, whatever else stands in it."""
    message = reading.text(body.get("tracking_message"), 1_000)
    changed = _AMOUNT_CHANGED.search(message)
    was, now = (int(taka) * POISHA_PER_TAKA for taka in changed.groups()) if changed else (None, None)
    return News(
        kind=reading.text(body.get("notification_type")),
        consignment_id=reading.text(body.get("consignment_id")),
        invoice=reading.text(body.get("invoice")),
        tracking_code=reading.text(body.get("tracking_id") or body.get("tracking_code")),
        status=reading.text(body.get("status")),
        message=message,
        updated_at_us=reading.time_us(body.get("updated_at")),
        collect_was_poisha=was,
        collect_is_poisha=now,
    )


def key_of(headers: Headers, body: Json) -> str:
    """Theirs, the same on a retry; "" when they send none."""
    return headers.get("idempotency-key", "").strip()


def _signature(token: str, raw: bytes) -> str:
    return hmac.new(token.encode(), raw, hashlib.sha256).hexdigest()


def _same(given: str, ours: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), ours.encode())


WEBHOOK = Webhook(read_news, is_theirs, key_of, variable="steadfast_webhook_token")
