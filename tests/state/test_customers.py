"""Customers in process: the list, one page, and what is done there about the customer who is on the screen."""

from __future__ import annotations

import pytest

from dokango.customers import acts
from dokango.orders.lifecycle import commands as c
from dokango_web.dokango_web import app
from state.customers.acts import CustomerActsState, CustomerNoteState
from state.customers.customer import CustomerState
from state.customers.lists import CustomersState
from state.kit import live
from state.orders.entry import OrderEntryState
from state.orders.order import OrderState
from tests.small_shop import Shop
from tests.state.desk import Browser, Desk

SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PHONE = "01711000000"


async def tab_on(desk: Desk, address: str, role: str = "owner") -> Browser:
    tab = await desk.browser(role)
    await tab.arrive(address)
    return tab


@SQLITE_ALONE
async def test_the_list_is_narrowed_and_searched_by_its_address(desk: Desk, shop: Shop) -> None:
    shop.place(("MUG", 1))
    shop.bring_to("returned", ("MUG", 1), customer={"name": "Karim Uddin", "phone": "01811000000"})
    tab = await tab_on(desk, "/customers")
    assert {row["name"] for row in tab.sees(CustomersState, "rows")} == {"Rahima Akter", "Karim Uddin"}
    await tab.arrive("/customers?tab=owed")
    [row] = tab.sees(CustomersState, "rows")
    assert (row["name"], row["refund_due"], row["back"]) == ("Karim Uddin", "৳900", "1 of 1 · 100 %")
    await tab.call(CustomersState.find, typed="rahima")
    assert tab.redirects[-1] == "/customers?tab=owed&q=rahima"
    await tab.arrive("/customers?q=rahima")
    assert [row["href"] for row in tab.sees(CustomersState, "rows")] == [f"/customers/{PHONE}"]


@SQLITE_ALONE
async def test_a_customers_page_is_filled_and_follows_their_orders(desk: Desk, shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    tab = await tab_on(desk, "/customers/+8801711000000")
    seen = tab.sees(CustomerState, "customer")
    assert (seen["phone_said"], seen["owes"]) == ("01711-000000", "They owe ৳900 of open orders.")
    shop.settle(order)
    await live.refresh(app, {"orders"})
    assert tab.sees(CustomerState, "customer")["owes"] == "Nobody owes anything."
    await tab.arrive("/customers/nobody")
    assert "There is no customer nobody." in tab.sees(CustomerState, "missing")


@SQLITE_ALONE
async def test_notes_labels_and_blocks_are_of_the_customer_that_the_form_shows(desk: Desk, shop: Shop) -> None:
    shop.place(("MUG", 1))
    tab = await tab_on(desk, f"/customers/{PHONE}")
    await tab.call(CustomerNoteState.write, form={"phone": PHONE, "words": "  "})
    assert tab.sees(CustomerNoteState, "errors")["words"] == "Write what is to be remembered."
    await tab.call(CustomerNoteState.write, form={"phone": PHONE, "words": "rings twice"})
    await tab.call(CustomerActsState.ask_label, phone=PHONE, labels="")
    await tab.call(CustomerActsState.label, form=pressed(tab, labels="press, , Eid 2026,press"))
    await tab.call(CustomerActsState.ask_block, phone=PHONE)
    await tab.call(CustomerActsState.block, form=pressed(tab, reason=""))
    assert tab.sees(CustomerActsState, "errors")["reason"]
    await tab.call(CustomerActsState.block, form=pressed(tab, reason="never at home"))
    assert tab.told[-1] == "01711-000000 is blocked. They are not told."
    await live.refresh(app, {"customers"})
    assert tab.sees(CustomerState, "labels") == ["Eid 2026", "press"]
    assert tab.sees(CustomerState, "customer")["blocked"] == "never at home"
    words = [note["words"] for note in tab.sees(CustomerState, "notes")]
    assert words == ["Blocked: never at home", "Labels: Eid 2026, press", "rings twice"]
    await tab.call(CustomerActsState.ask_unblock, phone=PHONE)
    await tab.call(CustomerActsState.unblock, form=pressed(tab))
    assert tab.told[-1] == "01711-000000 is no longer blocked."


@SQLITE_ALONE
async def test_a_viewer_sees_a_customer_and_blocks_nobody(desk: Desk, shop: Shop) -> None:
    shop.place(("MUG", 1))
    tab = await tab_on(desk, f"/customers/{PHONE}", "viewer")
    assert tab.sees(CustomerState, "customer")["orders"] == "1"
    await tab.call(CustomerActsState.ask_block, phone=PHONE)
    assert tab.told == ["Your role may not do this (block customers). Ask the owner."]


@SQLITE_ALONE
async def test_an_order_and_a_new_one_show_their_buyer_at_one_glance(desk: Desk, shop: Shop) -> None:
    shop.do(shop.bring_to("returned", ("MUG", 1)), c.KeepAsCredit())
    order = shop.place(("MUG", 1))
    shop.db.write(lambda tx: acts.block(tx, acts.By(shop.owner, shop.clock), PHONE, acts.Block(reason="never at home")))
    tab = await tab_on(desk, f"/orders/{order.number}")
    await tab.call(OrderEntryState.show)
    await tab.call(OrderEntryState.know, phone="+880 1711-000000")
    for state in (OrderState, OrderEntryState):
        words = [line["words"] for line in tab.sees(state, "glance")]
        assert words == [
            "Blocked by Olin Owner: never at home",
            "2 orders: 0 delivered, 1 came back (100 %).",
            "Credit: ৳900, to pay an order with.",
        ]


def pressed(tab: Browser, **typed: str) -> dict[str, str]:
    return {"phone": tab.sees(CustomerActsState, "phone"), "press": tab.sees(CustomerActsState, "press"), **typed}
