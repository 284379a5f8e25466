"""Claims on couriers in process: a loss is claimed from its row, counted down in the list, and ended on its page."""

from __future__ import annotations

import pytest

from dokango.orders import Done
from dokango.orders.lifecycle import commands as c
from dokango_web.dokango_web import app
from state.claims.claim import ClaimState
from state.claims.ending import EndClaimState
from state.claims.lists import ClaimsState
from state.claims.opening import OpenClaimState
from state.kit import live
from state.orders.order import OrderState
from state.problems.lists import ProblemsState
from tests.core.test_claims import claim, refused
from tests.small_shop import Shop
from tests.state.desk import Browser, Desk

SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LIST, DAY_S = "/problems/claims", 86_400


async def tab_on(desk: Desk, address: str, role: str = "owner") -> Browser:
    tab = await desk.browser(role)
    await tab.arrive(address)
    return tab


def lost(shop: Shop) -> Done:
    order = shop.bring_to("shipped", ("MUG", 2), payment={"method": "cod"})
    shop.do(order, c.LoseParcel(reason="not in any hub"))
    return order


@SQLITE_ALONE
async def test_a_loss_is_claimed_from_its_row_and_the_claim_is_followed_from_its_case(desk: Desk, shop: Shop) -> None:
    order = lost(shop)
    tab = await tab_on(desk, "/problems?kind=to_claim")
    [row] = tab.sees(ProblemsState, "rows")
    assert (row["number"], row["to_claim"], row["kind_said"]) == (order.number, "1", "Loss to claim")
    await tab.call(OpenClaimState.open, number=row["number"], said=row["words"], parcel=row["parcel"])
    assert (tab.sees(OpenClaimState, "claimed"), tab.sees(OpenClaimState, "lines")[0]["units"]) == ("1,600", "2")
    form = {
        "press": tab.sees(OpenClaimState, "press"), "loss": "lost", "claimed_poisha": "", "words": "",
        "claimed MUG": "3", "packed_g": "x", "parcel": row["parcel"],
    }  # fmt: skip
    await tab.call(OpenClaimState.send, form=tab.shown(OpenClaimState, form))
    assert {name for name, said in tab.sees(OpenClaimState, "errors").items() if said} == {
        "claimed_poisha", "words", "packed_g",
    }  # fmt: skip
    form |= {"claimed_poisha": "1,600", "words": "Gone", "packed_g": "900"}
    await tab.call(OpenClaimState.send, form=tab.shown(OpenClaimState, form))
    assert "Only 2 of MUG" in tab.sees(OpenClaimState, "errors")["lines"]
    await tab.call(OpenClaimState.send, form=tab.shown(OpenClaimState, {**form, "claimed MUG": "২"}))
    assert tab.told[-1].startswith("৳1,600 is claimed")
    address = tab.redirects[-1]
    await tab.arrive("/problems?tab=asked_courier")
    assert [row["claim"] for row in tab.sees(ProblemsState, "rows")] == [address]
    assert tab.sees(ProblemsState, "counts")["claims"] == 1
    await tab.arrive(address)
    assert (tab.sees(ClaimState, "claim")["packed_g"], tab.sees(ClaimState, "lines")[0]["quantity"]) == (
        "900 g",
        "2 of 2",
    )


@SQLITE_ALONE
async def test_what_waits_stands_first_by_the_end_of_its_window_and_what_is_closed_below(
    desk: Desk, shop: Shop
) -> None:
    orders = [lost(shop) for _ in range(4)]
    opened = []
    for order in orders:
        opened.append(claim(shop, order))
        shop.clock.advance(DAY_S)
    refused(shop, opened[0])
    shop.clock.advance(DAY_S)
    refused(shop, opened[2])
    shop.clock.advance(4 * DAY_S)
    tab = await tab_on(desk, LIST)
    rows = tab.sees(ClaimsState, "rows")
    assert [row["number"] for row in rows] == [orders[at].number for at in (1, 3, 2, 0)]
    assert [bool(row["late"]) for row in rows] == [True, False, False, False]
    assert (rows[0]["due"], rows[1]["left"], rows[2]["due"]) == ("late 24 h 0 m", "23 h 59 m left", "")
    late = claim(shop, lost(shop))
    await live.refresh(app, {"orders"})
    assert tab.sees(ClaimsState, "news") == "1 more claim"
    await tab.call(ClaimsState.bring_in)
    assert str(late.id) in [row["id"] for row in tab.sees(ClaimsState, "rows")]


@SQLITE_ALONE
async def test_what_came_in_is_typed_not_taken_from_what_is_claimed(desk: Desk, shop: Shop) -> None:
    opened = claim(shop, lost(shop))
    tab = await tab_on(desk, f"{LIST}/{opened.id}")
    other = await tab_on(desk, LIST)
    await tab.call(EndClaimState.ask_pay, claim_id=str(opened.id))
    form = tab.shown(EndClaimState, {"press": tab.sees(EndClaimState, "press"), "amount_poisha": ""})
    await tab.call(EndClaimState.pay, form=form)
    assert tab.sees(EndClaimState, "errors")["amount_poisha"]
    await tab.call(EndClaimState.pay, form={**form, "amount_poisha": "700", "reason": "half was insured"})
    assert tab.told == ["৳700 is booked: paid in part."]
    await live.refresh(app, {"orders"})
    assert (tab.sees(ClaimState, "claim")["state"], other.sees(ClaimsState, "rows")[0]["fresh"]) == ("part_paid", "1")
    await tab.call(EndClaimState.ask_refuse, claim_id=str(opened.id))
    sent = tab.shown(EndClaimState, {"press": tab.sees(EndClaimState, "press"), "reason": "no"})
    await tab.call(EndClaimState.refuse, form=sent)
    assert "closed already: part paid" in tab.sees(EndClaimState, "failure")


@SQLITE_ALONE
async def test_an_orders_page_says_what_is_claimed_and_offers_it_where_a_courier_had_the_parcel(
    desk: Desk, shop: Shop
) -> None:
    order, waits = lost(shop), shop.bring_to("packed", ("MUG", 1))
    tab = await tab_on(desk, f"/orders/{order.number}")
    assert (tab.sees(OrderState, "claims"), tab.sees(OrderState, "claimable_from")) == ([], "Rider")
    opened = claim(shop, order)
    await tab.arrive(f"/orders/{order.number}")
    assert [row["href"] for row in tab.sees(OrderState, "claims")] == [f"{LIST}/{opened.id}"]
    assert tab.sees(OrderState, "claimable_from") == ""
    await tab.arrive(f"/orders/{waits.number}")
    assert tab.sees(OrderState, "claimable_from") == ""


@SQLITE_ALONE
@pytest.mark.parametrize("address", ["0", "x", "999999", "9" * 40, "১"])
async def test_an_address_that_is_no_claims_says_so(desk: Desk, shop: Shop, address: str) -> None:
    tab = await tab_on(desk, f"{LIST}/{address}")
    assert "list of claims" in tab.sees(ClaimState, "missing")
