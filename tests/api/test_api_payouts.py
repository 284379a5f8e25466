"""Couriers' payouts over HTTP: those that were booked with their lines, and what a courier is asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest

from dokango.couriers import process_desk
from dokango.couriers.desk import CourierDesk
from dokango.payouts.daily import ask_for_payouts
from dokango.people.permissions import Role
from tests.api.conftest import Client
from tests.core.couriered import COD, Couriered
from tests.core.payouts import Paying, as_csv
from tests.small_shop import Shop


async def test_payouts_are_listed_newest_first_and_each_opens_to_its_lines(client: Client, served: Shop) -> None:
    paying = Paying(served)
    order, later = paying.delivered(), paying.delivered()
    paying.book(paying.read(as_csv((paying.name(order), "", 900, 89, 811), ("NOBODYS", "", 500, 60, 440))))
    paying.book(paying.read(as_csv((paying.name(later), "", 900, 89, 811)), "SFC-2"))
    first = (await client.get("/api/v1/payouts?limit=1")).json()
    assert [row["reference"] for row in first["payouts"]] == ["SFC-2"]
    rest = (await client.get(f"/api/v1/payouts?courier=rider&cursor={first['next_cursor']}")).json()
    [payout], here = rest["payouts"], rest["next_cursor"]
    assert (payout["amount_poisha"], payout["open_poisha"], payout["differences"], here) == (125_100, 44_000, 1, None)
    opened = (await client.get(f"/api/v1/payouts/{payout['id']}?limit=1")).json()
    [line] = opened["lines"]
    assert (line["order"], line["verdict"], line["amount_poisha"]) == (order.number, "paid", 81_100)
    [line] = (await client.get(f"/api/v1/payouts/{payout['id']}?cursor={opened['next_cursor']}")).json()["lines"]
    assert (line["order"], line["verdict"], line["open_poisha"]) == (None, "not_ours", 44_000)


async def test_what_belongs_to_no_parcel_is_listed_and_cleared_up_once(client: Client, served: Shop) -> None:
    paying = Paying(served)
    order = paying.delivered()
    paying.book(paying.read(as_csv(("NOBODYS", "", 500, 60, 440))))
    [one] = (await client.get("/api/v1/open-sums")).json()["open_sums"]
    assert (one["left_poisha"], one["name"], one["verdict"]) == (44_000, "NOBODYS", "not_ours")
    url, body = f"/api/v1/open-sums/{one['id']}/assign", {"left_poisha": 44_000, "parcel": order.number}
    done = (await client.post(url, json=body)).json()
    assert (done["order"], done["amount_poisha"], done["left_poisha"]) == (order.number, 44_000, 0)
    assert (await client.post(url, json=body)).status_code == 409
    assert (await client.get("/api/v1/open-sums")).json()["open_sums"] == []
    assert paying.open_poisha() == 0


async def test_a_payout_that_is_not_there_is_not_found(client: Client, served: Shop) -> None:
    assert (await client.get("/api/v1/payouts/77")).status_code == 404


@pytest.mark.parametrize("courier", ["pathao", "nobody"])
async def test_a_courier_that_tells_no_payouts_is_not_found(client: Client, served: Shop, courier: str) -> None:
    assert (await client.post("/api/v1/payouts/ask", json={"courier": courier})).status_code == 404


@pytest.fixture
def beside(served: Shop) -> Iterator[Couriered]:
    """The served shop beside a practice courier."""
    desk = CourierDesk(served.clock, None)
    process_desk.use_desk(desk)
    yield Couriered(served, desk)
    process_desk.use_desk(None)
    desk.close()


def paid_out(beside: Couriered) -> str:
    """A delivered order whose cash the courier has paid out: what it calls that payout."""
    order = beside.shop.bring_to("packed", ("MUG", 1), **COD)
    beside.ship(order)
    beside.move(order, "delivered")
    beside.sync(order)
    made = beside.desk.practice().pay_out()
    assert made is not None
    return str(made["payment_id"])


async def test_a_courier_that_answers_tells_what_nobody_booked_and_the_same_key_asks_once(
    client: Client, beside: Couriered
) -> None:
    first = await asyncio.to_thread(paid_out, beside)
    headers = {"Idempotency-Key": "asked-once"}
    answer = await client.post("/api/v1/payouts/ask", json={"courier": "steadfast"}, headers=headers)
    found = answer.json()
    assert (answer.status_code, found["courier"], found["older"]) == (200, "steadfast", True)
    assert [(one["id"], one["amount_poisha"], one["status"]) for one in found["payouts"]] == [(first, 90_000, "Paid")]
    second = await asyncio.to_thread(paid_out, beside)
    again = await client.post("/api/v1/payouts/ask", json={"courier": "steadfast"}, headers=headers)
    assert again.json() == found
    anew = await client.post("/api/v1/payouts/ask", json={"courier": "steadfast"})
    assert [one["id"] for one in anew.json()["payouts"]] == [second, first]
    past = await client.post("/api/v1/payouts/ask", json={"courier": "steadfast", "page": 2})
    assert (past.json()["payouts"], past.json()["older"]) == ([], False)
    assert (await client.get("/api/v1/payouts")).json()["payouts"] == []


async def test_what_the_daily_round_heard_is_listed_and_set_aside_once(client: Client, beside: Couriered) -> None:
    called = await asyncio.to_thread(paid_out, beside)
    await asyncio.to_thread(ask_for_payouts, beside.desk, beside.shop.db, beside.shop.clock)
    [one] = (await client.get("/api/v1/payouts/told")).json()["payouts"]
    assert (one["reference"], one["courier"], one["source"], one["parcels"]) == (called, "steadfast", "api", 0)
    url = f"/api/v1/payouts/told/{one['id']}/set-aside"
    assert (await client.post(url, json={})).json() == {"id": one["id"]}
    assert (await client.post(url, json={})).status_code == 404
    assert (await client.get("/api/v1/payouts/told")).json() == {"payouts": [], "next_cursor": None}


async def test_a_packer_may_not_set_aside(key_of: Callable[[Role], str], client: Client, beside: Couriered) -> None:
    headers = {"Authorization": f"Bearer {key_of(Role.PACKER)}"}
    assert (await client.post("/api/v1/payouts/told/1/set-aside", json={}, headers=headers)).status_code == 403
    assert (await client.get("/api/v1/payouts/told", headers=headers)).status_code == 403
