"""What an order is made of, part by part: for its own page and for the list's drawer."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.orders.advance import advance_lines
from components.orders.reach import TEL, reach
from dokango.people.permissions import Permission
from state.kit.session import SessionState
from state.orders.edit import EditState
from state.orders.order import OrderState
from state.orders.steps import OrderStepsState

Words = rx.Var[dict[str, str]]
ORDER = OrderState.order


def axes() -> rx.Component:
    """Work, money and carrier, and the marks beside them."""
    return rx.el.div(
        ui.work_badge(ORDER["status"]),
        ui.money_badge(ORDER["money"]),
        rx.cond(ORDER["carrier_status"] != "", ui.carrier_badge(ORDER["carrier_status"])),
        rx.cond(ORDER["held"] != "", ui.mark_badge("held")),
        rx.cond(ORDER["approval"] != "", ui.mark_badge("approval")),
        rx.cond(ORDER["packed"] != "", ui.mark_badge("packed")),
        rx.cond(ORDER["fragile"] != "", ui.mark_badge("fragile")),
        rx.cond(ORDER["assigned"] != "", ui.badge(ORDER["assigned"], "gray", "user")),
        class_name="dk-inline",
    )


def held_band() -> rx.Component:
    """Why the order stands still."""
    return rx.cond(
        ORDER["held"] != "",
        rx.callout(
            rx.el.span("On hold because ", ORDER["held"], ". ", ORDER["held_note"]),
            icon="circle-pause",
            color_scheme="amber",
            high_contrast=True,
            size="1",
        ),
    )


def wish_band() -> rx.Component:
    """What the customer asks for; the order waits until it is done, or refused."""
    number = ORDER["number"]
    asks = rx.cond(ORDER["wish_kind"] == "cancel", "The customer asks to cancel: ", "The customer asks: ")
    return rx.cond(
        ORDER["wish_kind"] != "",
        rx.el.div(
            ui.check_line("warn", asks, rx.el.q(ORDER["wish"], dir="auto")),
            rx.cond(
                SessionState.may[Permission.EDIT_ORDER.value],
                rx.el.div(
                    ui.action_button("Edit order…", EditState.open(number), size="1"),
                    ui.action_button(
                        "Cancel order…", OrderStepsState.ask("cancel", number, OrderState.version), size="1"
                    ),
                    ui.action_button(
                        "Say no…", OrderStepsState.ask("refuse_change", number, OrderState.version), size="1"
                    ),
                    class_name="dk-inline",
                ),
            ),
            role="status",
        ),
    )


def checks() -> rx.Component:
    """The automatic checks, each with its reason."""
    return ui.card(
        rx.foreach(
            OrderState.verdicts,
            lambda v: ui.check_line(v["level"], rx.el.span(v["check"], ": ", class_name="dk-strong"), v["words"]),
        ),
        title="Checks",
    )


def items() -> rx.Component:
    """Lines with picture, variant and stock, and the total recomputed from them."""
    sums = ui.facts(
        ("Goods", ui.money(ORDER["subtotal"])),
        ("Delivery", ui.money(ORDER["delivery"])),
        ("Discount", rx.cond(ORDER["discount"] != "", ui.money(ORDER["discount"]), "none")),
        ("Total", ui.money(ORDER["total"], strong=True)),
    )
    why = rx.cond(ORDER["discount_why"] != "", rx.el.p(ORDER["discount_why"], class_name="dk-hint", dir="auto"))
    return ui.card(
        rx.el.ul(rx.foreach(OrderState.lines, _line), class_name="od-lines"),
        rx.el.div(sums, why, class_name="od-items"),
        title="Items",
    )


def _line(line: Words) -> rx.Component:
    return rx.el.li(
        rx.cond(
            line["image"] != "",
            rx.el.img(src=line["image"], alt="", width="44", height="44", loading="lazy", class_name="od-picture"),
            rx.el.span(rx.icon("image", size=18, aria_hidden="true"), class_name="od-picture od-no-picture"),
        ),
        rx.el.div(
            rx.el.span(line["title"], class_name="dk-strong"),
            rx.cond(line["variant"] != "", rx.el.span(" · ", line["variant"])),
            rx.el.div(
                ui.code(line["sku"]), rx.el.span(line["stock"]), rx.cond(line["back"] != "", rx.el.span(line["back"])),
                class_name="od-line-more",
            ),
            class_name="od-line-words",
        ),
        rx.el.span(line["quantity"], " × ", line["price"], class_name="dk-soft dk-nowrap"),
        ui.money(line["amount"]),
    )  # fmt: skip


def payment() -> rx.Component:
    """How it is paid, what is paid and due, and every claim, payment and refund."""
    return ui.card(
        ui.facts(
            ("Method", ORDER["method"]),
            ("Paid", rx.cond(ORDER["paid"] != "", ORDER["paid"], "nothing yet")),
            ("Due", rx.cond(ORDER["due"] != "", rx.el.strong(ORDER["due"]), "nothing")),
        ),
        rx.cond(ORDER["refund_due"] != "", ui.check_line("warn", ORDER["refund_due"], " is due back to the customer.")),
        rx.cond(ORDER["credit"] != "", ui.check_line("info", ORDER["credit"], " is the customer's credit with us.")),
        rx.cond(ORDER["forgiven"] != "", ui.check_line("info", ORDER["forgiven"], " was forgiven.")),
        advance_lines(),
        rx.cond(ORDER["courier_due"] != "", ui.check_line("info", ORDER["courier_due"], " is with the courier.")),
        rx.cond(ORDER["courier_owed"] != "", ui.check_line("info", ORDER["courier_owed"], " is owed to the courier.")),
        rx.foreach(OrderState.money, _money_line),
        title="Payment",
    )


def _money_line(line: Words) -> rx.Component:
    return ui.check_line(
        line["level"],
        line["what"],
        rx.cond(line["code"] != "", rx.fragment(" ", ui.code(line["code"]), ui.copy_button(line["code"], "TrxID"))),
        rx.el.div(
            line["when"], rx.cond(line["note"] != "", rx.fragment(" · ", line["note"])), class_name="dk-hint"
        ),
    )  # fmt: skip


def customer() -> rx.Component:
    """Who ordered: how to reach them, and how their other orders went."""
    return ui.card(
        rx.el.div(ORDER["name"], class_name="dk-strong"),
        rx.el.span(
            rx.el.a(ORDER["phone_said"], href=TEL, class_name="dk-link dk-nowrap"),
            ui.copy_button(ORDER["phone"], "phone number"),
            class_name="dk-inline",
        ),
        rx.cond(ORDER["email"] != "", rx.el.div(ORDER["email"], class_name="dk-soft")),
        reach(),
        rx.el.p(OrderState.record, class_name="od-record"),
        rx.foreach(OrderState.glance, _known),
        rx.cond(
            SessionState.may[Permission.VIEW_CUSTOMERS.value],
            ui.link_button("Their page", rx.Var.create("/customers/") + ORDER["phone"], icon="user", size="1"),
        ),
        rx.foreach(OrderState.buyers, _known),
        rx.cond(OrderState.history.length() > 0, _history()),
        title="Customer",
    )  # fmt: skip


def _known(row: Words) -> rx.Component:
    """What a courier knows, as loud as it is."""
    return ui.check_line(row["level"], row["words"])


def _history() -> rx.Component:
    def line(other: Words) -> rx.Component:
        return rx.el.li(
            rx.link(rx.Var.create("#") + other["number"], href=other["href"]),
            ui.work_badge(other["status"]),
            ui.money(other["total"]),
            ui.age(other["age"], other["exact"]),
        )

    return rx.el.ul(rx.foreach(OrderState.history, line), class_name="od-history", aria_label="Other orders")


def address() -> rx.Component:
    """Where it goes; editable until it is shipped."""
    edit = rx.cond(
        (ORDER["editable"] != "") & SessionState.may[Permission.EDIT_ORDER.value],
        rx.button(
            "Edit", ui.visually_hidden(" address"), variant="ghost", size="1",
            on_click=OrderStepsState.ask("edit_address", ORDER["number"], OrderState.version),
        ),
    )  # fmt: skip
    return ui.card(
        rx.el.div(ORDER["line"], rx.el.br(), ORDER["place"], class_name="od-prewrap"),
        rx.foreach(OrderState.places, _known),
        rx.cond(OrderState.by_rule != "", ui.check_line("info", "Courier by the rule: ", OrderState.by_rule)),
        title="Address",
        action=rx.el.span(edit, ui.copy_button(ORDER["address"], "address"), class_name="dk-inline"),
    )


def customers_note() -> rx.Component:
    """What the customer wrote."""
    return rx.cond(
        ORDER["note"] != "",
        ui.card(rx.el.p(ORDER["note"], class_name="od-prewrap"), title="The customer's note"),
    )


def history() -> rx.Component:
    """The timeline, newest first, with a box to write on it."""
    box = ui.sent_form(
        OrderStepsState,
        OrderStepsState.note,
        ui.text_area_field(
            "Note for the staff", "text", error=OrderStepsState.errors["text"], rows="2", max_length=1000
        ),
        ui.action_button("Add note", submit=True, size="1"),
        seen=(ORDER["number"], OrderState.version),
        reset_on_submit=True,
        class_name="dk-form od-note",
    )
    return ui.card(
        rx.cond(SessionState.may[Permission.EDIT_ORDER.value], box),
        ui.timeline(OrderState.events),
        title="History",
    )
