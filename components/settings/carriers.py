"""Settings: the couriers without an API that the owner keeps by name."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.settings.carriers import CarrierSettingsState as C

LINK_HINT = (
    "The page where they follow a parcel, with {code} where its code belongs: https://sundarban.example/?cn={code}"
)


def carriers_card() -> rx.Component:
    """Who takes parcels beside the couriers with an API, and a way to add one."""
    columns = [
        ui.Column("Name"), ui.Column("Comes within"), ui.Column("Phone"), ui.Column("Tariff"),
        ui.Column("Do", hidden=True),
    ]  # fmt: skip
    return ui.card(
        rx.el.div(
            rx.el.p(
                "Sundarban, SA Paribahan, your own rider: parcels are handed to them by name, and followed by you.",
                class_name="dk-hint",
            ),
            ui.action_button("Add a courier", C.ask(True), icon="plus"),
            class_name="sh-head",
        ),
        rx.cond(
            C.rows.length() > 0, ui.table(columns, rx.foreach(C.rows, _carrier), caption="Couriers without an API")
        ),
        _dialog(),
        title="Couriers without an API",
    )


def _carrier(row: rx.Var[dict[str, str]]) -> rx.Component:
    return ui.row(
        ui.cell(
            rx.el.span(
                row["name"],
                rx.cond(row["off"] != "", ui.badge("Off", "gray", "circle-off")),
                class_name="dk-inline",
            ),
            lead=True,
            heading=True,
        ),
        ui.cell(row["days"], label="Comes within"),
        ui.cell(rx.cond(row["phone"] != "", ui.phone_links(row["phone"], row["phone_shown"])), label="Phone"),
        ui.cell(ui.native_link("Tariff", href=row["tariff"], class_name="dk-link"), label="Tariff"),
        ui.cell(
            ui.action_button("Change", C.alter(row["key"]), name=row["key"], size="1", variant="outline"),
            align="right",
        ),
        name=row["key"],
    )


def _dialog() -> rx.Component:
    form, errors = C.form, C.errors

    def field(label: str, name: str, hint: str = "", **props: object) -> rx.Component:
        return ui.text_field(
            label, name, default_value=form[name], error=errors[name], hint=hint, auto_complete="off", **props
        )

    return ui.dialog(
        rx.cond(C.key != "", "Change a courier", "Add a courier"),
        ui.sent_form(
            C,
            C.save,
            rx.el.input(type="hidden", name="key", value=C.key, read_only=True),
            ui.form_error(C.failure),
            field("Name", "carrier", "The books keep it: it cannot be changed to another one later.", required=True),
            field("Tracking link", "link", LINK_HINT, input_mode="url"),
            ui.beside(
                field("Days within your district", "days_inside", input_mode="numeric"),
                field("Days elsewhere", "days_outside", input_mode="numeric"),
            ),
            field("Phone", "phone", "To call them about a parcel.", input_mode="tel"),
            ui.tick_field("Takes parcels now", "is_on", default_checked=C.is_on),
            ui.dialog_foot(ui.action_button("Save", submit=True, variant="solid", pending=C.pending, name="carrier")),
            custom_attrs={"noValidate": True},
        ),
        is_open=C.is_open,
        on_open_change=C.close,
        description="One that is switched off keeps the parcels that it has.",
        width="520px",
    )
