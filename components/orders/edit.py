"""The dialog that changes an order before it is shipped: its lines, its price, its buyer; and what that changes."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.orders.product_search import product_search
from dokango.payments.methods import METHODS
from dokango.people.districts import DISTRICTS
from state.orders.edit import EditState as Edit

Words = rx.Var[dict[str, str]]


def edit_dialog() -> rx.Component:
    """For the order's page."""
    return ui.dialog(
        rx.Var.create("Edit order · #") + Edit.number,
        ui.sent_form(
            Edit,
            Edit.save,
            ui.form_error(Edit.failure),
            _wish(),
            _items(),
            _price(),
            _preview(),
            _buyer(),
            ui.dialog_foot(ui.action_button("Save the changes", submit=True, variant="solid", pending=Edit.pending)),
            seen=(Edit.number, Edit.version),
            key=Edit.press,
        ),
        is_open=Edit.is_open,
        on_open_change=Edit.close,
        description="Goods are reserved and free again by the difference; the customer is told what changed.",
        width="760px",
    )


def _wish() -> rx.Component:
    """What the customer asks for, and whether this does it."""
    answers = [("whole", "It does all of it"), ("part", "It does a part of it"), ("", "It has nothing to do with it")]
    return rx.cond(
        Edit.wish != "",
        rx.el.section(
            rx.el.p("The customer asks: ", rx.el.q(Edit.wish, dir="auto")),
            ui.choice_field("What this does of it", "answers_wish", answers, error=Edit.errors["answers_wish"]),
        ),
    )


def _items() -> rx.Component:
    return rx.el.section(
        rx.foreach(Edit.lines, _line),
        rx.el.div(Edit.errors["lines"], role="alert", class_name="dk-error"),
        product_search("Add an item", "edit-search", Edit.search, Edit.find),
        rx.cond(Edit.found.length() > 0, rx.el.ul(rx.foreach(Edit.found, _found), class_name="oe-found")),
        class_name="dk-form",
        aria_label="Items",
    )


def _line(line: Words) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(line["title"], " ", ui.code(line["sku"])),
        _cell("Pieces", line["pieces_name"], line["pieces"], "numeric"),
        _cell("Each, ৳", line["each_name"], line["each"], "decimal"),
        _cell("Off: ৳ or %", line["off_name"], line["off"], "text"),
        rx.el.button(
            rx.icon("x", size=14, aria_hidden="true"),
            ui.visually_hidden(rx.Var.create("Take out ") + line["title"]),
            type="button",
            on_click=Edit.drop(line["sku"]),
            class_name="dk-iconbutton",
        ),
        key=line["sku"],
        class_name="od-return-line od-edit-line",
    )


def _cell(label: str, name: rx.Var[str], value: rx.Var[str], mode: str) -> rx.Component:
    return rx.el.label(
        rx.el.span(label, class_name="dk-label"),
        rx.el.input(
            name=name,
            default_value=value,
            on_blur=lambda typed: Edit.weigh(name, typed),
            input_mode=mode,
            max_length=20,
            auto_complete="off",
            class_name="od-pieces",
            aria_invalid=rx.cond(Edit.errors["lines"] != "", "true", "false"),
        ),
    )


def _found(found: Words) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(found["title"]),
            ui.code(found["sku"]),
            rx.el.span(found["free"], class_name="dk-soft"),
            ui.money(found["price"]),
            type="button",
            on_click=Edit.add(found["sku"]),
            class_name="oe-add",
        )
    )


def _price() -> rx.Component:
    methods = [(key, method.label) for key, method in METHODS.items()]
    return rx.el.section(
        _text("Off the whole order: ৳ or %", "discount", hint="For example 150, or 10%"),
        _text("Delivery charge, ৳", "delivery_poisha", hint=Edit.tariff, input_mode="decimal"),
        _choice("Paid by", "payment_method", methods),
        _text("Why", "reason", hint="Needed for another price or discount; kept in the order's history"),
        class_name="od-filter-grid",
        aria_label="Price and payment",
    )


def _buyer() -> rx.Component:
    return rx.el.section(
        _text("Name", "name"),
        _text("Phone", "phone", input_mode="tel"),
        _text("House, road, village", "line"),
        _text("Area", "area"),
        _text("City or upazila", "city"),
        _choice("District", "district", [("", "Not said"), *((name, name) for name in DISTRICTS)]),
        _text("Note", "note"),
        class_name="od-filter-grid",
        aria_label="Who gets it",
    )


def _text(label: str, name: str, **props: rx.Var[str] | str) -> rx.Component:
    given = "" if name == "reason" else Edit.given[name]
    return ui.text_field(
        label, name, error=Edit.errors[name], default_value=given, size="2", field_id=f"edit-{name}",
        auto_complete="off", on_blur=lambda typed: Edit.weigh(name, typed), **props,
    )  # fmt: skip


def _choice(label: str, name: str, options: list[tuple[str, str]]) -> rx.Component:
    return ui.choice_field(
        label, name, options, error=Edit.errors[name], default_value=Edit.given[name],
        on_change=lambda chosen: Edit.weigh(name, chosen),
    )  # fmt: skip


def _preview() -> rx.Component:
    """What the fields would change: items, shelf, money before and after."""
    changes = rx.el.div(
        rx.el.p(Edit.said, dir="auto"),
        rx.el.ul(rx.foreach(Edit.moves, rx.el.li), class_name="dk-plain-list"),
        rx.el.dl(rx.foreach(Edit.after, _amount), class_name="dk-facts"),
        rx.el.ul(rx.foreach(Edit.postings, _posting), class_name="dk-plain-list"),
        rx.cond(Edit.packer != "", ui.check_line("warn", Edit.packer)),
    )
    return rx.el.section(
        rx.el.h3("What this changes", class_name="dk-label"),
        rx.cond(Edit.said != "", changes, rx.el.p(Edit.refused, class_name="dk-hint")),
        aria_live="polite",
        aria_label="What this changes",
    )


def _amount(row: Words) -> rx.Component:
    after = rx.cond(row["differs"] != "", rx.fragment(row["before"], " → ", rx.el.strong(row["amount"])), row["amount"])
    return rx.el.div(rx.el.dt(row["label"]), rx.el.dd(after))


def _posting(posting: Words) -> rx.Component:
    return rx.el.li(ui.money(posting["amount"]), " ", posting["debit"], " ← ", posting["credit"])
