"""Settings: the SMS gateway that messages go by."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components import ui
from components.settings.couriers import verdict
from dokango.notify.sms_gateways import OTHER, choices
from state.settings.sms import SmsSettingsState as S

_SET = (
    "Customers who left no e-mail address get an SMS when their order is placed, confirmed, shipped and delivered, "
    "each with the link to it."
)
_UNSET = "Without a gateway, customers who left a phone and no e-mail address are told nothing."


def sms_cards() -> rx.Component:
    """The gateway, and an SMS to try it."""
    return rx.fragment(_gateway(), _trial())


def _gateway() -> rx.Component:
    return ui.card(
        rx.el.p(rx.cond(S.is_set, _SET, _UNSET), class_name="dk-hint"),
        ui.sent_form(
            S,
            S.save,
            ui.form_error(S.failure),
            ui.beside(
                ui.choice_field(
                    "Gateway", "gateway", choices(), error=S.errors.get("gateway", ""),
                    default_value=S.form["gateway"], on_change=S.choose,
                ),
                _field("Sender name or number", "sms_sender", placeholder="8809600000000"),
            ),
            rx.cond(S.chosen == OTHER, _described()),
            rx.cond(S.chosen == "mim", _field("User name at the gateway", "user")),
            ui.beside(
                ui.text_field(
                    "API key", "sms_key", type="password", auto_complete="new-password",
                    error=S.errors.get("sms_key", ""),
                    hint=rx.cond(S.mark != "", S.mark, "Kept encrypted, never shown again."),
                ),
                _field("Price of one part, ৳", "part_price", input_mode="decimal", placeholder="0.25"),
                _field("Most in a day", "most_a_day", input_mode="numeric", placeholder="no limit"),
            ),
            rx.el.div(
                ui.action_button("Save", submit=True, variant="surface", pending=S.pending & ~S.trying),
                class_name="sh-save",
            ),
            custom_attrs={"noValidate": True},
        ),
        title="SMS gateway",
    )  # fmt: skip


def _described() -> rx.Component:
    return rx.fragment(
        _field("Address", "url", placeholder="https://…/send?to={to}&text={text}", input_mode="url"),
        ui.beside(
            ui.choice_field(
                "Method", "sms_method", (("POST", "POST"), ("GET", "GET")), error=S.errors.get("method", ""),
                default_value=S.form["sms_method"],
            ),
            _field(
                "An accepted answer matches", "accepted", placeholder="^OK", hint="Any other answer is tried again."
            ),
        ),
        _field(
            "Body", "body", placeholder="key={key}&to={to}&text={text}",
            hint="{to}, {text}, {id}, {sender}, {key}; one that begins with { is sent as JSON.",
        ),
    )  # fmt: skip


def _trial() -> rx.Component:
    return ui.card(
        ui.sent_form(
            S,
            S.try_it,
            ui.text_field(
                "Send an SMS to", "try_sms", type="tel", placeholder="01711-000000", error=S.errors.get("try_sms", "")
            ),
            rx.el.div(
                ui.action_button("Send a test SMS", submit=True, icon="send", pending=S.pending & S.trying),
                class_name="sh-save",
            ),
            custom_attrs={"noValidate": True},
        ),
        verdict(S.verdict, S.verdict_is_good),
        title="Try the gateway",
    )  # fmt: skip


def _field(label: str, name: str, **props: Any) -> rx.Component:
    return ui.text_field(label, name, error=S.errors.get(name, ""), default_value=S.form[name], **props)
