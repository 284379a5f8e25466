"""Saved views beside the tabs, and the dialog that names one."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.orders.views import OrderViewsState as S


def views_bar() -> rx.Component:
    """One's own views as links, and what can be done with the list that is shown."""
    return rx.el.div(
        rx.cond(
            S.views.length() > 0,
            ui.tabs(
                rx.foreach(
                    S.views, lambda view: ui.tab(ui.Tab(view["name"], view["url"], view["id"] == S.present["id"]))
                ),
                label="Your views",
            ),
        ),
        rx.cond(
            S.present["id"] != "",
            ui.more_menu(
                ui.menu_item("Rename…", S.open_rename, icon="pencil"),
                ui.menu_item("Remove", S.remove, icon="trash-2", danger=True),
                label=rx.Var.create("View ") + S.present["name"],
            ),
            ui.action_button("Save view", S.open, icon="bookmark-plus", variant="ghost", colour="gray"),
        ),
        class_name="od-views",
    )


def view_dialog() -> rx.Component:
    """Asks for a name."""
    return ui.dialog(
        rx.cond(S.renamed != "", "Rename the view", "Save this view"),
        ui.sent_form(
            S,
            S.save,
            ui.form_error(S.failure),
            ui.text_field(
                "Name", "name", error=S.errors["name"], required=True, max_length=40, auto_complete="off",
                default_value=rx.cond(S.renamed != "", S.present["name"], ""), placeholder="Dhaka, to pack",
            ),
            ui.dialog_foot(ui.action_button("Save", submit=True, variant="solid", pending=S.pending)),
            custom_attrs={"noValidate": True},
        ),
        is_open=S.is_open,
        on_open_change=S.close,
        description="Tab, filters, search and order of the list are kept. Only you see it.",
        width="420px",
    )  # fmt: skip
