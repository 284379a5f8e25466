"""By whom a parcel goes, as both dialogs of sending ask and say it."""

from __future__ import annotations

import reflex as rx

from components import ui

SIDE_BY_SIDE = {
    "display": "grid",
    "grid_template_columns": "repeat(auto-fit, minmax(min(100%, 220px), 1fr))",
    "column_gap": "var(--dk-gap-4)",
    "row_gap": "var(--dk-gap-3)",
}


def choice_of_courier(courier: rx.Var[str], choices: rx.Var[list[list[str]]], choose: rx.EventHandler) -> rx.Component:
    """By whom, when there is more than one."""
    return rx.cond(
        choices.length() > 1,
        ui.choice_field("Courier", "courier", choices, value=courier, on_change=choose),
    )


def by_rule(why: rx.Var[str], otherwise: rx.Var[bool]) -> rx.Component:
    """What the owner's rule says of an order, and that another choice is kept."""
    return rx.el.div(
        rx.cond(why != "", ui.check_line(rx.cond(otherwise, "warn", "info"), "By the rule: ", why)),
        rx.cond(
            otherwise,
            rx.el.p("You send it by another one: the order's history keeps that, and who did.", class_name="dk-hint"),
        ),
        role="status",
    )


def no_real_parcel(practising: rx.Var[bool]) -> rx.Component:
    return rx.cond(practising, ui.check_line("info", "Practice courier: no real parcel is booked."))
