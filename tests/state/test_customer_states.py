"""The customers' states against what no page of ours would send: other people's links, odd numbers, odd shapes."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from sqlalchemy import func, select, update

from dokango.catalogue.models import Variant
from dokango.db import table_of
from dokango.orders import Context, perform
from dokango.orders.book.models import Order
from dokango.orders.lifecycle import commands as c
from dokango.orders.placing.checkout_form import Placed, place_once, wanted_of
from dokango.paging import CARDS
from dokango.people.actor import Actor, customer
from dokango.people.throttle import Throttle
from dokango_web.dokango_web import app
from state.kit import live
from state.store import track_lookup
from state.store.cart import CartState
from state.store.checkout import CheckoutState
from state.store.storefront import ProductState, StorefrontState
from state.store.track_lookup import LookupState
from state.store.tracking import TrackingState
from tests.core.shop_to_buy_from import FORM, open_shop
from tests.state.desk import Browser, Desk

SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
pytestmark = SQLITE_ALONE
_O, _V = table_of(Order), table_of(Variant)
_STORAGE = "reflex___state____state.reflex___state____update_vars_internal_state.update_vars_internal"
ODD: tuple[Any, ...] = (-1, 0, 1.5, 10**9, True, "1", None, float("nan"), {"$ne": ""}, [1], "‮<script>")
PLACING = {"name": "Rahima Akter", "phone": "01711000000", "line": "House 7", "email": "", "note": ""}


def place(desk: Desk, key: str = "k", **form: str) -> Placed:
    """An order of another visitor."""
    wanted = wanted_of({**FORM, **form}, {"SARI-RED": 1})
    return desk.db.write(lambda tx: place_once(tx, Context(customer("Rahima"), desk.clock), key, wanted, locale="en"))


async def shopping(desk: Desk, kept: dict[str, Any]) -> Browser:
    """A visitor at the checkout whose browser says that this is in the cart."""
    visitor = await desk.browser()
    await visitor.arrive("/checkout")
    cart = {f"{CartState.get_full_name()}.kept_rx_state_": json.dumps(kept)}
    await visitor.send(_STORAGE, {"vars": cart})
    assert visitor.sees(CartState, "kept") == json.dumps(kept)
    return visitor


async def presses(visitor: Browser, **typed: str) -> None:
    """The checkout's button, under the total that stands on the screen."""
    await visitor.call(CheckoutState.place, form={"shown": visitor.sees(CheckoutState, "shown"), **PLACING, **typed})


def orders(desk: Desk) -> int:
    """How many orders there are."""
    return int(desk.db.read(lambda tx: tx.value(select(func.count()).select_from(_O))))


async def test_odd_quantities_from_a_crafted_event_change_nothing(desk: Desk) -> None:
    open_shop(desk.db, desk.clock)
    visitor = await desk.browser()
    await visitor.arrive("/p/jamdani-sari")
    for by in ODD:
        await visitor.call(ProductState.step, by=by)
        assert visitor.sees(ProductState, "quantity") in (1, 2, 3)  # -1 is a step of ours; true and "1" are read as 1
    for sku in ODD:
        await visitor.call(ProductState.choose, sku=sku)
        assert visitor.sees(ProductState, "sku") == "SARI-RED"
    await visitor.call(ProductState.add)
    for by in (-2, 10**9, 1.5, {"$ne": ""}, [1], None):
        before = visitor.sees(CartState, "count")
        await visitor.call(CheckoutState.change, sku="SARI-RED", by=by)
        assert visitor.sees(CartState, "count") in (before, before + 1)


@pytest.mark.parametrize("kept", [{"SARI-RED": -5}, {"SARI-RED": 10**12}, {"SARI-RED": 0.5}, {"x" * 5_000: 1}, [1]])
async def test_a_forged_cart_orders_nothing(desk: Desk, kept: Any) -> None:
    open_shop(desk.db, desk.clock)
    visitor = await shopping(desk, kept)
    await visitor.call(CheckoutState.choose_district, district="Dhaka")
    await visitor.call(CheckoutState.choose_method, method="cod")
    await presses(visitor)
    assert orders(desk) == 0


async def test_a_price_or_a_total_that_a_browser_sends_is_not_looked_at(desk: Desk) -> None:
    open_shop(desk.db, desk.clock)
    visitor = await shopping(desk, {"SARI-RED": 1})
    await visitor.call(CheckoutState.choose_district, district="Dhaka")
    await visitor.call(CheckoutState.choose_method, method="cod")
    forged = {"total": "1", "price_poisha": "1", "lines": "[]", "status": "paid", "channel": "counter"}
    await presses(visitor, **forged)
    total = desk.db.read(lambda tx: tx.one(select(_O.c.total_poisha, _O.c.status, _O.c.channel, _O.c.money)))
    assert tuple(total) == (256_000, "pending", "storefront", "cod_due")
    assert visitor.redirects[-1].startswith("/t/")


