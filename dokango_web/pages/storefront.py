"""The storefront: the shelf, one product, the checkout."""

from __future__ import annotations

import reflex as rx

from components.store.checkout import checkout as checkout_form
from components.store.frame import go, icon, say, store_page
from components.store.products import category_links, product, search_form, shelf
from state.store.checkout import CheckoutState
from state.store.storefront import ProductState, ShopState, StorefrontState

SHOP_NAME = ShopState.shop["name"]
PRODUCT_TITLE = ProductState.product["title"]
LOAD_HOME, LOAD_PRODUCT, LOAD_CHECKOUT = StorefrontState.load, ProductState.load, CheckoutState.load


def home() -> rx.Component:
    """`/`: everything the shop sells."""
    return store_page(
        rx.cond(ShopState.shop["about"] != "", rx.el.p(ShopState.shop["about"], class_name="sf-about sf-lead")),
        rx.el.div(search_form(), category_links(), class_name="sf-find"),
        shelf(),
        ready=StorefrontState.loaded,
        reload=StorefrontState.load,
        home=True,
    )


def product_page() -> rx.Component:
    """`/p/‹slug›`: one product."""
    return store_page(_back(), product(), ready=ProductState.loaded, reload=ProductState.load)


def checkout() -> rx.Component:
    """`/checkout`: cart and order form in one."""
    return store_page(
        _back(),
        rx.el.h1(say("checkout"), class_name="sf-title"),
        checkout_form(),
        ready=CheckoutState.loaded,
        reload=CheckoutState.load,
    )


def _back() -> rx.Component:
    return go(icon("arrow-left"), say("to_shop"), to="/", class_name="sf-back")
