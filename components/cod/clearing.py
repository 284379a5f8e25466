"""What is to be cleared up, and the dialog that does it."""

from __future__ import annotations

import reflex as rx

from components import ui
from dokango.payouts.clearing import ASSIGNED, GIVEN_BACK, SET_OFF
from state.cod.clearing import ClearUpState as S
from state.cod.clearing import OpenSumsState

Words = rx.Var[dict[str, str]]


def open_sums() -> rx.Component:
    """What is left by courier, and each sum with what can be done about it."""
    columns = [
        ui.Column("Sum", align="right"), ui.Column("Payout"), ui.Column("Courier"), ui.Column("It names"),
        ui.Column("Why"), ui.Column("Clear it up", hidden=True),
    ]  # fmt: skip
    return rx.cond(
        OpenSumsState.loading,
        ui.loading_rows(),
        rx.cond(
            OpenSumsState.rows.length() > 0,
            rx.el.div(
                rx.el.ul(rx.foreach(OpenSumsState.totals, _total), class_name="dk-stack"),
                ui.table(columns, rx.foreach(OpenSumsState.rows, _row), caption="Sums to be cleared up"),
                ui.pager(OpenSumsState.previous_url, OpenSumsState.next_url),
                class_name="dk-stack",
            ),
            ui.empty_state(
                "Nothing is to be cleared up", "What a payout pays for no parcel of yours waits here.",
                icon="circle-check",
            ),
        ),
    )  # fmt: skip


def clear_up_dialog() -> rx.Component:
    """What is asked, then what it would write, then done."""
    return ui.dialog(
        "Clear it up",
        ui.sent_form(
            S,
            S.clear,
            ui.form_error(S.failure),
            rx.cond(S.would == "", _asked(), _looked()),
            ui.dialog_foot(
                ui.action_button(
                    rx.cond(S.would == "", "Look at it", "Book it"), submit=True, variant="solid", pending=S.pending
                )
            ),
            custom_attrs={"noValidate": True},
        ),
        is_open=S.is_open,
        on_open_change=S.close,
        description=S.about,
        width="480px",
    )


def _asked() -> rx.Component:
    return rx.match(
        S.act,
        (
            GIVEN_BACK,
            ui.text_field("Reference", "reference", error=S.errors["reference"], max_length=120,
                          hint="Of the payment back to the courier, or of its payment here."),
        ),
        (SET_OFF, ui.choice_field("Against", "against", S.others, error=S.errors["against"])),
        ui.text_field("Order or parcel", "parcel", required=True, error=S.errors["parcel"], auto_complete="off",
                      max_length=60, hint="As much of it is booked there as its courier still owes for it."),
    )  # fmt: skip


def _looked() -> rx.Component:
    return rx.fragment(
        rx.el.p(S.would, role="status", class_name="dk-strong"),
        rx.el.ul(
            rx.foreach(
                S.postings,
                lambda row: rx.el.li(row["amount"], " · ", row["debit"], " ← ", row["credit"], class_name="dk-hint"),
            )
        ),
    )


def _total(row: Words) -> rx.Component:
    return rx.el.li(
        row["courier"], ": ", rx.link(row["left"], href=row["href"], underline="always"), " · ", row["sums"],
        rx.el.span(" (below 0: the courier took it)", class_name="dk-subtitle"),
    )  # fmt: skip


def _row(row: Words) -> rx.Component:
    return ui.row(
        ui.cell(ui.money(row["left"], strong=True), label="Sum", align="right", lead=True),
        ui.cell(
            rx.link(row["reference"], href=row["href"]), rx.el.div(row["day"], class_name="dk-subtitle"),
            label="Payout", heading=True,
        ),
        ui.cell(row["courier"], label="Courier"),
        ui.cell(ui.code(row["name"]), label="It names"),
        ui.cell(ui.check_line("warn", row["verdict"]), rx.el.div(row["words"], class_name="dk-hint"), label="Why"),
        ui.cell(
            rx.el.div(
                ui.action_button("Assign…", S.show(row["id"], ASSIGNED), size="1"),
                ui.action_button("Give back…", S.show(row["id"], GIVEN_BACK), size="1"),
                ui.action_button("Set off…", S.show(row["id"], SET_OFF), size="1"),
                class_name="dk-inline",
            )
        ),
        name=row["id"],
    )  # fmt: skip
