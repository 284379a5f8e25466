"""Where the list of orders was left, so that the way back to it leads there: its tab, filters, search and page."""

from __future__ import annotations

import reflex as rx


class CameFromState(rx.State):
    """Kept by the tab of the browser, which outlives a restart of the site; emptied with the rest at a sign-out."""

    orders_url: str = rx.SessionStorage("/orders", name="dokango_orders")
