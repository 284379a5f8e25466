"""Orders over HTTP: placing, reading, listing, and the steps of their lives."""

from __future__ import annotations

import pytest

from dokango.errors import InvalidInput
from dokango.orders.lifecycle import commands as c
from dokango.people.actor import Actor
from tests.api.conftest import Client
from tests.small_shop import Shop


async def test_an_order_lives_from_placing_to_profit_by_the_design_s_figures(client: Client, served: Shop) -> None:
    placed = await client.place(("SARI", 2))
    assert placed.status_code == 201, placed.text
    order = placed.json()
    number = order["number"]
    assert (order["total_poisha"], order["due_poisha"], order["money"], order["status"]) == (
        250_000, 250_000, "unpaid", "pending",
    )  # fmt: skip
    paid = await client.act(
        number, "verify_payment", method="bkash", transaction_id="BKA1234567", amount_poisha=250_000
    )
    assert paid.json()["money"] == "paid"
    assert served.balance("cash:bkash") == 250_000
    for action, body, status in (
        ("confirm", {}, "confirmed"),
        ("pack", {}, "confirmed"),
        ("ship", {"courier": "manual", "carrier": "Sundarban", "tracking_code": "SB-1"}, "shipped"),
        ("deliver", {}, "delivered"),
    ):
        answer = await client.act(number, action, **body)
        assert (answer.status_code, answer.json()["status"]) == (200, status), answer.text
    assert served.balance("expense:cogs") == 180_000
    assert served.level("SARI") == (18, 0, 18 * 90_000)
    read = (await client.get(f"/api/v1/orders/{number}")).json()
    assert read == answer.json()
    assert [event["to"] for event in read["events"]] == [
        "pending", None, "confirmed", None, "shipped", "delivered",
    ]  # fmt: skip
    assert read["shipment"]["tracking_code"] == "SB-1"


async def test_a_list_is_newest_first_and_its_pages_join_without_a_gap(client: Client, served: Shop) -> None:
    numbers = [served.place(("MUG", 1)).number for _ in range(7)]
    joined, cursor = [], ""
    while True:
        page = (await client.get(f"/api/v1/orders?limit=3&cursor={cursor}")).json()
        joined += page["orders"]
        served.place(("MUG", 1))  # a new order on top moves nothing further down
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert [order["number"] for order in joined] == numbers[::-1]
    assert joined[0] == (await client.get(f"/api/v1/orders/{numbers[-1]}")).json()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=pending", {"claimed", "cod"}),
        ("status=shipped", {"shipped"}),
        ("money=claimed", {"claimed"}),
        ("money=cod_due", {"cod"}),
        ("money=paid", {"shipped"}),
        ("status=pending&money=cod_due", {"cod"}),
        ("q=CLAIMED123", {"claimed"}),
        ("q=01833000000", {"cod"}),
        ("q=Jasim", {"cod"}),
        ("q=1001", {"claimed"}),
        ("q=%231001", {"claimed"}),
        ("q=nobody", set()),
    ],
)
async def test_a_list_is_narrowed_by_status_money_and_words(
    client: Client, served: Shop, query: str, found: set[str]
) -> None:
    claim = {"method": "bkash", "transaction_id": "CLAIMED123"}
    named = {
        served.place(("MUG", 1), payment=claim).number: "claimed",
        served.place(
            ("MUG", 1), payment={"method": "cod"}, customer={"name": "Jasim Uddin", "phone": "01833000000"}
        ).number: "cod",
        served.bring_to("shipped").number: "shipped",
    }
    orders = (await client.get(f"/api/v1/orders?{query}")).json()["orders"]
    assert {named[order["number"]] for order in orders} == found


async def test_a_stale_version_is_refused_with_the_order_as_it_is_and_who_changed_it(
    client: Client, served: Shop, manager: Actor
) -> None:
    order = (await client.place(("MUG", 1))).json()
    served.do(order["number"], c.Hold(reason="address"), actor=manager)
    answer = await client.act(order["number"], "cancel", reason="twice", version=order["version"])
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["changed_by"]) == (409, "stale-version", manager.name)
    assert (problem["order"]["held"], problem["order"]["version"]) == ("address", order["version"] + 1)
    again = await client.act(order["number"], "cancel", reason="twice", version=problem["order"]["version"])
    assert again.json()["status"] == "cancelled"


async def test_what_is_not_allowed_now_says_what_is(client: Client) -> None:
    number = (await client.place(("MUG", 1))).json()["number"]
    answer = await client.act(number, "ship", courier="manual", carrier="Rider")
    assert (answer.status_code, answer.json()["code"]) == (409, "refused")
    assert set(answer.json()["allowed"]) >= {"verify_payment", "hold", "cancel"}
    assert "confirm" not in answer.json()["allowed"]


async def test_short_goods_are_named_and_nothing_is_reserved(client: Client, served: Shop) -> None:
    answer = await client.place(("HONEY", 8), ("MUG", 1))
    assert answer.status_code == 409
    assert answer.json()["items"] == [{"sku": "HONEY", "wanted": 8, "available": 7}]
    assert served.level("MUG")[1] == served.level("HONEY")[1] == 0


