"""Couriers' payouts over HTTP: those that were booked with their lines, and what a courier is asked for."""

from __future__ import annotations

import pytest

from tests.api.conftest import Client
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
