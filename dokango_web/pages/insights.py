"""Insights, for the owner: one row of figures, the charts, and what is going wrong; every figure opens to its rows."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.owner.insights_parts import bar_drawer, charts, figures, small_lists, wrong
from components.owner.owner_only import only_for
from components.stock.sheet import sentence
from components.ui.lists.tabs import Tab
from dokango.people.permissions import Permission
from dokango.reports.books.bases import BASES
from dokango.reports.books.profit import GROUPINGS
from state.owner.insights import RANGES, InsightsState

LOADS = [InsightsState.load]


def page() -> rx.Component:
    """The owner's page."""
    return rx.fragment(
        ui.page(
            ui.page_header("Insights", subtitle=InsightsState.said),
            only_for(
                Permission.SEE_PROFIT,
                _periods(),
                rx.cond(
                    InsightsState.loading,
                    ui.loading_rows(),
                    rx.fragment(figures(), wrong(), charts(), small_lists()),
                ),
            ),
        ),
        bar_drawer(),
    )


def _periods() -> rx.Component:
    state = InsightsState
    ranges = [Tab(label, state.range_urls[key], state.range_key == key) for key, label in RANGES]
    bases = [Tab(f"As {basis}", state.basis_urls[basis], state.basis == basis) for basis in BASES]
    groupings = [Tab(f"By {by}", state.by_urls[by], state.by == by) for by in GROUPINGS]
    return rx.el.div(
        ui.tabs(ranges, label="Periods"),
        ui.tabs(groupings, label="By day or month"),
        ui.tabs(bases, label="When revenue counts"),
        rx.form(
            _day("From", "from", state.asked["from"]),
            _day("To", "to", state.asked["to"]),
            ui.action_button("Show", submit=True, variant="soft"),
            on_submit=state.choose,
            class_name="ow-asking ow-asking-short",
        ),
        rx.el.p(state.basis_said, class_name="dk-subtitle ow-basis"),
        class_name="ow-periods",
    )


def _day(label: str, name: str, value: rx.Var[str]) -> rx.Component:
    return ui.text_field(
        label, name, type="date", default_value=value, key=value, size="2", error=sentence(InsightsState.errors, name)
    )
