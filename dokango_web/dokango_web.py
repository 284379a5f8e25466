"""The site: its pages, its gate, its live refresh, and the HTTP API in front of it all.

To add a page: write `dokango_web/pages/<noun>.py` (its `page`, and its `ON_LOAD`: a handler, or a list of them) and add
one line to SITE.
"""

from __future__ import annotations

import reflex as rx

from components import theme
from components.ui import connection_band, desk_script, toaster
from dokango_web.api.app import api_lifespan
from dokango_web.background import background_work
from dokango_web.door import through_the_door
from dokango_web.frame import Page
from dokango_web.gate import Gate
from dokango_web.pages import (
    books,
    insights,
    not_found,
    orders,
    pack,
    products,
    settings,
    shipping,
    sign_in,
    stock,
    storefront,
    tracking,
)
from state.kit import feedback, live

SITE: tuple[Page, ...] = (
    Page("/", storefront.home, storefront.SHOP_NAME, storefront.LOAD_HOME),
    Page("/checkout", storefront.checkout, storefront.SHOP_NAME, storefront.LOAD_CHECKOUT),
    Page("/p/[slug]", storefront.product_page, storefront.PRODUCT_TITLE, storefront.LOAD_PRODUCT),
    Page("/t/[link]", tracking.page, tracking.TITLE, tracking.LOAD),
    Page("/track", tracking.lookup_page, storefront.SHOP_NAME, tracking.LOAD_LOOKUP),
    Page("/orders", orders.page, "Orders", orders.ON_LOAD),
    Page("/orders/[order_number]", orders.review, "Order", orders.REVIEW_ON_LOAD),
    Page("/pack", pack.page, "Pack", pack.ON_LOAD),
    Page("/shipping", shipping.page, "Shipping", shipping.ON_LOAD),
    Page("/products", products.page, "Products", products.ON_LOAD),
    Page("/products/[product_ref]", products.product_page, "Product", products.PRODUCT_ON_LOAD),
    Page("/settings", settings.page, "Settings", settings.ON_LOAD),
    Page("/sign-in", sign_in.page, "Sign in", sign_in.ON_LOAD),
    Page("/books", books.page, "Books", books.ON_LOAD),
    Page("/insights", insights.page, "Insights", insights.ON_LOAD),
    Page("/stock", stock.page, "Stock", stock.ON_LOAD),
)  # fmt: skip

app = rx.App(
    stylesheets=[*theme.STYLESHEETS, "/frame.css", "/desk.css", "/owner.css", "/shop.css", "/storefront.css"],
    head_components=[*theme.head(), desk_script(), rx.el.script(src="/frame.js", type="module")],
    toaster=toaster(),
    extra_app_wraps={(5, "Overlay"): lambda _: rx.fragment(connection_band())},  # instead of Reflex's own toast
    backend_exception_handler=feedback.unexpected,
    api_transformer=through_the_door,
)
app.add_middleware(Gate(), index=0)
app.register_lifespan_task(live.run)
app.register_lifespan_task(api_lifespan)
app.register_lifespan_task(background_work)
for page in SITE:
    title = f"{page.title} · DokanGo" if isinstance(page.title, str) else page.title
    app.add_page(page.build, route=page.route, title=title, on_load=page.on_load)
app.add_page(not_found.page, route="404", title="Not found · DokanGo")
