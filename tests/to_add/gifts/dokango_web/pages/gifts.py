"""/gifts: what is to be wrapped."""

from __future__ import annotations

import reflex as rx
from state.gifts import GiftsState

from components import ui

LOADS = [GiftsState.load]


def page() -> rx.Component:
    """The page of gifts."""
    return ui.page(ui.page_header("Gifts"), ui.action_button("Wrap", GiftsState.wrap))
