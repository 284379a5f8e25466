"""The dialog in which parcels are scanned out against the handover list."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.shipping.scan_out import ScanOutState

IS_TODAY = ScanOutState.day == ScanOutState.today


def scan_out_dialog() -> rx.Component:
    """Whose rider is here, the scanner, what was ticked, and the paper to sign."""
    return ui.dialog(
        "Hand over to the rider",
        _whose(),
        rx.cond(ScanOutState.choices.length() > 0, _scanning(), _nothing()),
        is_open=ScanOutState.is_open,
        on_open_change=ScanOutState.show,
        description="Scan or tap each parcel as the rider takes it. Then print the list and have it signed.",
        width="720px",
    )


def _whose() -> rx.Component:
    """Whose rider is here; another day's list is there to be looked at and printed."""
    return ui.beside(
        ui.choice_field(
            "Courier", "handover_courier", ScanOutState.choices, value=ScanOutState.who, on_change=ScanOutState.choose
        ),
        ui.text_field(
            "Day", "handover_day", type="date", value=ScanOutState.day, max=ScanOutState.today,
            on_change=ScanOutState.choose_day,
        ),
    )  # fmt: skip


def _nothing() -> rx.Component:
    return rx.cond(
        IS_TODAY,
        ui.empty_state("Nothing to hand over", "Booked parcels stand here until a rider takes them."),
        ui.empty_state("Nothing was handed over", "No parcel was scanned out on this day."),
    )


def _scanning() -> rx.Component:
    return rx.fragment(
        rx.cond(
            IS_TODAY,
            ui.scan_input(
                "Scan a label", ScanOutState.scan, placeholder="Code, or order number",
                result=ScanOutState.result, level=ScanOutState.level,
            ),
        ),
        rx.el.p(ScanOutState.head, role="status"),
        ui.table(
            (
                ui.Column("Order"), ui.Column("Customer"), ui.Column("Parcel"), ui.Column("Collects", align="right"),
                ui.Column("Scanned out"), ui.Column("Actions", align="right", hidden=True),
            ),
            rx.foreach(ScanOutState.rows, _row),
            caption="Parcels of the handover",
        ),
        ui.dialog_foot(ui.link_button(
                "Print the list", ScanOutState.paper, icon="printer", inside=False, target="_blank", variant="solid"
            ), back="Close"),
    )  # fmt: skip


def _row(row: rx.Var[dict[str, str]]) -> rx.Component:
    return ui.row(
        ui.cell(rx.Var.create("#") + row["number"], lead=True, heading=True),
        ui.cell(rx.el.span(row["name"], dir="auto"), label="Customer"),
        ui.cell(ui.code(row["code"]), label="Parcel"),
        ui.cell(ui.money(row["collect"]), label="Collects", align="right"),
        ui.cell(rx.cond(row["out"] != "", ui.check_line("good", row["out"]), "still here"), label="Scanned out"),
        ui.cell(rx.cond(IS_TODAY, _tick(row)), align="right"),
        name=row["number"],
    )


def _tick(row: rx.Var[dict[str, str]]) -> rx.Component:
    """Where there is no scanner a finger ticks it, and takes a tick back that was too soon."""
    number = rx.Var.create(" #") + row["number"]
    return rx.cond(
        row["out"] != "",
        ui.action_button(
            "Stayed here", ScanOutState.back(row["code"]), variant="ghost", size="1", name=row["number"],
            aria_label=rx.Var.create("Stayed here:") + number,
        ),
        ui.action_button(
            "It is out", ScanOutState.out(row["code"]), variant="soft", size="1", name=row["number"],
            aria_label=rx.Var.create("It is out:") + number,
        ),
    )  # fmt: skip
