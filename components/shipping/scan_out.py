"""The dialog in which parcels are scanned out against the handover list."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.shipping.scan_out import ScanOutState


def scan_out_dialog() -> rx.Component:
    """Whose rider is here, the scanner, what was ticked, and the paper to sign."""
    return ui.dialog(
        "Hand over to the rider",
        rx.cond(ScanOutState.choices.length() > 0, _scanning(), _nothing()),
        is_open=ScanOutState.is_open,
        on_open_change=ScanOutState.show,
        description="Scan each label as the rider takes the parcel. Then print the list and have it signed.",
        width="720px",
    )


def _nothing() -> rx.Component:
    return ui.empty_state("Nothing to hand over", "Booked parcels stand here until a rider takes them.")


def _scanning() -> rx.Component:
    return rx.fragment(
        ui.choice_field(
            "Courier", "handover_courier", ScanOutState.choices, value=ScanOutState.who, on_change=ScanOutState.choose
        ),
        ui.scan_input(
            "Scan a label", ScanOutState.scan, placeholder="Tracking code, parcel name or order number",
            result=ScanOutState.result, level=ScanOutState.level,
        ),
        rx.el.p(ScanOutState.head, role="status"),
        ui.table(
            (
                ui.Column("Order"), ui.Column("Customer"), ui.Column("Parcel"), ui.Column("Collects", align="right"),
                ui.Column("Scanned out"),
            ),
            rx.foreach(ScanOutState.rows, _row),
            caption="Parcels for this courier today",
        ),
        rx.el.div(
            rx.dialog.close(rx.button("Close", type="button", variant="outline", color_scheme="gray", size="2")),
            ui.link_button(
                "Print the list", ScanOutState.paper, icon="printer", inside=False, target="_blank", variant="solid"
            ),
            class_name="dk-dialog-foot",
        ),
    )  # fmt: skip


def _row(row: rx.Var[dict[str, str]]) -> rx.Component:
    return ui.row(
        ui.cell(rx.Var.create("#") + row["number"], lead=True, heading=True),
        ui.cell(rx.el.span(row["name"], dir="auto"), label="Customer"),
        ui.cell(ui.code(row["code"]), label="Parcel"),
        ui.cell(ui.money(row["collect"]), label="Collects", align="right"),
        ui.cell(rx.cond(row["out"] != "", ui.check_line("good", row["out"]), "still here"), label="Scanned out"),
        name=row["number"],
    )
