"""RedX's notifications: nothing but a token in our address proves them, and they name parcels otherwise than its API.

An address with the token is for RedX's panel alone. A proxy that keeps it out of its log may bring it in a header.
"""

from __future__ import annotations

from dokango.clock import US_PER_S
from dokango.couriers.kind.webhook import Headers, News, Webhook
from dokango.couriers.line import reading

IN_ADDRESS = "token"
IN_HEADERS = ("x-webhook-token", "authorization")
_US_PER_MS = 1_000
_LEAST_MS = 10**11  # what is smaller counts seconds


def read_news(body: reading.Json) -> News:
    """A notification by the names of the webhook, or by those of the API."""
    return News(
        kind="status",
        consignment_id=_consignment(body),
        invoice=reading.text(body.get("invoice_number") or body.get("merchant_invoice_id")),
        status=reading.text(body.get("status")),
        message=reading.text(body.get("message_en"), 1_000) or reading.text(body.get("message_bn"), 1_000),
        updated_at_us=_at_us(body.get("timestamp")),
    )


def key_of(headers: Headers, body: reading.Json) -> str:
    """Parcel, status and time; "" where one of them is missing."""
    parts = (_consignment(body), reading.text(body.get("status")), reading.text(body.get("timestamp")))
    return "/".join(parts) if all(parts) else ""


def _consignment(body: reading.Json) -> str:
    return reading.text(body.get("tracking_number") or body.get("tracking_id"))


def _at_us(value: object) -> int | None:
    """A time as text, or as seconds or milliseconds of the epoch: the format is not stated."""
    told = reading.text(value)
    if told.isascii() and told.isdigit() and len(told) < 15:
        return int(told) * (_US_PER_MS if int(told) >= _LEAST_MS else US_PER_S)
    return reading.time_us(value)


WEBHOOK = Webhook(read_news, key_of=key_of, variable="redx_webhook_token", in_address=IN_ADDRESS, in_headers=IN_HEADERS)