async def test_what_stood_on_the_screen_is_what_is_ordered_though_the_server_knew_more(desk: Desk) -> None:
    open_shop(desk.db, desk.clock)
    visitor = await shopping(desk, {"SARI-RED": 1})
    await visitor.call(CheckoutState.choose_district, district="Dhaka")
    seen = visitor.sees(CheckoutState, "shown")
    desk.db.write(lambda tx: tx.run(update(_V).where(_V.c.sku == "SARI-RED").values(price_poisha=260_000)))
    await visitor.call(CheckoutState.choose_method, method="cod")  # its answer is on the way when the button is pressed
    assert visitor.sees(CheckoutState, "failure").startswith("The total changed since you looked: it is ৳2,660 now.")
    for shown in (seen, "", "260000 Dhaka 1", "nothing"):
        await presses(visitor, shown=shown)
        assert orders(desk) == 0
        assert visitor.sees(CheckoutState, "failure").startswith("The total changed since you looked")
    await presses(visitor)
    assert orders(desk) == 1


async def test_a_district_chosen_a_moment_ago_may_be_pressed_before_its_charge_is_seen(desk: Desk) -> None:
    open_shop(desk.db, desk.clock)
    visitor = await shopping(desk, {"SARI-RED": 1})
    await visitor.call(CheckoutState.choose_method, method="cod")
    seen = visitor.sees(CheckoutState, "shown")
    await visitor.call(CheckoutState.choose_district, district="Dhaka")
    await presses(visitor, shown=seen)
    assert orders(desk) == 1


@pytest.mark.parametrize("act", ["quantity", "district", "back"])
async def test_a_total_that_the_customer_changed_is_not_called_changed(desk: Desk, act: str) -> None:
    open_shop(desk.db, desk.clock)
    visitor = await shopping(desk, {"SARI-RED": 1})
    await visitor.call(CheckoutState.choose_district, district="Dhaka")
    if act == "quantity":
        await visitor.call(CheckoutState.change, sku="SARI-RED", by=1)
    else:
        await visitor.call(CheckoutState.choose_district, district="Sylhet")
    if act == "back":
        await visitor.call(CheckoutState.choose_district, district="Dhaka")
    assert visitor.sees(CheckoutState, "failure") == ""


async def test_odd_forms_are_told_by_field_and_nothing_is_written(desk: Desk) -> None:
    open_shop(desk.db, desk.clock)
    visitor = await shopping(desk, {"SARI-RED": 1})
    for value in ODD:
        await visitor.call(CheckoutState.choose_district, district=value)
        await visitor.call(CheckoutState.choose_method, method=value)
        await visitor.call(CheckoutState.place, form=dict.fromkeys(PLACING, value))
        await visitor.call(CheckoutState.place, form=value)
        assert visitor.sees(CheckoutState, "pending") is False
    assert orders(desk) == 0
    errors = visitor.sees(CheckoutState, "errors")
    assert errors["phone"] and errors["district"] and errors["method"]


async def test_an_order_is_reached_by_its_link_alone(desk: Desk, manager: Actor) -> None:
    open_shop(desk.db, desk.clock)
    mine, theirs = place(desk, "mine"), place(desk, "theirs", name="Somebody Else")
    visitor = await desk.browser()
    await visitor.arrive(f"/t/{mine.token}")
    assert visitor.sees(TrackingState, "order")["number"] == mine.number
    await visitor.call(TrackingState.cancel, form={"why": "mind", "number": theirs.number, "token": theirs.token})
    statuses = desk.db.read(lambda tx: dict(tx.rows(select(_O.c.number, _O.c.status))))
    assert statuses == {mine.number: "cancelled", theirs.number: "pending"}
    assert not any("Somebody Else" in sent for sent in visitor.received)
    for path in (f"/t/{theirs.token[:-1]}", f"/t/{theirs.number}", "/t/", "/t/%25"):
        await visitor.arrive(path)
        assert visitor.sees(TrackingState, "found") is False
        assert visitor.sees(TrackingState, "order") == {"title": ""}