async def test_a_trx_id_settles_one_order_only(client: Client) -> None:
    paid = {"method": "bkash", "transaction_id": "ONCE111111", "amount_poisha": 90_000}
    first, second = [(await client.place(("MUG", 1))).json()["number"] for _ in range(2)]
    assert (await client.act(first, "verify_payment", **paid)).status_code == 200
    answer = await client.act(second, "verify_payment", **paid)
    assert (answer.status_code, answer.json()["order"]) == (409, first)


async def test_a_cancelled_order_s_payment_is_refunded_and_never_more(client: Client, served: Shop) -> None:
    number = served.settle(served.place(("MUG", 1))).number
    cancelled = (await client.act(number, "cancel", reason="changed their mind")).json()
    assert (cancelled["money"], cancelled["refund_due_poisha"]) == ("refund_due", 90_000)
    more = await client.act(number, "refund", method="bkash", amount_poisha=90_001, reference="SENT123456")
    assert more.status_code == 409
    refunded = (await client.act(number, "refund", method="bkash", amount_poisha=90_000, reference="SENT123456")).json()
    assert (refunded["money"], refunded["refund_due_poisha"]) == ("refunded", 0)
    assert served.balance("cash:bkash") == 0


async def test_goods_of_a_delivered_order_come_back_line_by_line(client: Client, served: Shop) -> None:
    number = served.bring_to("delivered", ("MUG", 3)).number
    lines = [{"sku": "MUG", "quantity": 1, "restock": True}, {"sku": "MUG", "quantity": 1, "restock": False}]
    order = (await client.act(number, "receive_return", lines=lines)).json()
    assert (order["status"], order["refund_due_poisha"], order["lines"][0]["returned_quantity"]) == (
        "delivered", 160_000, 2,
    )  # fmt: skip
    assert served.level("MUG")[0] == 48


async def test_a_claim_waits_and_its_rejection_leaves_the_order_unpaid(client: Client) -> None:
    order = (await client.place(("MUG", 1), payment={"method": "bkash", "transaction_id": "abc 123 4567"})).json()
    assert (order["money"], order["payment"]["claim"]["transaction_id"]) == ("claimed", "ABC1234567")
    rejected = (await client.act(order["number"], "reject_claim", reason="not in our wallet")).json()
    assert (rejected["money"], rejected["payment"]["claim"]) == ("unpaid", None)


async def test_an_action_without_a_body_is_as_good_as_an_empty_object(client: Client) -> None:
    number = (await client.place(("MUG", 1), payment={"method": "cod"})).json()["number"]
    answer = await client.post(f"/api/v1/orders/{number}/actions/confirm")
    assert (answer.status_code, answer.json()["money"]) == (200, "cod_due")


async def test_a_program_may_name_a_wallet_that_the_storefront_does_not_offer(
    client: Client, served: Shop, buyer: Actor
) -> None:
    served.set_profile(wallets={})
    assert (await client.place(("MUG", 1), payment={"method": "bkash"})).status_code == 201
    with pytest.raises(InvalidInput):
        served.place(("MUG", 1), actor=buyer)


@pytest.mark.parametrize("typed", ["+880 1711-222333", "বেগম রহিমা", "র", "১০০১", "#1001", "blu1h6 x8aa", "2333"])
async def test_q_reads_what_people_type(client: Client, served: Shop, typed: str) -> None:
    buyer = {"name": "রহিমা বেগম", "phone": "01711222333"}
    served.place(("MUG", 1), customer=buyer, payment={"method": "bkash", "transaction_id": "BLU1H6X8AA"})
    served.place(("MUG", 1), customer={"name": "Karim Uddin", "phone": "01988776655"})
    answer = await client.get("/api/v1/orders", params={"q": typed})
    assert [order["number"] for order in answer.json()["orders"]] == ["1001"]


async def test_an_event_says_what_kind_of_actor_acted(client: Client) -> None:
    number = (await client.place(("MUG", 1))).json()["number"]
    events = (await client.get(f"/api/v1/orders/{number}")).json()["events"]
    assert [(event["actor"], event["actor_kind"]) for event in events] == [("key test owner", "api_key")]


async def test_packing_names_the_lines_of_the_checklist(client: Client, served: Shop) -> None:
    served.set_profile(pack_checklist="required")
    number = (await client.place(("SARI", 2), payment={"method": "cod"})).json()["number"]
    await client.act(number, "confirm")
    refused = await client.act(number, "pack")
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["checks"])
    odd = await client.act(number, "pack", checks=["gilded"])
    assert (odd.status_code, "gilded" in odd.json()["fields"]["checks"]) == (422, True)
    packed = await client.act(number, "pack", checks=["condition", "padding", "slip", "sealed", "label"])
    assert (packed.status_code, packed.json()["packed"]) == (200, True)
    assert packed.json()["events"][-1]["note"].endswith("checked condition, padding, slip, sealed, label")
