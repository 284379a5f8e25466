"""The desk of problems: tabs by whose turn it is, filters, and the cases; what is due first stands first."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.theme import CASE_LOOKS, UNKNOWN_CASE
from components.ui import Column
from dokango.orders.acts.table import ACTS
from dokango.orders.cases.kinds import (
    ASKED_COURIER,
    ASKED_CUSTOMER,
    CLOSED,
    COMING_BACK,
    KINDS,
    NEEDS_US,
    TO_INSPECT,
)
from dokango.people.permissions import Permission
from state.claims.opening import OpenClaimState
from state.kit.session import SessionState
from state.problems.act import ActState
from state.problems.lists import ProblemsState
from state.problems.text import BETWEEN
from state.problems.url import WHO

EMPTY = {
    NEEDS_US: ("Nothing waits for us", "Failed deliveries come here with a deadline and what to do.", "circle-check"),
    ASKED_COURIER: ("No courier is asked", "What a courier was told to do stays here until it is done.", "truck"),
    ASKED_CUSTOMER: ("No customer is asked", "Ask one from “Needs us”; they answer on their order's page.", "user"),
    COMING_BACK: ("No parcel is coming back", "Parcels on their way back stay here until they arrive.", "undo-2"),
    TO_INSPECT: ("No parcel to inspect", "Parcels that came back wait here to be looked at.", "package-search"),
    CLOSED: ("Nothing is closed yet", "What was dealt with is kept here, with its outcome.", "archive"),
}  # fmt: skip
MAY_NOT_ACT = "Your role may not act on problems."
_ANY = ("", "Any")
Row = rx.Var[dict[str, str]]


def header() -> rx.Component:
    """The page's title."""
    return ui.page_header("Problems", subtitle="Failed deliveries, each with a deadline and what comes next.")


def filter_bar() -> rx.Component:
    """Kind, courier and who has it; in the address as soon as they are chosen."""
    return rx.form(
        rx.el.div(
            _choice("Kind", "kind", [(kind.key, kind.label) for kind in KINDS.values()], ProblemsState.kind),
            _choice("Courier", "courier", ProblemsState.couriers, ProblemsState.courier),
            _choice("Who has it", "who", list(WHO.items()), ProblemsState.who),
            ui.action_button("Show", submit=True, icon="list-filter"),
            rx.cond(
                ProblemsState.narrowed,
                ui.link_button("All", ProblemsState.plain_url, icon="x", variant="ghost"),
            ),
            class_name="pb-filters",
        ),
        on_submit=ProblemsState.narrow,
        # one that was drawn for another address does not keep its choices
        key=ProblemsState.plain_url + ProblemsState.kind + ProblemsState.courier + ProblemsState.who,
    )  # fmt: skip


def problem_list() -> rx.Component:
    """The rows, or what stands in their place."""
    return ui.followed_list(ProblemsState, _table(), _nothing())


def may_act() -> rx.Var[str]:
    """Why this user cannot act; empty when they can."""
    return rx.cond(SessionState.may[Permission.SHIP.value], "", MAY_NOT_ACT)


def _choice(
    label: str, name: str, options: list[tuple[str, str]] | rx.Var[list[list[str]]], chosen: rx.Var[str]
) -> rx.Component:
    found = options if isinstance(options, rx.Var) else [_ANY, *options]
    return ui.choice_field(label, name, found, default_value=chosen)


def _nothing() -> rx.Component:
    none = ui.empty_state("Nothing fits these filters", "Take one off, or look in another tab.", icon="list-filter")
    known = [(tab, ui.empty_state(title, what, icon=icon)) for tab, (title, what, icon) in EMPTY.items()]
    return rx.cond(ProblemsState.narrowed, none, rx.match(ProblemsState.tab, *known, none))


def _table() -> rx.Component:
    is_closed = ProblemsState.tab == CLOSED
    columns = (
        Column(rx.cond(is_closed, "Closed", "Due")), Column("Order"), Column("Problem", width="18%"),
        Column("Customer"), Column("What was said", width="24%"), Column("Actions", align="right", hidden=True),
    )  # fmt: skip
    return ui.table(columns, rx.foreach(ProblemsState.rows, _row), caption="Problems")


def _row(row: Row) -> rx.Component:
    return ui.row(
        ui.cell(_due(row), _owner(row), lead=True),
        ui.cell(_number(row), lead=True, heading=True),
        ui.cell(_kind(row), label="Problem"),
        ui.cell(_customer(row), label="Customer"),
        ui.cell(_said(row), label="What was said"),
        ui.cell(_acts(row), align="right"),
        fresh=row["fresh"] != "",
        name=row["id"],
    )


