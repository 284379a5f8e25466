"""The dialog of a parcel that was kept in part: its lines, what was collected, and what that would write."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.orders.deliver_part import DeliverPartState as Part

Words = rx.Var[dict[str, str]]


def deliver_part_dialog() -> rx.Component:
    """For the order's page and the parcel's drawer."""
    return ui.dialog(
        rx.Var.create("Delivered in part · #") + Part.number,
        ui.sent_form(
            Part,
            Part.deliver,
            ui.form_error(Part.failure),
            rx.foreach(Part.lines, _line),
            rx.el.div(Part.errors["lines"], role="alert", class_name="dk-error"),
            _collected(),
            ui.text_field("Note", "note", error=Part.errors["note"], hint="For the order's history"),
            _preview(),
            ui.dialog_foot(ui.action_button("Book it", submit=True, variant="solid", pending=Part.pending)),
            seen=(Part.number, Part.version),
        ),
        is_open=Part.is_open,
        on_open_change=Part.close,
        description="What was not kept is taken off the bill at once, and waited for until it is here.",
        width="560px",
    )


def _line(line: Words) -> rx.Component:
    field = rx.el.input(
        name=line["field"],
        default_value=line["sent"],
        on_blur=lambda typed: Part.weigh(line["field"], typed),
        input_mode="numeric",
        max_length=5,
        auto_complete="off",
        class_name="od-pieces",
        aria_invalid=rx.cond(Part.errors["lines"] != "", "true", "false"),
    )
    return rx.el.fieldset(
        rx.el.legend(line["title"], " ", ui.code(line["sku"]), rx.el.span(" · sent ", line["sent"])),
        rx.el.label(rx.el.span("Kept", class_name="dk-label"), field),
        class_name="od-return-line",
    )


def _collected() -> rx.Component:
    hint = rx.cond(
        Part.said != "",
        "The courier wrote that it is " + Part.said + " now; its rider was told " + Part.told + " first.",
        "The rider was told " + Part.told + ".",
    )
    return ui.text_field(
        "Collected at the door, in taka",
        "collected_poisha",
        input_mode="decimal",
        required=True,
        error=Part.errors["collected_poisha"],
        hint=hint,
        default_value=Part.collected,
        key=Part.number + Part.collected,
        on_blur=lambda typed: Part.weigh("collected_poisha", typed),
    )


def _preview() -> rx.Component:
    """What the fields would write into stock and books; it changes as they are left."""
    amounts = rx.el.dl(rx.foreach(Part.after, _amount), class_name="dk-facts")
    return rx.el.section(
        rx.el.h3("What this writes", class_name="dk-label"),
        rx.cond(
            Part.postings.length() > 0,
            rx.el.div(
                rx.el.ul(rx.foreach(Part.moves, _move), class_name="dk-plain-list"),
                rx.el.ul(rx.foreach(Part.postings, _posting), class_name="dk-plain-list"),
                rx.cond(Part.after.length() > 0, amounts, rx.el.p("Nothing stays open.")),
            ),
            rx.el.p("Say what was kept and collected, and read it here first.", class_name="dk-hint"),
        ),
        aria_live="polite",
        aria_label="What this writes",
    )


def _move(move: Words) -> rx.Component:
    return rx.el.li(move["words"], " ", rx.el.span(move["amount"], class_name="dk-subtitle"))


def _posting(posting: Words) -> rx.Component:
    return rx.el.li(ui.money(posting["amount"]), " ", posting["debit"], " ← ", posting["credit"])


def _amount(row: Words) -> rx.Component:
    return rx.el.div(rx.el.dt(row["label"]), rx.el.dd(row["amount"]))