async def test_a_refusal_names_no_staff_no_other_order_and_no_page_of_theirs(desk: Desk, manager: Actor) -> None:
    open_shop(desk.db, desk.clock)
    first, second = place(desk, "a"), place(desk, "b")
    paid = c.VerifyPayment(method="bkash", transaction_id="BLU1H6X8AA", amount_poisha=256_000)
    desk.db.write(lambda tx: perform(tx, Context(manager, desk.clock), first.number, paid))
    visitor = await desk.browser()
    await visitor.arrive(f"/t/{second.token}")
    await visitor.call(TrackingState.send_trx_id, form={"trx_id": "BLU1H6X8AA"})
    assert visitor.told[-1] == "This TrxID was already used for another order. Send the one of this payment."
    desk.db.write(
        lambda tx: perform(tx, Context(manager, desk.clock), second.number, c.AddNote(text="rude on the phone"))
    )
    await visitor.call(TrackingState.cancel, form={"why": "mind"})
    assert visitor.told[-1].startswith("The order changed while you looked at it.")
    everything = " ".join([*visitor.told, *visitor.received])
    assert not any(secret in everything for secret in (manager.name, "rude on the phone", f"#{first.number}"))


async def test_a_suspicious_hold_and_the_goods_cost_stay_with_the_staff(desk: Desk, manager: Actor) -> None:
    open_shop(desk.db, desk.clock)
    placed = place(desk, method="cod")
    for command in (c.Hold(reason="suspicious"), c.Release(), c.Confirm(), c.Pack(),
                    c.Ship(courier="manual", carrier="Sundarban"), c.Deliver()):  # fmt: skip
        desk.db.write(lambda tx, command=command: perform(tx, Context(manager, desk.clock), placed.number, command))
    visitor = await desk.browser()
    await visitor.arrive(f"/t/{placed.token}")
    everything = " ".join(visitor.received)
    assert "Delivered. Thank you!" in everything
    assert not any(word in everything for word in ("suspicious", "125000", "1,250", "handed_over", manager.name))


@pytest.mark.parametrize("typed", ["1001", "#1001", "# ১০০১", "１００１", "\u200e1001\u200e"])
async def test_an_order_is_looked_up_by_its_number_in_any_digits(desk: Desk, typed: str) -> None:
    open_shop(desk.db, desk.clock)
    place(desk)
    visitor = await desk.browser()
    await visitor.arrive("/track")
    await visitor.call(LookupState.find, form={"number": typed, "phone": "01711000000"})
    assert [url[:3] for url in visitor.redirects] == ["/t/"]


async def test_looking_up_is_throttled_and_says_when_to_come_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    open_shop(desk.db, desk.clock)
    placed = place(desk)
    monkeypatch.setattr(track_lookup, "TRACK_BY_NETWORK", Throttle("3 per 10 minutes"))
    monkeypatch.setattr(track_lookup, "TRACK_BY_NUMBER", Throttle("100 per 1 hour"))
    visitor = await desk.browser()
    await visitor.arrive("/track")
    for tried in range(3):
        await visitor.call(LookupState.find, form={"number": placed.number, "phone": f"0181100000{tried}"})
        assert visitor.sees(LookupState, "failure").startswith("No order has this number")
    await visitor.call(LookupState.find, form={"number": placed.number, "phone": "01711000000"})
    assert visitor.sees(LookupState, "failure").startswith("Too many tries from here. Wait 10 minutes")
    assert visitor.redirects == []


async def test_the_shelf_goes_on_where_it_ended_and_then_stops(desk: Desk) -> None:
    open_shop(desk.db, desk.clock, copies=10)
    visitor = await desk.browser()
    await visitor.arrive("/?category=")
    first = [card["slug"] for card in visitor.sees(StorefrontState, "cards")]
    assert (len(first), visitor.sees(StorefrontState, "previous_url")) == (CARDS, "")
    await visitor.arrive(visitor.sees(StorefrontState, "next_url"))
    rest = [card["slug"] for card in visitor.sees(StorefrontState, "cards")]
    assert (len({*first, *rest}), visitor.sees(StorefrontState, "next_url")) == (30, "")
    await visitor.arrive(visitor.sees(StorefrontState, "previous_url"))
    assert [card["slug"] for card in visitor.sees(StorefrontState, "cards")] == first


async def test_a_shop_that_sells_nothing_yet_says_so(desk: Desk) -> None:
    visitor = await desk.browser()
    await visitor.arrive("/?q=x&category=" + "y" * 500)
    assert visitor.sees(StorefrontState, "cards") == []
    assert visitor.sees(StorefrontState, "loaded") is True


async def test_an_order_that_changes_is_shown_anew_without_being_asked(desk: Desk, manager: Actor) -> None:
    open_shop(desk.db, desk.clock)
    placed = place(desk, method="cod")
    desk.db.write(lambda tx: tx.run(update(_O).where(_O.c.number == placed.number).values(locale="bn")))
    visitor = await desk.browser()
    await visitor.arrive(f"/t/{placed.token}")
    desk.db.write(lambda tx: perform(tx, Context(manager, desk.clock), placed.number, c.Confirm()))
    await live.refresh(app, {f"order:{placed.number}"})
    await asyncio.sleep(0.05)
    assert visitor.sees(TrackingState, "order")["standing"] == "Confirmed. We are packing it."
