"""The list of customers."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.ui import Column, Tab
from state.customers.lists import TABS, CustomersState, address

Words = rx.Var[dict[str, str]]
S = CustomersState


def customers_list() -> rx.Component:
    """Tabs, rows, or what stands in their place."""
    tabs = [Tab(words, address(tab), S.tab == tab) for tab, words in TABS.items()]
    found = rx.fragment(_table(), ui.pager(S.previous_url, S.next_url))
    return rx.fragment(
        ui.tabs(tabs, label="Customers by what is known of them"),
        rx.cond(S.loading, ui.loading_rows(), rx.cond(S.rows.length() > 0, found, _none())),
    )


def search() -> rx.Component:
    """By number, name or label."""
    return ui.search_box(S.q, S.find, placeholder="search phone, name or label")


def _none() -> rx.Component:
    return rx.cond(
        S.q != "",
        ui.empty_state("Nobody found", "No number, name or label begins so. Try fewer letters.", icon="search"),
        rx.cond(
            S.tab != "",
            ui.empty_state("Nobody here", "No customer is in this list.", icon="users"),
            ui.empty_state("No customers yet", "Who orders stands here, by their phone.", icon="users"),
        ),
    )


def _table() -> rx.Component:
    columns = (
        Column("Customer"), Column("Orders", align="right"), Column("Delivered", align="right"),
        Column("Came back", align="right"), Column("They owe", align="right"), Column("We owe", align="right"),
        Column("Credit", align="right"), Column("Last heard of", align="right"),
    )  # fmt: skip
    return ui.table(columns, rx.foreach(S.rows, _row), caption="Customers")


def _row(row: Words) -> rx.Component:
    return ui.row(
        ui.cell(
            ui.open_link(row["name"], row["href"], dir="auto"),
            rx.el.div(row["phone"], class_name="dk-subtitle"),
            rx.cond(row["labels"] != "", rx.el.div(row["labels"], class_name="dk-subtitle", dir="auto")),
            rx.cond(row["blocked"] != "", ui.badge("Blocked", "red", "ban")),
            lead=True,
            heading=True,
        ),
        ui.cell(row["orders"], label="Orders", align="right"),
        ui.cell(row["delivered"], label="Delivered", align="right"),
        ui.cell(_or_none(row["back"]), label="Came back", align="right"),
        ui.cell(ui.money(_or_none(row["due"])), label="They owe", align="right"),
        ui.cell(ui.money(_or_none(row["refund_due"])), label="We owe", align="right"),
        ui.cell(ui.money(_or_none(row["credit"])), label="Credit", align="right"),
        ui.cell(ui.age(row["age"], row["exact"]), label="Last heard of", align="right"),
        name=row["id"],
    )


def _or_none(words: rx.Var[str]) -> rx.Var[str]:
    return rx.cond(words != "", words, "–")
