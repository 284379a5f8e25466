"""The list of claims on couriers, and the card of those of one order."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.theme import CLAIM_LOOKS
from components.ui import Column
from state.claims.lists import ClaimsState
from state.claims.text import STATES

Words = rx.Var[dict[str, str]]


def claims_header() -> rx.Component:
    """The page's title."""
    return ui.page_header(
        "Claims", subtitle="What couriers owe for what they lost or damaged; the window that ends first stands first."
    )


def claims_list() -> rx.Component:
    """The rows, or what stands in their place."""
    none = ui.empty_state(
        "Nothing is claimed", "A loss is claimed from its row under “Needs us”, or from the order's page.",
        icon="receipt-text",
    )  # fmt: skip
    return ui.followed_list(ClaimsState, _table(), none)


def claim_badge(state: rx.Var[str]) -> rx.Component:
    """Where a claim stands: an icon and a word."""
    return rx.match(state, *[(key, ui.badge(STATES[key], *look)) for key, look in CLAIM_LOOKS.items()], rx.fragment())


def window(row: Words) -> rx.Component:
    """How long the courier still has, else when the claim ended."""
    return rx.cond(
        row["due"] != "",
        rx.el.span(
            rx.icon("clock-alert", size=14, aria_hidden="true"),
            row["due"],
            rx.cond(row["left"] != "", rx.el.span(" · ", row["left"], class_name="dk-subtitle")),
            ui.visually_hidden(rx.Var.create(" · ") + row["exact"]),
            title=row["exact"],
            class_name=rx.cond(row["late"] != "", "pb-due pb-late", "pb-due"),
        ),
        rx.el.span(row["ended"], class_name="dk-age"),
    )


def paper_link(row: Words) -> rx.Component:
    """The claim as one PDF."""
    return ui.link_button(
        "PDF", row["paper"], icon="printer", size="1", inside=False, target="_blank",
        aria_label=rx.Var.create("PDF of the claim for #") + row["number"],
    )  # fmt: skip


def _table() -> rx.Component:
    columns = (
        Column("Answered by"), Column("Order"), Column("Claim"), Column("Courier"), Column("Claimed", align="right"),
        Column("Paid", align="right"), Column("What happened", width="26%"),
        Column("Paper", align="right", hidden=True),
    )  # fmt: skip
    return ui.table(columns, rx.foreach(ClaimsState.rows, _row), caption="Claims")


def _row(row: Words) -> rx.Component:
    return ui.row(
        ui.cell(window(row), lead=True),
        ui.cell(ui.open_link(rx.Var.create("#") + row["number"], row["href"]), lead=True, heading=True),
        ui.cell(rx.el.div(claim_badge(row["state"]), rx.el.div(row["kind"], class_name="dk-subtitle")), label="Claim"),
        ui.cell(
            rx.el.div(row["carrier"], rx.el.div(ui.code(row["code"]), class_name="dk-subtitle")), label="Courier"
        ),
        ui.cell(ui.money(row["claimed"]), label="Claimed", align="right"),
        ui.cell(rx.cond(row["paid"] != "", ui.money(row["paid"]), "nothing yet"), label="Paid", align="right"),
        ui.cell(_words(row), label="What happened"),
        ui.cell(paper_link(row), align="right"),
        fresh=row["fresh"] != "",
        name=row["id"],
    )  # fmt: skip


def _words(row: Words) -> rx.Component:
    return rx.el.div(
        rx.el.q(row["words"], dir="auto"),
        rx.cond(row["how"] != "", rx.el.div(row["how"], class_name="dk-subtitle", dir="auto")),
        rx.el.div(row["photos"], class_name="dk-subtitle"),
        class_name="pb-said",
    )
