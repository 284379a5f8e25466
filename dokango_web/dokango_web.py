"""The site: its pages, its gate, its live refresh, and the HTTP API in front of it all.

To add a page: write `dokango_web/pages/<noun>.py` (what it shows, and what it loads) and add one row to SITE. A row of
the staff's names its entry in the navigation, or says `nav=None`; its frame and its rite come with the row.
"""

from __future__ import annotations

import reflex as rx

from components import theme
from components.ui import connection_band, desk_script, keeping_script, toaster
from dokango.people.permissions import Permission
from dokango_web import letting_go
from dokango_web.api.app import api_lifespan
from dokango_web.background import background_work
from dokango_web.door.events import listen
from dokango_web.door.way_in import through_the_door
from dokango_web.gate import Gate
from dokango_web.opening import open_page
from dokango_web.page import Nav, Page, StaffPage
from dokango_web.pages import (
    account,
    books,
    claims,
    cod,
    customers,
    import_columns,
    insights,
    not_found,
    orders,
    pack,
    problems,
    products,
    settings,
    shipping,
    sign_in,
    sign_in_step,
    stock,
    storefront,
    tracking,
    wallet,
)
from state.kit import feedback, live

SITE: tuple[Page | StaffPage, ...] = (
    Page("/", storefront.home, storefront.SHOP_NAME, storefront.LOAD_HOME),
    Page("/checkout", storefront.checkout, storefront.SHOP_NAME, storefront.LOAD_CHECKOUT),
    Page("/p/[slug]", storefront.product_page, storefront.PRODUCT_TITLE, storefront.LOAD_PRODUCT),
    Page("/t/[link]", tracking.page, tracking.TITLE, tracking.LOAD),
    Page("/track", tracking.lookup_page, storefront.SHOP_NAME, tracking.LOAD_LOOKUP),
    Page("/sign-in", sign_in.page, "Sign in", sign_in.ON_LOAD),
    Page("/sign-in/step", sign_in_step.page, "Sign in", sign_in_step.ON_LOAD),
    StaffPage("/orders", orders.page, "Orders", orders.LOADS,
              nav=Nav("inbox", Permission.VIEW_ORDERS, key="o", foot=True)),
    StaffPage("/orders/[order_number]", orders.review, "Order", orders.REVIEW_LOADS, nav=None),
    StaffPage("/wallet", wallet.page, "Wallet", wallet.LOADS, nav=Nav("wallet", Permission.VERIFY_PAYMENT, key="w")),
    StaffPage("/pack", pack.page, "Pack", pack.LOADS, nav=Nav("package", Permission.PACK, key="p", foot=True)),
    StaffPage("/shipping", shipping.page, "Shipping", shipping.LOADS,
              nav=Nav("truck", Permission.SHIP, key="s", foot=True)),
    StaffPage("/problems", problems.page, "Problems", problems.LOADS,
              nav=Nav("triangle-alert", Permission.VIEW_ORDERS, key="e")),
    StaffPage("/problems/claims", claims.page, "Claims", claims.LOADS, nav=None),
    StaffPage("/problems/claims/[claim_ref]", claims.one, "Claim", claims.CLAIM_LOADS, nav=None),
    StaffPage("/cod", cod.page, "Couriers' cash", cod.LOADS,
              nav=Nav("hand-coins", Permission.SETTLE_COD, key="m")),
    StaffPage("/cod/payouts", cod.payouts, "Payouts", cod.PAYOUTS_LOADS, nav=None),
    StaffPage("/cod/open", cod.open_sums, "To be cleared up", cod.OPEN_LOADS, nav=None),
    StaffPage("/cod/payouts/[payout_ref]", cod.one_payout, "Payout", cod.PAYOUT_LOADS, nav=None),
    StaffPage("/customers", customers.page, "Customers", customers.LOADS,
              nav=Nav("users", Permission.VIEW_CUSTOMERS, key="u")),
    StaffPage("/customers/[customer_phone]", customers.one, "Customer", customers.ONE_LOADS, nav=None),
    StaffPage("/stock", stock.page, "Stock", stock.LOADS, nav=Nav("boxes", Permission.VIEW_STOCK, key="k", foot=True)),
    StaffPage("/products", products.page, "Products", products.LOADS,
              nav=Nav("tag", Permission.EDIT_PRODUCTS, key="r")),
    StaffPage("/products/import", import_columns.page, "Import products", import_columns.LOADS, nav=None),
    StaffPage("/products/[product_ref]", products.product_page, "Product", products.PRODUCT_LOADS, nav=None),
    StaffPage("/insights", insights.page, "Insights", insights.LOADS,
              nav=Nav("chart-column", Permission.SEE_PROFIT, key="i")),
    StaffPage("/books", books.page, "Books", books.LOADS, nav=Nav("book-open", Permission.SEE_BOOKS, key="b")),
    StaffPage("/settings", settings.page, "Settings", settings.LOADS,
              nav=Nav("settings", Permission.EDIT_SETTINGS, key="t")),
    StaffPage("/account", account.page, "Your account", account.LOADS, nav=None),
)  # fmt: skip

app = rx.App(
    stylesheets=[*theme.STYLESHEETS, "/frame.css", "/desk.css", "/owner.css", "/shop.css", "/storefront.css"],
    head_components=[*theme.head(), desk_script(), keeping_script(), rx.el.script(src="/frame.js", type="module")],
    toaster=toaster(),
    extra_app_wraps={(5, "Overlay"): lambda _: rx.fragment(connection_band())},  # instead of Reflex's own toast
    backend_exception_handler=feedback.unexpected,
    api_transformer=through_the_door,
)
listen(app)
app.add_middleware(Gate(), index=0)
app.register_lifespan_task(live.run)
app.register_lifespan_task(letting_go.run)
app.register_lifespan_task(api_lifespan)
app.register_lifespan_task(background_work)
for page in SITE:
    open_page(app, page, SITE)
app.add_page(not_found.page, route="404", title="Not found · DokanGo")
