"""The wallet page's paste, and its lines with the orders they pay."""

from __future__ import annotations

import reflex as rx

from components import ui
from dokango.orders.reading.evidence_lists import BOOKED, NOBODYS, OUT, WAITING
from state.wallet.assign import AssignState
from state.wallet.inbox import WalletState as W
from state.wallet.out import MoneyOutState
from state.wallet.photos import PhotosState
from state.wallet.settle import GiveBackState, KeepState

Words = rx.Var[dict[str, str]]


def paste_card() -> rx.Component:
    """Where messages go in: one or two hundred at once, of any wallet."""
    return ui.card(
        ui.sent_form(
            W,
            W.bring,
            ui.form_error(W.failure),
            ui.text_area_field(
                "Messages of the wallets", "pasted", error=W.errors.get("pasted", ""), rows="4",
                placeholder="You have received Tk 500.00 from 01711000000 …",
                hint="bKash, Nagad and Rocket, mixed, as they are on the phone. Nothing is booked by this.",
                key=W.pastes.to_string(),
            ),
            rx.el.div(
                ui.action_button("Bring in", submit=True, variant="solid", icon="inbox", pending=W.pending),
                class_name="sh-save",
            ),
            custom_attrs={"noValidate": True},
        ),
        title="Bring messages in",
    )  # fmt: skip


def lines() -> rx.Component:
    """The lines of the tab."""
    money = (W.tab == WAITING) | (W.tab == NOBODYS) | (W.tab == BOOKED)
    return rx.cond(money, _payments(), _others())


def _payments() -> rx.Component:
    columns = [
        ui.Column("Payment"), ui.Column("From"), ui.Column("Amount", align="right"), ui.Column("Order"),
        ui.Column("When", align="right"),
    ]  # fmt: skip
    return ui.table(columns, rx.foreach(W.rows, _payment), caption="Payments that the wallets told of, newest first")


def _payment(row: Words) -> rx.Component:
    return ui.row(
        ui.cell(
            rx.el.div(row["wallet"]), rx.el.div(ui.code(row["trx_id"])), _photos_of(row), lead=True, heading=True,
        ),
        ui.cell(
            row["sender"], rx.cond(row["reference"] != "", rx.el.div(row["reference"], class_name="dk-hint")),
            label="From",
        ),
        ui.cell(ui.money(row["amount"]), label="Amount", align="right"),
        ui.cell(
            rx.cond(
                row["order"] != "",
                rx.fragment(
                    ui.open_link(f"#{row['order']}", f"/orders/{row['order']}"),
                    ui.check_line(row["level"], row["words"]),
                ),
                rx.el.span(row["words"], class_name="dk-hint"),
            ),
            rx.cond(
                W.tab == NOBODYS,
                rx.el.div(
                ui.action_button("Book on an order…", AssignState.show(row["id"]), name=row["id"],
                                 aria_label=rx.Var.create("Book on an order: ") + row["trx_id"]),
                ui.action_button("Give back…", GiveBackState.show(row["id"]), name=f"{row['id']}-back",
                                 aria_label=rx.Var.create("Give back: ") + row["trx_id"]),
                ui.action_button("Keep as credit…", KeepState.show(row["id"]), name=f"{row['id']}-keep",
                                 aria_label=rx.Var.create("Keep as credit: ") + row["trx_id"]),
                class_name="dk-inline"),
            ),
            label="Order",
        ),
        ui.cell(ui.age(row["age"], row["exact"]), label="When", align="right"),
        name=row["id"],
    )  # fmt: skip


def _photos_of(row: Words) -> rx.Component:
    """Its first photo, and the way to all of them and to one more."""
    return rx.el.div(
        rx.cond(row["photo"] != "", ui.thumb(row["photo"], "Photo")),
        ui.action_button(
            "Photo…", PhotosState.show(row["id"]), aria_label=rx.Var.create("Photos of line ") + row["id"],
            name=rx.Var.create("photo-") + row["id"],
        ),
        class_name="dk-inline",
    )  # fmt: skip


def _others() -> rx.Component:
    columns = [ui.Column("Message"), ui.Column("What it is"), ui.Column("When", align="right")]
    return ui.table(columns, rx.foreach(W.rows, _other), caption="Messages that tell of no payment, newest first")


def _other(row: Words) -> rx.Component:
    return ui.row(
        ui.cell(row["said"], _photos_of(row), lead=True, heading=True),
        ui.cell(
            row["why"],
            rx.cond(
                W.tab == OUT,
                ui.action_button(
                    "Book it…",
                    MoneyOutState.show(row["id"]),
                    name=rx.Var.create("out-") + row["id"],
                    aria_label=rx.Var.create("Book money out, line ") + row["id"],
                ),
            ),
            label="What it is",
        ),
        ui.cell(ui.age(row["age"], row["exact"]), label="When", align="right"),
        name=row["id"],
    )
