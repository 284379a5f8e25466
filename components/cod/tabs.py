"""The tabs of couriers' cash."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.ui import Tab

HELD, PAYOUTS, OPEN = "held", "payouts", "open"
TABS = {HELD: ("Held", "/cod"), PAYOUTS: ("Payouts", "/cod/payouts"), OPEN: ("To be cleared up", "/cod/open")}


def tab_row(here: str) -> rx.Component:
    """All of them, `here` the present one."""
    return ui.tabs([Tab(words, href, here == key) for key, (words, href) in TABS.items()], label="Couriers' cash")
