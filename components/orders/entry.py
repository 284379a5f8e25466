"""The form with which staff enter an order: who, what, where to, how it is paid."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.orders.product_search import product_search
from dokango.payments.methods import METHODS, claimable
from dokango.people.districts import DISTRICTS
from dokango.people.permissions import Permission
from state.kit.session import SessionState
from state.orders.entry import CHANNELS
from state.orders.entry import OrderEntryState as Entry

Words = rx.Var[dict[str, str]]


def new_order_button() -> rx.Component:
    """The list's own action, for those who may place orders."""
    return rx.cond(
        SessionState.may[Permission.PLACE_ORDER.value],
        ui.action_button("New order", Entry.show, icon="plus", variant="solid", key="n"),
    )


def entry_dialog() -> rx.Component:
    """The dialog."""
    return ui.dialog(
        "New order",
        ui.sent_form(
            Entry,
            Entry.place,
            ui.form_error(Entry.failure),
            rx.el.input(type="hidden", name="total_poisha", value=Entry.total_poisha, read_only=True),
            rx.el.input(type="hidden", name="advance", value=Entry.advance, read_only=True),
            _what(),
            _who(),
            _how(),
            ui.dialog_foot(ui.action_button("Place the order", submit=True, variant="solid", pending=Entry.pending)),
            key=Entry.press,
        ),
        is_open=Entry.is_open,
        on_open_change=Entry.close,
        description="Prices, delivery and stock are checked as on the storefront.",
        width="760px",
    )


def _what() -> rx.Component:
    return rx.el.section(
        ui.kept_field("entry-lines", Entry.kept, Entry.bring_back),
        product_search("Products", "entry-search", Entry.search, Entry.find, name="entry-search"),
        rx.cond(
            Entry.found.length() > 0, rx.el.ul(rx.foreach(Entry.found, _found), class_name="oe-found"), rx.fragment()
        ),
        rx.cond(Entry.lines.length() > 0, rx.el.ul(rx.foreach(Entry.lines, _line), class_name="oe-lines")),
        rx.el.div(Entry.errors["lines"], role="alert", class_name="dk-error"),
        rx.cond(
            Entry.lines.length() > 0,
            rx.el.div(
                rx.el.span("Goods ", Entry.subtotal),
                rx.cond(Entry.delivery != "", rx.el.span(" + delivery ", Entry.delivery)),
                rx.el.strong(" = ", Entry.total),
                class_name="oe-sum",
                role="status",
            ),
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
            on_click=Entry.add(found["sku"]),
            class_name="oe-add",
        )
    )


def _line(line: Words) -> rx.Component:
    return rx.el.li(
        rx.el.span(line["title"], " ", rx.el.span(line["free"], class_name="dk-soft")),
        rx.debounce_input(
            rx.el.input(
                value=line["quantity"],
                on_change=lambda typed: Entry.count(line["sku"], typed),
                input_mode="numeric",
                aria_label=rx.Var.create("Quantity of ") + line["title"],
                class_name="od-pieces oe-quantity",
            ),
            debounce_timeout=300,
        ),
        rx.el.span("× ", line["price"], class_name="dk-nowrap"),
        rx.el.button(
            rx.icon("x", size=14, aria_hidden="true"),
            ui.visually_hidden(rx.Var.create("Take out ") + line["title"]),
            type="button",
            on_click=Entry.count(line["sku"], "0"),
            class_name="dk-iconbutton",
        ),
        key=line["sku"],
    )


def _who() -> rx.Component:
    known, errors = Entry.known, Entry.errors
    phone = ui.text_field(
        "Phone", "phone", error=errors["phone"], hint=Entry.known_words, on_blur=Entry.know, input_mode="tel",
        auto_complete="off", size="2", field_id="entry-phone",
    )  # fmt: skip
    return rx.el.section(
        rx.el.div(
            phone,
            _field("Name", "name", known["name"]),
            _field("E-mail, if there is one", "email", known["email"]),
            ui.choice_field(
                "District",
                "district",
                [("", "Choose …"), *((name, name) for name in DISTRICTS)],
                error=errors["district"],
                value=Entry.district,
                on_change=Entry.choose_district,
            ),
            class_name="od-filter-grid",
        ),
        rx.el.div(rx.foreach(Entry.glance, lambda row: ui.check_line(row["level"], row["words"])), role="status"),
        _field("House, road, village", "line", known["line"]),
        _field("Area or upazila", "area", known["area"]),
        class_name="dk-form",
    )


def _how() -> rx.Component:
    errors = Entry.errors
    return rx.el.section(
        rx.el.div(
            ui.choice_field("Came by", "channel", list(CHANNELS.items())),
            ui.choice_field(
                "Pays by",
                "method",
                [(k, m.label) for k, m in METHODS.items()],
                error=errors["method"],
                value=Entry.method,
                on_change=Entry.choose_method,
            ),
            _field("TrxID, if it was sent", "trx_id", ""),
            _field("Sent from", "sender", ""),
            class_name="od-filter-grid",
        ),
        rx.cond(Entry.advance != "0", _advance()),
        ui.text_area_field("Customer's note", "note", error=errors["note"], rows="2", max_length=1000),
        class_name="dk-form",
    )


def _advance() -> rx.Component:
    """What the rule asks in advance, by what it was sent, and for who may: that it is let be, and why."""
    return rx.el.div(
        ui.check_line("info", Entry.advance_said, " in advance. ", Entry.advance_why),
        ui.choice_field(
            "The TrxID is of", "advance_by", [(key, one.label) for key, one in claimable().items()],
            error=Entry.errors["advance_by"],
        ),
        rx.cond(
            SessionState.may[Permission.WAIVE_ADVANCE.value],
            ui.beside(
                ui.tick_field("Ask nothing in advance", "without_advance"),
                _field("Why not", "without_why", ""),
            ),
        ),
        class_name="dk-form",
    )  # fmt: skip


def _field(label: str, name: str, value: rx.Var[str] | str) -> rx.Component:
    """A field that is drawn anew when what is known of the customer arrives."""
    return ui.text_field(
        label, name, error=Entry.errors[name], default_value=value, key=rx.Var.create(f"{name}-") + value,
        size="2", field_id=f"entry-{name}", auto_complete="off",
    )  # fmt: skip