def _due(row: Row) -> rx.Component:
    words = rx.el.span(
        rx.icon("clock-alert", size=14, aria_hidden="true"),
        row["due"],
        ui.visually_hidden(rx.Var.create(" · ") + row["exact"]),
        title=row["exact"],
        class_name=rx.cond(row["late"] != "", "pb-due pb-late", "pb-due"),
    )
    return rx.cond(row["due"] != "", words, rx.el.span(row["ended"], class_name="dk-age"))


def _number(row: Row) -> rx.Component:
    number = ui.open_link(rx.Var.create("#") + row["number"], rx.Var.create("/orders/") + row["number"])
    return rx.cond(row["number"] != "", number, rx.el.span("The shop", class_name="dk-subtitle"))


def _kind(row: Row) -> rx.Component:
    looks = [(kind, ui.badge(row["kind_said"], *look)) for kind, look in CASE_LOOKS.items()]
    return rx.el.div(
        rx.match(row["kind"], *looks, ui.badge(row["kind_said"], *UNKNOWN_CASE)),
        rx.cond(row["tries"] != "", rx.el.div(row["tries"], class_name="dk-subtitle")),
        rx.cond(row["next"] != "", rx.el.div("Next: ", row["next"], class_name="dk-subtitle")),
    )


def _customer(row: Row) -> rx.Component:
    return rx.cond(
        row["number"] != "",
        rx.el.div(
            rx.el.div(row["name"], dir="auto"),
            ui.phone_links(row["phone_shown"], row["phone"]),
            rx.el.div(row["place"], class_name="dk-subtitle", dir="auto"),
            class_name="pb-customer",
        ),
    )


def _said(row: Row) -> rx.Component:
    """The rider's word, and the customer's beside it."""
    return rx.el.div(
        rx.el.div(
            rx.cond(row["carrier"] != "", rx.el.span(row["carrier"], ": ", class_name="dk-subtitle")),
            rx.el.q(row["words"], dir="auto"),
        ),
        rx.cond(
            row["answer"] != "",
            rx.el.div(rx.el.span("Customer: ", class_name="dk-subtitle"), rx.el.q(row["answer"], dir="auto")),
        ),
        rx.cond(row["asking"] != "", rx.el.div(row["asking"], class_name="dk-subtitle")),
        class_name="pb-said",
    )


def _owner(row: Row) -> rx.Component:
    """Who has it while it waits, else what became of it."""
    waits = rx.el.div(
        ui.visually_hidden("Who has it: "), rx.el.span(row["has"], dir="auto"), class_name="dk-subtitle"
    )  # fmt: skip
    ended = rx.el.div(
        rx.el.span(row["outcome"], dir="auto"),
        rx.el.span(" · ", row["ended_by"], class_name="dk-subtitle", dir="auto"),
    )
    return rx.cond(row["due"] != "", waits, ended)


def _acts(row: Row) -> rx.Component:
    """The one to do first, the rest behind the dots."""
    first = ui.action_button(
        row["first_label"], ActState.open(row["id"], row["first"], row["version"]), variant="soft", size="1",
        name=row["id"], reason=may_act(), key="s", custom_attrs={"data-acts": ""},
        aria_label=row["first_label"] + rx.Var.create(" for #") + row["number"],
    )  # fmt: skip
    items = [
        rx.cond(
            row["acts"].contains(f"{BETWEEN}{act.key}{BETWEEN}")
            & ((row["first"] != act.key) | (row["to_claim"] != "") | (row["claim"] != "")),
            ui.menu_item(
                act.label + ("…" if act.asks else ""), ActState.open(row["id"], act.key, row["version"]),
                icon=act.icon, danger=act.danger,
            ),
        )
        for act in ACTS.values()
    ]  # fmt: skip
    menu = ui.more_menu(*items, label="More that can be done")
    return rx.cond(row["first"] != "", rx.el.div(_claim(row, first), menu, class_name="dk-inline pb-acts"))


def _claim(row: Row, first: rx.Component) -> rx.Component:
    """A loss is claimed, and a claim followed, before anything else is done about them; what is `first` otherwise."""
    ask = ui.action_button(
        "Claim it…", OpenClaimState.open(row["number"], row["words"], row["parcel"]), variant="soft", size="1",
        name=row["id"], key="s", custom_attrs={"data-acts": ""},
        aria_label=rx.Var.create("Claim it… for #") + row["number"],
    )  # fmt: skip
    follow = ui.link_button(
        "The claim", row["claim"], size="1", variant="soft", key="s",
        aria_label=rx.Var.create("The claim for #") + row["number"],
    )  # fmt: skip
    return rx.cond(row["to_claim"] != "", ask, rx.cond(row["claim"] != "", follow, first))
