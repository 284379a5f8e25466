"""The books, for the owner: balances, statements, the journal, and the proof that all of it agrees."""

from __future__ import annotations

from collections.abc import Callable

import reflex as rx

from components import ui
from components.owner.books_tables import checks, journal, statement, trial_balance
from components.owner.owner_only import only_for
from components.stock.sheet import sentence
from components.ui.lists.tabs import Tab
from dokango.people.permissions import Permission
from dokango.reports.books.bases import BASES
from dokango.reports.kit.spreadsheet import FILE_KINDS
from state.owner.books import TABS, BooksState

LOADS = [BooksState.load]


def page() -> rx.Component:
    """The books page."""
    return ui.page(
        ui.page_header("Books", subtitle=BooksState.said, more=[_exports()]),
        only_for(
            Permission.SEE_BOOKS,
            ui.tabs(
                [Tab(tab.label, BooksState.tab_urls[tab.key], BooksState.tab == tab.key) for tab in TABS.values()],
                label="Books",
            ),
            rx.cond(BooksState.tab != "check", _asking()),
            rx.cond(BooksState.loading, ui.loading_rows(), _shown()),
        ),
    )


def _shown() -> rx.Component:
    return rx.match(BooksState.tab, *[(key, _BODIES[key]()) for key in TABS], rx.fragment())


def _profit_tab() -> rx.Component:
    state = BooksState
    bases = [Tab(f"As {basis}", state.basis_urls[basis], state.basis == basis) for basis in BASES]
    return rx.fragment(
        ui.tabs(bases, label="When revenue counts"),
        rx.el.p(state.basis_said, class_name="dk-subtitle"),
        statement(
            (("income", "Income"), ("expenses", "Expenses")),
            "Profit",
            "Income less expenses; returns are taken off income.",
            rx.cond(
                state.unconfirmed != "",
                rx.el.p(state.unconfirmed, " of it is of orders not yet confirmed.", class_name="dk-subtitle"),
            ),
        ),
    )


def _sheet_tab() -> rx.Component:
    return statement(
        (("assets", "What the shop has"), ("debts", "What it owes")),
        "Profit so far",
        "What the shop has is always what it owes and the profit so far.",
    )


def _check_tab() -> rx.Component:
    return rx.fragment(
        checks(),
        rx.el.div(
            ui.action_button("Check again", BooksState.check_again, icon="refresh-cw", pending=BooksState.checking)
        ),
    )


_BODIES: dict[str, Callable[[], rx.Component]] = {
    "balances": trial_balance,
    "profit": _profit_tab,
    "sheet": _sheet_tab,
    "journal": journal,
    "check": _check_tab,
}


def _asking() -> rx.Component:
    """The period (or the day), and for the journal an order."""
    asked = BooksState.asked
    return rx.form(
        rx.cond(BooksState.by_period, _day("From", "from", rx.cond(BooksState.bounded, asked["from"], ""))),
        _day(rx.cond(BooksState.by_period, "To", "At the end of"), "to", rx.cond(BooksState.bounded, asked["to"], "")),
        rx.cond(
            BooksState.tab == "journal",
            ui.text_field(
                "Order", "order", default_value=asked["order"], key=asked["order"], size="2", max_length=20,
                placeholder="1042", error=sentence(BooksState.errors, "order"),
            ),
        ),
        rx.cond(BooksState.narrowed != "", rx.cond(BooksState.tab == "journal", _narrowed())),
        ui.action_button("Show", submit=True, variant="soft"),
        on_submit=BooksState.choose,
        class_name="ow-asking",
    )  # fmt: skip


def _day(label: str | rx.Var[str], name: str, value: rx.Var[str]) -> rx.Component:
    return ui.text_field(
        label, name, type="date", default_value=value, key=value, size="2", error=sentence(BooksState.errors, name)
    )


def _narrowed() -> rx.Component:
    return ui.filter_chip(BooksState.narrowed, rx.redirect("/books?tab=journal"))


def _exports() -> rx.Component:
    links = [
        ui.link_button(
            kind.upper(), BooksState.exports[kind], icon="download", inside=False, colour="gray", download=True
        )
        for kind in FILE_KINDS
    ]
    return rx.cond((BooksState.tab != "check") & ~BooksState.loading, rx.el.div(*links, class_name="dk-inline"))
