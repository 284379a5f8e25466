"""/problems: the desk's second home, for what went wrong on the way."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.claims.opening import open_claim_dialog
from components.problems.act import act_dialog
from components.problems.lists import filter_bar, header, problem_list
from components.problems.tabs import tab_row
from state.problems.lists import ProblemsState

LOADS = [ProblemsState.load]


def page() -> rx.Component:
    """Tabs, filters, the cases, and the dialog of an act over them."""
    tabs = tab_row(ProblemsState.counts, ProblemsState.tab)
    return ui.page(header(), tabs, filter_bar(), problem_list(), act_dialog(), open_claim_dialog())
