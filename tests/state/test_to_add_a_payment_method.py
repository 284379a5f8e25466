"""A payment method that is one row is on every page: from the settings and the checkout to refunds and receipts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from components.orders.dialogs import order_dialogs
from components.orders.entry import entry_dialog
from components.orders.filters import filter_bar
from components.orders.verify import verify_dialog
from components.settings.shop import payments_part
from components.stock.dialogs import receive_dialog
from dokango.orders.lifecycle import commands as c
from dokango.payments.methods import Method
from dokango.people.actor import Actor
from dokango.shop.profile import load_profile
from dokango_web.routes.store.tracking import tracking_page
from state.kit.language import COOKIE
from state.orders.lists import OrdersState
from state.orders.order import OrderState
from state.orders.steps import OrderStepsState
from state.orders.verify import VerifyState
from state.pack.bench import BenchState
from state.settings.shop import SettingsState
from state.stock.receive import ReceiveState
from state.store.checkout import CheckoutState
from state.store.tracking import TrackingState
from tests.new_methods import ACCOUNTS, NEW, add_methods
from tests.small_shop import PROFILE, Shop, open_shop
from tests.state.desk import Desk

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
EACH = pytest.mark.parametrize("method", NEW, ids=lambda method: str(method.kind))
TRX_ID = "UPQ7H1X8AA21"


@pytest.fixture(autouse=True)
def _rows(monkeypatch: pytest.MonkeyPatch) -> None:
    add_methods(monkeypatch)


@pytest.fixture
def shop(desk: Desk, owner: Actor) -> Shop:
    """The small shop under the desk, which has said where the new methods are paid to."""
    found = open_shop(desk.db, desk.clock, owner)
    found.set_profile(wallets={**PROFILE.wallets, **ACCOUNTS})
    return found


def place(shop: Shop, method: Method) -> Any:
    return shop.place(("MUG", 2), payment={"method": method.key})


@SQLITE
@EACH
async def test_the_owner_sets_where_it_is_paid_to(desk: Desk, shop: Shop, method: Method) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=payments")
    form = tab.sees(SettingsState, "form")
    assert (f"{method.key}_kind" in form, f"{method.key}_number" in form) == (True, True)
    number = "01811-000000" if method.is_wallet else "Padma Bank, 77 88 99"
    await tab.call(SettingsState.save_payments, form={**form, f"{method.key}_number": number})
    assert tab.sees(SettingsState, "errors") == {}
    saved = desk.db.read(load_profile).wallets[method.key].number
    assert saved == ("01811000000" if method.is_wallet else number)


@SQLITE
@EACH
async def test_a_visitor_chooses_it_at_the_checkout(desk: Desk, shop: Shop, method: Method) -> None:
    visitor = await desk.browser()
    await visitor.arrive("/checkout")
    await visitor.call(CheckoutState.choose_method, method=method.key)
    assert visitor.sees(CheckoutState, "method") == method.key
    offer = next(offer for offer in visitor.sees(CheckoutState, "offers") if offer["key"] == method.key)
    assert (offer["label"], offer["number"]) == (method.label, ACCOUNTS[method.key].number)


@SQLITE
@EACH
async def test_a_customer_names_its_trx_id_and_staff_verify_it(desk: Desk, shop: Shop, method: Method) -> None:
    done = place(shop, method)
    visitor = await desk.browser()
    await visitor.arrive(f"/t/{shop.order(done).token}")
    assert visitor.sees(TrackingState, "wallet") == method.key
    await visitor.call(TrackingState.send_trx_id, form={"trx_id": TRX_ID})
    assert method.label in visitor.sees(TrackingState, "order")["claim"]

    tab = await desk.browser("manager")
    await tab.call(VerifyState.show, number=done.number)
    assert tab.sees(VerifyState, "claim")["method"] == method.label
    await tab.call(VerifyState.choose_wallet, method="nagad")
    await tab.call(VerifyState.choose_wallet, method=method.key)
    assert tab.sees(VerifyState, "method") == method.key
    await tab.call(VerifyState.receive, form=tab.shown(VerifyState, {"received": "1700", "trx": TRX_ID}))
    assert shop.order(done).money == "paid"
    assert shop.balance(method.pocket.account) > 0


@SQLITE
@EACH
@pytest.mark.parametrize("locale", ["en", "bn"])
async def test_the_orders_page_says_it_without_javascript_too(
    desk: Desk, shop: Shop, method: Method, locale: str
) -> None:
    done = place(shop, method)
    site = httpx.ASGITransport(Starlette(routes=[Route("/t/{token}", tracking_page)]))
    async with httpx.AsyncClient(transport=site, base_url="http://shop", cookies={COOKIE: locale}) as visitor:
        page = await visitor.get(f"/t/{shop.order(done).token}")
    assert page.status_code == 200
    assert f"{method.said(locale)}: " in page.text and ACCOUNTS[method.key].number in page.text


@SQLITE
@EACH
async def test_every_page_calls_it_by_its_name(desk: Desk, shop: Shop, method: Method) -> None:
    done = place(shop, method)
    shop.do(done, c.VerifyPayment(method=method.key, transaction_id=TRX_ID, amount_poisha=180_000))
    shop.do(done, c.Confirm())
    tab = await desk.browser("owner")
    await tab.arrive(f"/orders?tab=all&method={method.key}")
    assert [(row["number"], row["method"]) for row in tab.sees(OrdersState, "rows")] == [(done.number, method.label)]
    assert method.label in str(tab.sees(OrdersState, "chips"))
    await tab.arrive(f"/orders/{done.number}")
    assert tab.sees(OrderState, "order")["method"] == method.label
    await tab.arrive(f"/pack?order={done.number}")
    assert tab.sees(BenchState, "head")["payment"] == f"Paid · {method.label}"


@SQLITE
@EACH
async def test_a_refund_and_goods_are_paid_from_its_pocket(desk: Desk, shop: Shop, method: Method) -> None:
    done = place(shop, method)
    done = shop.do(done, c.VerifyPayment(method=method.key, transaction_id=TRX_ID, amount_poisha=180_000))
    pocket = method.pocket
    before = shop.balance(pocket.account)
    tab = await desk.browser("owner")
    await tab.arrive(f"/orders/{done.number}")
    await tab.call(OrderStepsState.ask, dialog="refund", number=done.number, version=done.version)
    typed = {"method": pocket.key, "amount_poisha": "100", "reference": "SENT123456"}
    await tab.call(OrderStepsState.refund, form=tab.shown(OrderStepsState, typed))
    await tab.arrive("/stock")
    await tab.call(ReceiveState.open, sku="MUG")
    form = {"sku-1": "MUG", "quantity-1": "2", "cost-1": "50", "paid_from": pocket.key}
    await tab.call(ReceiveState.submit, form=form)
    assert shop.balance(pocket.account) == before - 10_000 - 10_000
    assert shop.order(done).money == "paid"


@pytest.mark.parametrize(
    ("draw", "name"),
    [
        (payments_part, lambda method: method.label),
        (verify_dialog, lambda method: method.label),
        (filter_bar, lambda method: method.label),
        (entry_dialog, lambda method: method.label),
        (order_dialogs, lambda method: method.pocket.label),
        (receive_dialog, lambda method: method.pocket.account_name),
    ],
    ids=["settings", "verify", "filters", "entry", "refund", "receive"],
)
def test_it_stands_in_each_list_to_choose_from(draw: Callable[[], Any], name: Callable[[Method], str]) -> None:
    drawn = str(draw())
    assert [method.key for method in NEW if f'"{name(method)}"' not in drawn] == []
