"""The site: its pages, its gate, its live refresh, and the HTTP API in front of it all.

To add a page: write `dokango_web/pages/<noun>.py` and add one line to SITE.
"""

from __future__ import annotations

import reflex as rx

from components import theme
from components.ui import desk_script, toaster
from dokango_web.api.app import api_lifespan
from dokango_web.door import through_the_door
from dokango_web.frame import Page
from dokango_web.gate import Gate
from dokango_web.pages import pack, sign_in, stock
from state import feedback, live
from state.sign_in import SignInState
from state.stock import StockState

SITE: tuple[Page, ...] = (
    Page("/pack", pack.page, "Pack", pack.ON_LOAD),
    Page("/sign-in", sign_in.page, "Sign in", SignInState.load),
    Page("/stock", stock.page, "Stock", StockState.load),
)  # fmt: skip

app = rx.App(
    stylesheets=[*theme.STYLESHEETS, "/frame.css", "/owner.css"],
    head_components=[*theme.head(), desk_script()],
    toaster=toaster(),
    backend_exception_handler=feedback.unexpected,
    api_transformer=through_the_door,
)
app.add_middleware(Gate(), index=0)
app.register_lifespan_task(live.run)
app.register_lifespan_task(api_lifespan)
for page in SITE:
    app.add_page(page.build, route=page.route, title=f"{page.title} · DokanGo", on_load=page.on_load)
