"""Pathao's notifications: the secret itself in a header, answered with 202 and a header of its own."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from dokango.couriers.kind.webhook import WHO, Headers, News, Reply, Webhook
from dokango.couriers.line import reading
from dokango.couriers.pathao.keys import FIXED_ANSWER, AnswerWith
from dokango.couriers.pathao.words import event_of, read_leg
from dokango.money import taka

PROOF = "x-pathao-signature"
ANSWER = "X-Pathao-Merchant-Webhook-Integration-Secret"
OWN_TOKEN = "webhook_token"  # noqa: S105  the name of the field
_TAKEN = Reply(202, {"message": "Webhook received."})


def is_theirs(headers: Headers, raw: bytes, token: str) -> bool:
    """They send the secret as it is; there is no signature over the body."""
    return hmac.compare_digest(headers.get(PROOF, "").encode(errors="replace"), token.encode())


def read_news(body: reading.Json) -> News:
    """A notification of either form. What a parcel's way back says counts as it came: no call tells of it."""
    event = event_of(body)
    is_order = event.of == "order"
    leg = read_leg(event.word, body.get("return_type")) if is_order else None
    return News(
        kind=reading.text(body.get("event")) or event.word,
        consignment_id=reading.text(body.get("consignment_id")),
        invoice=reading.text(body.get("merchant_order_id")),
        status=_hint(event.word, body) if is_order and leg is None else "",
        message=_riders_words(event.word, body),
        updated_at_us=reading.time_us(body.get("timestamp")) or reading.time_us(body.get("updated_at")),
        counts=leg,
        collected_poisha=reading.poisha(body.get("collected_amount")),
        charge_poisha=reading.poisha(body.get("delivery_fee")),
        payout_id=reading.text(body.get("invoice_id")),
        stale_list="store" if event.of == "store" else "",
    )


def key_of(headers: Headers, body: reading.Json) -> str:
    """What stays the same when they send it again; "" for what names no parcel."""
    consignment_id = reading.text(body.get("consignment_id"))
    at = reading.text(body.get("timestamp") or body.get("updated_at"))
    return f"{consignment_id}/{event_of(body).word}/{at}" if consignment_id and at else ""


def adorn(keys: Mapping[str, str], is_theirs: bool) -> Headers:
    """Every answer bears Pathao's value; where the shop's own token is wanted, only who knows it hears it."""
    own = keys.get("answer_with") == AnswerWith.OWN.value
    if own:
        return {ANSWER: keys.get(OWN_TOKEN, "")} if is_theirs else {}
    return {ANSWER: FIXED_ANSWER}


def _riders_words(word: str, body: reading.Json) -> str:
    """Why, as the rider says; and what was collected where that is for a person to settle."""
    reason = reading.text(body.get("reason"), 1_000)
    collected = reading.poisha(body.get("collected_amount"))
    if collected is None or word not in _SETTLED_BY_A_PERSON:
        return reason
    return f"{reason} Collected {taka(collected)}.".strip()


def _hint(word: str, body: reading.Json) -> str:
    """The word that the order info will show, to know whether it shows it yet. A payout is no place of a parcel."""
    if word == "paid":
        return ""
    said = reading.text(body.get("order_status_slug") or body.get("order_status"))
    return said or _SLUGS.get(word, word)


_SETTLED_BY_A_PERSON = ("partial_delivery", "paid_return", "exchange", "exchanged")
_SLUGS = {"created": "pending", "updated": "pending", "returned": "return", "exchanged": "exchange"}
WEBHOOK = Webhook(
    read_news, is_theirs, key_of, thanks=_TAKEN, refused=WHO, brings=OWN_TOKEN, variable="pathao_webhook_token",
    adorn=adorn,
)  # fmt: skip
