"""What stands in a cell: money, age, codes to copy, phones to call."""

from __future__ import annotations

import reflex as rx

Text = str | rx.Var[str]


def visually_hidden(words: Text) -> rx.Component:
    """For a screen reader alone."""
    return rx.el.span(words, class_name="dk-hidden")


def money(amount: Text, *, strong: bool = False) -> rx.Component:
    """An amount that is text already (dokango.money.taka), right aligned in tabular figures."""
    return rx.el.span(amount, class_name="dk-money dk-strong" if strong else "dk-money")


def age(words: Text, exact: Text) -> rx.Component:
    """How long ago in words (dokango.clock.age_words), the exact time on hover and to a screen reader."""
    return rx.el.span(words, visually_hidden(rx.Var.create(" · ") + exact), title=exact, class_name="dk-age")


def code(text: Text) -> rx.Component:
    """An id to be read letter by letter: TrxID, tracking code, SKU."""
    return rx.el.span(text, class_name="dk-code")


def copy_button(text: Text, what: str = "text") -> rx.Component:
    """Copies `text` in the browser, and says so; `what` names it to a screen reader ("TrxID")."""
    return rx.el.button(
        rx.icon("copy", size=14, aria_hidden="true"),
        rx.el.span(f"Copy {what}", class_name="dk-hidden"),
        type="button",
        title=f"Copy {what}",
        class_name="dk-iconbutton",
        custom_attrs={"data-copy": text},
    )


def whatsapp_link(phone_digits: Text, label: Text = "WhatsApp") -> rx.Component:
    """Opens a chat; `phone_digits` as 01711000000."""
    href = rx.Var.create("https://wa.me/88") + phone_digits
    return rx.el.a(
        rx.icon("message-circle", size=14, aria_hidden="true"),
        rx.el.span(label, class_name="dk-hidden"),
        href=href,
        target="_blank",
        rel="noopener noreferrer",
        title="WhatsApp",
        class_name="dk-iconbutton",
    )


def phone_links(shown: Text, digits: Text) -> rx.Component:
    """A phone to read (01711-000000), to call, to copy and to write to; `digits` as 01711000000."""
    return rx.el.span(
        rx.el.a(shown, href=rx.Var.create("tel:+88") + digits, class_name="dk-link dk-nowrap"),
        copy_button(digits, "phone number"),
        whatsapp_link(digits),
        class_name="dk-inline",
    )
