"""The scanner's field of the packing page."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.pack.bench import BenchState


def scanner() -> rx.Component:
    """The scanner's field: an item of the open order, or an order to open."""
    return ui.scan_input(
        "Scan an item or an order",
        BenchState.scan,
        placeholder="SKU or order number",
        result=BenchState.said,
        level=BenchState.level,
    )
