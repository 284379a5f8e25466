"""GET /messages: what customers were told, and how it ended."""

from __future__ import annotations

from dokango.notify.delivery import Delivery, Post
from dokango.orders.lifecycle.undoable import HELD_S
from dokango.shop.accounts import MailServer
from tests.api.conftest import Client
from tests.small_shop import Shop

URL = "/api/v1/messages"


async def test_each_message_of_an_order_is_listed_with_its_end(client: Client, shop: Shop) -> None:
    first = (await client.place(("SARI", 1), payment={"method": "cod"})).json()["number"]
    await client.place(("SARI", 1), payment={"method": "cod"})
    await client.act(first, "confirm")
    answer = (await client.get(URL, params={"order": first, "state": "waiting"})).json()
    assert [(one["template"], one["order"]) for one in answer["messages"]] == [
        ("order_confirmed", first), ("order_received", first),
    ]  # fmt: skip
    shop.clock.advance(HELD_S)
    Delivery(shop.db, shop.clock, lambda tx: Post(MailServer(), ""), "https://shop.example.com").sort()
    assert (await client.get(URL, params={"state": "waiting"})).json()["messages"] == []
    off = (await client.get(URL, params={"state": "off", "limit": 2})).json()
    assert all("neither a mail server nor" in one["error"] and one["sent_at"] is None for one in off["messages"])
    rest = (await client.get(URL, params={"state": "off", "limit": 2, "cursor": off["next_cursor"]})).json()
    assert (len(off["messages"]), len(rest["messages"]), rest["next_cursor"]) == (2, 1, None)


async def test_a_state_that_is_none_is_refused_with_those_there_are(client: Client) -> None:
    answer = await client.get(URL, params={"state": "kept"})
    assert answer.status_code == 422
    assert "state" in answer.json()["fields"]
