"""A line of a courier's payout, as it is previewed and as it was booked."""

from __future__ import annotations

import reflex as rx

from components import ui

Words = rx.Var[dict[str, str]]


def payout_line(row: Words, booked: str, *, expects: bool = False, **props: rx.Var[str]) -> rx.Component:
    """Which parcel, what was found, and the amounts; `booked` heads what is written, `expects`: beside the tariff."""
    expected = [ui.cell(ui.money(row["expected"]), label="Expected", align="right")] if expects else []
    return ui.row(
        ui.cell(row["line"], label="Line", align="right"),
        ui.cell(
            rx.cond(row["href"] != "", rx.link(row["name"], href=row["href"]), ui.code(row["name"])),
            lead=True, heading=True,
        ),
        ui.cell(
            ui.check_line(row["level"], row["verdict"]), rx.el.div(row["words"], class_name="dk-hint"), label="Found"
        ),
        ui.cell(ui.money(row["collected"]), label="Collected", align="right"),
        ui.cell(ui.money(row["charge"]), label="Charge", align="right"),
        *expected,
        ui.cell(ui.money(row["paid"]), label="Paid", align="right"),
        ui.cell(row["booked"], label=booked),
        **props,
    )  # fmt: skip


def payout_columns(booked: str, *, expects: bool = False) -> list[ui.Column]:
    """The heads of these cells."""
    return [
        ui.Column("Line", align="right", width="56px"), ui.Column("Parcel"), ui.Column("Found"),
        ui.Column("Collected", align="right"), ui.Column("Charge", align="right"),
        *([ui.Column("Expected", align="right")] if expects else []),
        ui.Column("Paid", align="right"), ui.Column(booked),
    ]  # fmt: skip
