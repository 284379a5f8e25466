"""Writing to the customer of an order: kept on its timeline, and put in the outbox to be delivered."""

from __future__ import annotations

from urllib.parse import quote

from dokango.db import Tx
from dokango.notify.outbox import Telling, tell
from dokango.notify.templates import TEMPLATES
from dokango.orders.book import rows
from dokango.orders.lifecycle.commands import AddNote
from dokango.orders.lifecycle.once import perform_once
from dokango.orders.lifecycle.perform import Context, Done
from dokango.people.phones import international
from dokango.text import plain

TEMPLATE = "message_from_shop"


def message_customer(tx: Tx, context: Context, number: str, words: str) -> Done:
    """Tell the customer `words`, by mail or as far as the shop's channels reach; the timeline keeps them.

    Raises what `perform` raises; pydantic's ValidationError when `words` are empty or too long.
    """
    words = plain(words, lines=True)
    done = perform_once(tx, context, number, AddNote(text=f"To the customer: {words}"))
    if done.event_id:
        order = rows.by_number(tx, number)
        data = {"number": order.number, "name": order.name, "token": order.token}
        data |= {"locale": order.locale, "text": words}
        telling = Telling("customer", TEMPLATE, order.email or order.phone, data, order.phone)
        tell(tx, [telling], order_id=order.id, event_id=done.event_id, now_us=context.clock.now_us())
    return done


def told_of_cancelling(number: str, reason: str, locale: str) -> str:
    """What the customer reads when their order is cancelled for `reason`, without greeting and signature."""
    return TEMPLATES["order_cancelled"].text[locale == "bn"].format(number=number, reason=reason)


def whatsapp_link(phone: str, words: str) -> str:
    """A wa.me link that opens the chat with `words` typed already; `phone` as it is kept (01711000000)."""
    return f"https://wa.me/{international(phone)}?text={quote(words)}"
