"""Settings: what is asked in advance of orders paid on delivery, as rows that the owner orders."""

from __future__ import annotations

import reflex as rx

from components import ui
from dokango.payments.methods import paid_on_delivery
from state.settings.advance_rule import AdvanceRuleState as R
from state.settings.advance_rule_typed import ASKS, WHERES

Row = rx.Var[dict[str, str]]


def advance_rule_part() -> rx.Component:
    """The rows, a try on a real order, and the dialog of one row."""
    columns = [ui.Column("Row"), ui.Column("What it asks"), ui.Column("Do", hidden=True)]
    return ui.card(
        rx.el.div(
            rx.el.p(
                "The first row that fits an order paid on delivery says what of it is paid before it is confirmed. The "
                "customer is told before ordering; what was told stays, whatever you change here. Without a row that "
                "fits, nothing is asked.",
                class_name="dk-hint",
            ),
            ui.action_button("Add a row", R.ask(True), icon="plus", name="advance"),
            class_name="sh-head",
        ),
        rx.cond(
            R.rows.length() > 0,
            ui.table(columns, rx.foreach(R.rows, _row), caption="What is asked in advance, row by row"),
            ui.empty_state("No row yet", "Nothing is asked in advance.", icon="hand-coins"),
        ),
        rx.el.div(
            rx.el.label("Try it on an order, by its number", html_for="try-advance", class_name="dk-label"),
            rx.debounce_input(
                rx.el.input(
                    id="try-advance", name="try-advance", on_change=R.try_on, placeholder="1001", input_mode="numeric",
                    auto_complete="off", class_name="vp-input",
                ),
                debounce_timeout=300,
            ),
            rx.el.p(R.tried, role="status", class_name="dk-hint"),
            class_name="dk-field sh-narrow",
        ),
        _dialog(),
        title="In advance, of orders paid on delivery",
    )  # fmt: skip


def _row(row: Row) -> rx.Component:
    key = row["key"]
    return ui.row(
        ui.cell(row["place"], label="Row"),
        ui.cell(row["says"], lead=True, heading=True),
        ui.cell(
            rx.el.span(
                _mover("Earlier", R.move(key, True), "arrow-up", key, row["first"]),
                _mover("Later", R.move(key, False), "arrow-down", key, row["last"]),
                ui.action_button("Change", R.alter(key), name=key, size="1"),
                ui.more_menu(
                    ui.menu_item("Remove", R.remove(key), icon="trash-2", danger=True), label="More about this row"
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
    riders = [("", "Any that a rider collects"), *((key, one.label) for key, one in paid_on_delivery().items())]
    return ui.dialog(
        rx.cond(R.place != "", "Change a row", "Add a row"),
        ui.sent_form(
            R,
            R.save,
            ui.form_error(R.failure),
            _choice("In advance is asked", "asks", list(ASKS.items())),
            ui.beside(
                _field("Per cent of the order", "percent", "In whole taka.", "numeric"),
                _field("Amount, ৳", "amount", "Never more than the order.", "decimal"),
            ),
            ui.beside(_choice("Paid by", "paid_by", riders), _choice("Where to", "where", list(WHERES.items()))),
            _field("Districts", "districts", "With commas between them; empty: any."),
            ui.beside(
                _field("Order comes to over (৳)", "over", mode="decimal"),
                _field("Up to (৳)", "up_to", mode="decimal"),
            ),
            _field("With one of these goods", "goods", "SKUs, or products' addresses (/p/…), with commas."),
            _buyer(),
            ui.dialog_foot(ui.action_button("Save", submit=True, variant="solid", pending=R.pending, name="row")),
            custom_attrs={"noValidate": True},
            key=R.press,
        ),
        is_open=R.is_open,
        on_open_change=R.close,
        description="What is left empty fits every order.",
        width="560px",
    )


def _buyer() -> rx.Component:
    """What is asked of the buyer's record, by phone."""
    names = ("delivered_below", "returned_from", "refused_from", "courier_below_percent")
    filled = rx.Var.create("")
    for name in names:
        filled = filled + R.form[name] + R.errors[name]
    return rx.el.details(
        rx.el.summary("The buyer's record, by phone"),
        rx.el.div(
            ui.beside(
                _field("Delivered here, fewer than", "delivered_below", "1: nothing yet.", "numeric"),
                _field("Refused, at least", "refused_from", "Parcels that were not taken.", "numeric"),
            ),
            ui.beside(
                _field("Returned, at least", "returned_from", "After they were delivered.", "numeric"),
                _field("A courier says delivered, under (%)", "courier_below_percent",
                       "Where one was asked about this phone before.", "numeric"),
            ),
            class_name="dk-form",
        ),
        open=filled != "",
    )  # fmt: skip


def _field(label: str, name: str, hint: str = "", mode: str = "text") -> rx.Component:
    return ui.text_field(
        label, name, default_value=R.form[name], error=R.errors[name], hint=hint, input_mode=mode, auto_complete="off"
    )


def _choice(label: str, name: str, choices: list[tuple[str, str]]) -> rx.Component:
    return ui.choice_field(label, name, choices, default_value=R.form[name], error=R.errors[name])
