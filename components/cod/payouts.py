"""The payouts that were booked, and one of them with its lines."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.cod.payout_line import payout_columns, payout_line
from state.cod.payouts import PayoutsState, PayoutState

Words = rx.Var[dict[str, str]]


def booked_payouts() -> rx.Component:
    """The rows, or what stands in their place."""
    columns = [
        ui.Column("Payout"), ui.Column("Courier"), ui.Column("Booked"), ui.Column("How it came"),
        ui.Column("Paid", align="right"), ui.Column("Charges", align="right"), ui.Column("Parcels", align="right"),
        ui.Column("Differences"),
    ]  # fmt: skip
    none = ui.empty_state(
        "No payout was booked yet", "A file, or what a courier's API tells, is previewed and booked under “Held”.",
        icon="receipt-text",
    )  # fmt: skip
    return rx.cond(
        PayoutsState.loading,
        ui.loading_rows(),
        rx.cond(
            PayoutsState.rows.length() > 0,
            rx.fragment(
                ui.table(columns, rx.foreach(PayoutsState.rows, _row), caption="Payouts that were booked"),
                ui.pager(PayoutsState.previous_url, PayoutsState.next_url),
            ),
            none,
        ),
    )


def told_payouts() -> rx.Component:
    """What couriers told of and nobody booked; nothing where there is none."""
    columns = [
        ui.Column("Payout"), ui.Column("Courier"), ui.Column("Told"), ui.Column("Amount", align="right"),
        ui.Column("It says"), ui.Column("Look", hidden=True),
    ]  # fmt: skip
    more = "More were told of: those below are the newest. The others follow when these are booked or set aside."
    return rx.cond(
        PayoutsState.told.length() > 0,
        ui.card(
            rx.cond(PayoutsState.more_told, rx.el.p(more, class_name="dk-hint")),
            ui.table(columns, rx.foreach(PayoutsState.told, _told), caption="Payouts to be looked at"),
            title="To be looked at",
        ),
    )


def _told(row: Words) -> rx.Component:
    fetch = ui.plain_form(
        rx.el.input(type="hidden", name="courier", value=row["key"], read_only=True),
        rx.el.input(type="hidden", name="payment", value=row["reference"], read_only=True),
        rx.button("Preview it", type="submit", size="2", variant="outline"),
        action="/upload/payouts/fetch",
    )
    return ui.row(
        ui.cell(ui.code(row["reference"]), lead=True, heading=True),
        ui.cell(row["courier"], label="Courier"),
        ui.cell(row["day"], label="Told"),
        ui.cell(ui.money(row["amount"]), label="Amount", align="right"),
        ui.cell(row["status"], label="It says"),
        ui.cell(
            rx.el.div(
                rx.cond(row["fetches"] != "", fetch, ui.link_button("Bring its file", row["href"])),
                ui.action_button(
                    "Set aside", PayoutsState.set_aside(row["id"]), name=row["id"], variant="ghost", colour="gray"
                ),
                class_name="dk-inline",
            ),
            label="Look",
        ),
        name=row["id"],
    )  # fmt: skip


def one_payout() -> rx.Component:
    """One payout: its sums, and its lines as they were found."""
    one = PayoutState.payout
    return rx.cond(
        PayoutState.loading,
        ui.loading_rows(),
        rx.cond(
            PayoutState.missing != "",
            ui.error_state(PayoutState.missing, "", ui.link_button("All payouts", "/cod/payouts")),
            rx.el.div(
                ui.card(
                    ui.facts(
                        ("Courier", one["courier"]), ("Booked", one["day"]), ("By", one["by"]), ("It came", one["how"]),
                        ("At the bank", ui.money(one["amount"], strong=True)), ("Charges", ui.money(one["charges"])),
                        ("Lines", one["parcels"]), ("To be cleared up", rx.cond(one["open"] != "", one["open"], "no")),
                    ),
                    title=rx.Var.create("Payout ") + one["reference"],
                ),
                _lines(),
                ui.pager(PayoutState.previous_url, PayoutState.next_url),
                class_name="dk-stack",
            ),
        ),
    )  # fmt: skip


def cost_sheets() -> rx.Component:
    """What parcels really cost beside their tariffs, as sheets: by courier and month, and parcel by parcel."""
    return ui.card(
        rx.el.p("What couriers really charge beside their tariffs, this month's parcels.", class_name="dk-hint"),
        rx.el.div(
            *(
                ui.link_button(words, f"/export/{name}.xlsx", icon="download", inside=False, download=True)
                for name, words in (("courier-cost", "By courier"), ("courier-cost-parcels", "By parcel"))
            ),
            class_name="dk-inline",
        ),
        title="Cost of parcels",
    )


def _row(row: Words) -> rx.Component:
    return ui.row(
        ui.cell(ui.open_link(row["reference"], row["href"]), lead=True, heading=True),
        ui.cell(row["courier"], label="Courier"),
        ui.cell(rx.el.div(row["day"], rx.el.div(row["by"], class_name="dk-subtitle")), label="Booked"),
        ui.cell(row["how"], label="How it came"),
        ui.cell(ui.money(row["amount"], strong=True), label="Paid", align="right"),
        ui.cell(ui.money(row["charges"]), label="Charges", align="right"),
        ui.cell(row["parcels"], label="Parcels", align="right"),
        ui.cell(
            rx.cond(row["differences"] != "", ui.check_line("warn", row["differences"]), "none"),
            rx.cond(row["open"] != "", rx.el.div(row["open"], " to be cleared up", class_name="dk-subtitle")),
            label="Differences",
        ),
        name=row["id"],
    )  # fmt: skip


def _lines() -> rx.Component:
    columns = payout_columns("Was booked")
    lines = rx.foreach(PayoutState.lines, lambda row: payout_line(row, "Was booked", name=row["id"]))
    return ui.table(columns, lines, caption="Lines of the payout")
