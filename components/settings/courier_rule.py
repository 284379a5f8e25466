"""Settings: the rule that chooses couriers, as a table that the owner orders."""

from __future__ import annotations

import reflex as rx

from components import ui
from dokango.couriers.choosing.facts import ENOUGH_ENDED
from state.settings.courier_rule import CourierRuleState as R

Row = rx.Var[dict[str, str]]


def courier_rule_part() -> rx.Component:
    """The rows, who takes all other orders, and the dialog of one row."""
    columns = [ui.Column("Row"), ui.Column("Orders"), ui.Column("Go with"), ui.Column("Do", hidden=True)]
    return rx.el.div(
        rx.el.div(
            rx.el.p(
                "The first row that fits an order names its courier, and says why wherever it is sent. One that is "
                "not set up, does not answer or does not serve the place is passed over. Staff can choose another; "
                "the order's history keeps who did.",
                class_name="dk-hint",
            ),
            ui.action_button("Add a row", R.ask(True), variant="solid", icon="plus"),
            class_name="sh-head",
        ),
        rx.cond(
            R.rows.length() > 0,
            ui.table(columns, rx.foreach(R.rows, _row), caption="The rule, row by row"),
            ui.empty_state("No row yet", "Until there is one, who sends a parcel chooses its courier.", icon="split"),
        ),
        rx.el.div(
            ui.choice_field(
                "All other orders go with", "otherwise", R.others, value=R.otherwise, on_change=R.take_others,
                hint="What no row fits, or whose couriers cannot take it.",
            ),
            class_name="sh-narrow",
        ),
        _dialog(),
        class_name="dk-stack",
    )  # fmt: skip


def _row(row: Row) -> rx.Component:
    key = row["key"]
    return ui.row(
        ui.cell(row["place"], label="Row"),
        ui.cell(row["orders"], lead=True, heading=True),
        ui.cell(row["by"], label="Go with"),
        ui.cell(
            rx.el.span(
                _mover("Earlier", R.move(key, True), "arrow-up", key, row["first"]),
                _mover("Later", R.move(key, False), "arrow-down", key, row["last"]),
                ui.action_button("Change", R.alter(key), name=key, size="1"),
                ui.more_menu(
                    ui.menu_item("Remove", R.remove(key), icon="trash-2", danger=True),
                    label="More about this row",
                ),
                class_name="dk-inline",
            ),
            align="right",
        ),
        name=key,
    )


def _mover(label: str, act: rx.event.EventSpec, icon: str, key: rx.Var[str], at_end: rx.Var[str]) -> rx.Component:
    why = rx.cond(at_end != "", "It stands at the end already.", "")
    return ui.action_button(label, act, icon=icon, name=key, size="1", variant="ghost", reason=why)


def _dialog() -> rx.Component:
    return ui.dialog(
        rx.cond(R.key != "", "Change a row", "Add a row"),
        ui.sent_form(
            R,
            R.save,
            ui.form_error(R.failure),
            ui.choice_field("These orders go with", "by", R.takers, default_value=R.form["by"], error=R.errors["by"]),
            _field("Districts", "districts", "With commas between them; empty: anywhere."),
            _places(),
            *_bounds("Weight over (g)", "over_g", "up to (g)", "up_to_g", "numeric"),
            *_bounds("Rider collects over (৳)", "over_cod", "up to (৳)", "up_to_cod", "decimal"),
            *_bounds("Order worth over (৳)", "over_value", "up to (৳)", "up_to_value", "decimal"),
            _record(),
            ui.dialog_foot(ui.action_button("Save", submit=True, variant="solid", pending=R.pending, name="row")),
            custom_attrs={"noValidate": True},
            key=R.press,
        ),
        is_open=R.is_open,
        on_open_change=R.close,
        description="What is left empty fits every order.",
        width="560px",
    )


def _field(label: str, name: str, hint: str = "", mode: str = "text") -> rx.Component:
    return ui.text_field(
        label, name, default_value=R.form[name], error=R.errors[name], hint=hint, input_mode=mode, auto_complete="off"
    )


def _bounds(over: str, least: str, up_to: str, most: str, mode: str) -> list[rx.Component]:
    return [ui.beside(_field(over, least, mode=mode), _field(up_to.capitalize(), most, mode=mode))]


def _places() -> rx.Component:
    """Where, as the courier that would take it prices places."""
    return rx.el.fieldset(
        rx.el.legend("Where, as the courier's tariff has it", class_name="dk-label"),
        rx.el.div(
            ui.tick_field("Your city", "area_inside", default_checked=R.form["area_inside"] != ""),
            ui.tick_field("Its suburbs", "area_suburb", default_checked=R.form["area_suburb"] != ""),
            ui.tick_field("Farther away", "area_outside", default_checked=R.form["area_outside"] != ""),
            class_name="dk-inline",
        ),
        class_name="sh-fieldset",
    )


def _record() -> rx.Component:
    """What is asked of the courier's own record in the order's district."""
    errors = R.errors["delivered_percent"] + R.errors["days_most"] + R.errors["cost_most"]
    filled = R.form["delivered_percent"] + R.form["days_most"] + R.form["cost_most"]
    known = f"Known once {ENOUGH_ENDED} of its parcels came to an end there; until then the row does not fit."
    return rx.el.details(
        rx.el.summary("The courier's own record there"),
        rx.el.div(
            rx.el.p(known, class_name="dk-hint"),
            ui.beside(
                _field("Delivered, at least (%)", "delivered_percent", mode="numeric"),
                _field("Half of them within (days)", "days_most", mode="numeric"),
            ),
            _field("A parcel costs up to (৳)", "cost_most", "By its tariff, else by what it has charged.", "decimal"),
            class_name="dk-form",
        ),
        open=(errors + filled) != "",
    )
