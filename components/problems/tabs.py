"""The tabs of the desk of problems: cases by whose turn it is, and the claims on couriers."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.ui import Tab
from dokango.orders.cases.kinds import CLOSED, STATES
from state.problems.tabs import CLAIMS
from state.problems.text import CLAIMS_PAGE
from state.problems.url import Asked


def tab_row(counts: rx.Var[dict[str, int]], here: rx.Var[str] | str) -> rx.Component:
    """All of them with their live counts, `here` the present one; what is closed is not counted."""
    items = [
        Tab(words, Asked(tab=state).url(), rx.Var.create(here) == state, None if state == CLOSED else counts[state])
        for state, words in STATES.items()
    ]
    items.insert(-1, Tab("Claims", CLAIMS_PAGE, rx.Var.create(here) == CLAIMS, counts[CLAIMS]))
    return ui.tabs(items, label="Problems by whose turn it is")
