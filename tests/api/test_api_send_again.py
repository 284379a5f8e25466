"""A parcel that came back, over HTTP: inspected by line, and sent again."""

from __future__ import annotations

from tests.api.conftest import Client
from tests.small_shop import Shop


async def test_a_parcel_that_came_back_is_inspected_and_sent_again(client: Client, served: Shop) -> None:
    number = served.bring_to("shipped", ("MUG", 2), payment={"method": "cod"}).number
    back = (await client.act(number, "receive_return", inspect_later=True)).json()
    assert (back["status"], back["lines"][0]["to_inspect"], back["shipment"]["carrier"]) == ("returned", 2, "Rider")
    early = await client.act(number, "send_again")
    assert (early.status_code, "inspect" in early.json()["allowed"]) == (409, True)
    lines = [{"sku": "MUG", "quantity": 1, "condition": condition} for condition in ("resell", "damaged")]
    found = (await client.act(number, "inspect", lines=lines)).json()
    assert (found["status"], found["lines"][0]["to_inspect"]) == ("returned", 0)
    assert served.balance("expense:write-off") == 50_000
    again = (await client.act(number, "send_again", key="once")).json()
    assert (again["status"], again["money"], again["shipment"], again["packed"]) == (
        "confirmed",
        "cod_due",
        None,
        False,
    )
    assert (await client.act(number, "send_again", key="once")).json() == again
    for action, body in (("pack", {}), ("ship", {"courier": "manual", "carrier": "Own rider"}), ("deliver", {})):
        answer = await client.act(number, action, **body)
        assert answer.status_code == 200, answer.text
    assert answer.json()["money"] == "cod_with_courier"
    assert served.level("MUG") == (47, 0, 47 * 50_000)


async def test_what_is_short_is_named_when_it_cannot_be_sent_again(client: Client, served: Shop) -> None:
    number = served.bring_to("shipped", ("HONEY", 5), payment={"method": "cod"}).number
    await client.act(number, "receive_return", restock=False)
    refused = await client.act(number, "send_again")
    assert refused.status_code == 409
    assert refused.json()["items"] == [{"sku": "HONEY", "wanted": 5, "available": 2}]


async def test_a_condition_that_nobody_knows_is_refused_by_its_field(client: Client, served: Shop) -> None:
    number = served.bring_to("shipped", ("MUG", 1)).number
    await client.act(number, "receive_return", inspect_later=True)
    wrong = await client.act(number, "inspect", lines=[{"sku": "MUG", "quantity": 1, "condition": "lost"}])
    assert (wrong.status_code, "lines.0.condition" in wrong.json()["fields"]) == (422, True)
