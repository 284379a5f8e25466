"""Settings: the mail server, and the outbox to read."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components import ui
from components.settings.couriers import verdict
from components.settings.sms import sms_cards
from state.settings.mail import MailSettingsState as M
from state.settings.mail import OutboxState as O

SECURITY = (("starttls", "STARTTLS (587)"), ("tls", "TLS (465)"), ("none", "None (a server on this machine)"))
STATES = {
    "sent": ("green", "circle-check", "Sent"),
    "waiting": ("blue", "clock", "Waiting"),
    "sending": ("blue", "send", "Sending"),
    "delivered": ("green", "check-check", "Delivered"),
    "uncertain": ("amber", "circle-help", "Not known"),
    "off": ("gray", "bell-off", "Switched off"),
    "failed": ("red", "circle-x", "Failed"),
}


def messages_part() -> rx.Component:
    """Where mail and SMS go out, and one of each to try it."""
    return rx.el.div(_server(), _trial(), sms_cards(), class_name="dk-stack sh-narrow")


def _server() -> rx.Component:
    return ui.card(
        rx.el.p(
            rx.cond(
                M.is_set,
                "Customers who left an e-mail address are written to.",
                "Without a mail server nobody is mailed. What was said, and how it ended, stands in the outbox.",
            ),
            class_name="dk-hint",
        ),
        ui.sent_form(
            M,
            M.save,
            ui.form_error(M.failure),
            ui.beside(
                _field("Server", "host", placeholder="smtp.example.com", auto_complete="off"),
                _field("Port", "port", input_mode="numeric"),
                ui.choice_field(
                    "Encryption", "security", SECURITY, error=M.errors.get("security", ""),
                    default_value=M.form["security"],
                ),
            ),
            _field("Mail comes from", "sender", type="email", placeholder="orders@yourshop.com"),
            ui.beside(
                _field("User", "user", auto_complete="off"),
                ui.text_field(
                    "Password", "mail_password", type="password", auto_complete="new-password",
                    error=M.errors.get("mail_password", ""),
                    hint=rx.cond(M.mark != "", M.mark, "Kept encrypted, never shown again."),
                ),
            ),
            rx.el.div(
                ui.action_button("Save", submit=True, variant="solid", pending=M.pending & ~M.trying),
                class_name="sh-save",
            ),
            custom_attrs={"noValidate": True},
        ),
        title="Mail server",
    )  # fmt: skip


def _trial() -> rx.Component:
    return ui.card(
        ui.sent_form(
            M,
            M.try_it,
            ui.text_field("Send a mail to", "try_to", type="email", placeholder="you@example.com"),
            rx.el.div(
                ui.action_button("Send a test mail", submit=True, icon="send", pending=M.pending & M.trying),
                class_name="sh-save",
            ),
            custom_attrs={"noValidate": True},
        ),
        verdict(M.verdict, M.verdict_is_good),
        title="Try the mail server",
    )


def _field(label: str, name: str, **props: Any) -> rx.Component:
    return ui.text_field(label, name, error=M.errors.get(name, ""), default_value=M.form[name], **props)


def outbox_part() -> rx.Component:
    """Every message, newest first; a click reads it whole."""
    columns = [ui.Column("Message"), ui.Column("To"), ui.Column("State"), ui.Column("When", align="right")]
    return rx.el.div(
        rx.cond(
            O.rows.length() > 0,
            rx.fragment(
                ui.table(columns, rx.foreach(O.rows, _message), caption="Messages, newest first"),
                ui.pager(O.previous_url, O.next_url),
            ),
            ui.empty_state("No messages yet", "What customers and staff are told is listed here.", icon="mail"),
        ),
        ui.drawer(
            O.opened["subject"],
            rx.cond(
                O.opened["error"] != "",
                rx.callout(O.opened["error"], icon="circle-x", color_scheme="red", size="1", high_contrast=True),
            ),
            rx.el.p(O.opened["body"], class_name="sh-letter"),
            is_open=O.opened.length() > 0,
            on_open_change=O.close,
            description=rx.cond(
                O.opened["recipient"] != "", "To " + O.opened["recipient"] + ", " + O.opened["exact"], O.opened["exact"]
            ),
        ),
    )  # fmt: skip


def _message(row: rx.Var[dict[str, str]]) -> rx.Component:
    return ui.row(
        ui.cell(
            rx.el.button(
                row["subject"], type="button", on_click=O.open(row["id"]), class_name="ow-open",
                custom_attrs={"data-open": ""},
            ),
            lead=True, heading=True,
        ),
        ui.cell(
            rx.cond(row["recipient"] != "", row["recipient"], rx.cond(row["audience"] == "staff", "Staff", "–")),
            label="To",
        ),
        ui.cell(
            rx.match(
                row["state"],
                *[(key, ui.badge(word, colour, icon)) for key, (colour, icon, word) in STATES.items()],
                ui.badge(row["state"]),
            ),
            label="State",
        ),
        ui.cell(ui.age(row["age"], row["exact"]), label="When", align="right"),
        name=row["id"],
    )  # fmt: skip
