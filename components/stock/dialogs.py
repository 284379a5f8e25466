"""Receive goods, and count: dialogs that keep what was typed until it is taken."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.stock.sheet import sentence, sheet
from dokango.payments.methods import pockets
from dokango.payments.pockets import ALWAYS_THERE
from dokango.people.permissions import Permission
from state.kit.session import SessionState
from state.stock.count import CountState
from state.stock.receive import ReceiveState


def receive_dialog() -> rx.Component:
    """Goods from a supplier, several lines at once."""
    state = ReceiveState
    return ui.dialog(
        "Receive goods",
        ui.sent_form(
            state,
            state.submit,
            ui.form_error(state.failure),
            sheet(state, "receive-skus", "Units", with_cost=True),
            rx.el.div(
                ui.text_field(
                    "Supplier", "supplier", error=sentence(state.errors, "supplier"), size="2", max_length=120
                ),
                ui.text_field(
                    "Reference", "reference", error=sentence(state.errors, "reference"), size="2", max_length=120,
                    placeholder="Bill or challan number",
                ),
                ui.choice_field("Paid from", "paid_from", _pockets(), error=sentence(state.errors, "paid_from")),
                class_name="ow-pair",
            ),
            _foot("Receive", state.pending),
            custom_attrs={"noValidate": True},
        ),
        is_open=state.is_open,
        on_open_change=state.close,
        description="On hand and stock value grow by what you enter; average cost follows.",
        width="720px",
    )  # fmt: skip


def count_dialog() -> rx.Component:
    """What was found on the shelf; the differences are shown before anything is saved."""
    state = CountState
    return ui.dialog(
        "Count stock",
        ui.sent_form(
            state,
            state.submit,
            ui.form_error(state.failure),
            sheet(state, "count-skus", "Found", with_cost=False),
            ui.text_field(
                "Reason", "reason", error=sentence(state.errors, "reason"), size="2", max_length=300,
                placeholder="Monthly count, damaged by rain, …",
            ),
            rx.cond(state.shown.length() > 0, _differences()),
            _foot(rx.cond(state.shown.length() > 0, "Save count", "Show differences"), state.pending),
            custom_attrs={"noValidate": True},
        ),
        is_open=state.is_open,
        on_open_change=state.close,
        description="What is missing is written off at average cost. You see each difference before it is saved.",
        width="640px",
    )  # fmt: skip


def _differences() -> rx.Component:
    columns = [
        ui.Column("SKU"), ui.Column("On hand", align="right"), ui.Column("Found", align="right"),
        ui.Column("Difference", align="right"),
    ]  # fmt: skip
    return rx.el.div(
        ui.table(columns, rx.foreach(CountState.shown, _difference), caption="What this count changes"),
        role="status",
    )


def _difference(row: rx.Var[dict[str, str]]) -> rx.Component:
    return ui.row(
        ui.cell(ui.code(row["sku"]), rx.el.div(row["title"], class_name="dk-hint"), lead=True),
        ui.cell(row["on_hand"], label="On hand", align="right"),
        ui.cell(row["counted"], label="Found", align="right"),
        ui.cell(
            rx.el.strong(row["change"]),
            rx.cond(
                SessionState.may[Permission.SEE_COST.value] & (row["value"] != ""),
                rx.el.div(row["value"], class_name="dk-hint"),
            ),
            rx.cond(row["promised"] != "", rx.el.div(row["promised"], class_name="dk-error")),
            label="Difference",
            align="right",
        ),
        name=row["sku"],
    )


def _pockets() -> list[tuple[str, str]]:
    """Where the money came from; bank and hand stand first, for most suppliers are paid from them."""
    of_methods = [pocket for pocket in pockets().values() if pocket not in ALWAYS_THERE]
    return [
        ("", "Not paid yet: owed to the supplier"),
        *((pocket.key, pocket.account_name) for pocket in (*ALWAYS_THERE, *of_methods)),
    ]


def _foot(label: str | rx.Var[str], pending: rx.Var[bool]) -> rx.Component:
    return ui.dialog_foot(ui.action_button(label, submit=True, variant="solid", pending=pending))
