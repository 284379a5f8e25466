"""Payment instructions go out once more: amount, number, reference and link, and only while something is to be paid."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from dokango.db import table_of
from dokango.errors import Conflict
from dokango.notify.messages import Letterhead, render_short
from dokango.notify.models import Message
from dokango.orders import Context
from dokango.orders.customer.instructions import send_instructions
from tests.small_shop import Shop

_M = table_of(Message)
BKASH: dict[str, Any] = {"payment": {"method": "bkash"}}


def sent(shop: Shop) -> list[Any]:
    return shop.db.read(lambda tx: tx.rows(select(*_M.c).where(_M.c.template == "message_from_shop")))


def send(shop: Shop, number: str, version: int) -> None:
    context = Context(shop.owner, shop.clock, version)
    shop.db.write(lambda tx: send_instructions(tx, context, number))


def test_what_is_due_is_told_with_number_reference_and_link(shop: Shop) -> None:
    order = shop.order(shop.place(("MUG", 1), **BKASH))
    send(shop, order.number, order.version)
    (message,) = sent(shop)
    words = render_short(message.template, message.data, Letterhead("Shop", "", "https://shop.example.com"))
    assert f"Please send Tk 900 by bKash to 01700000001, with {order.number} as the reference" in words
    assert f"https://shop.example.com/t/{order.token}" in words


def test_pressed_twice_it_is_told_once(shop: Shop) -> None:
    order = shop.order(shop.place(("MUG", 1), **BKASH))
    send(shop, order.number, order.version)
    send(shop, order.number, order.version)
    assert len(sent(shop)) == 1


@pytest.mark.parametrize(
    ("status", "changes"),
    [("pending", {"payment": {"method": "cod"}}), ("confirmed", BKASH), ("cancelled", BKASH), ("delivered", BKASH)],
)
def test_who_owes_nothing_before_delivery_is_told_nothing(shop: Shop, status: str, changes: dict[str, Any]) -> None:
    order = shop.order(shop.bring_to(status, ("MUG", 1), **changes))
    with pytest.raises(Conflict, match="waits for no payment"):
        send(shop, order.number, order.version)
    assert sent(shop) == []
