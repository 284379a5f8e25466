"""Settings: the courier's keys, tried with one click and never shown again, and its webhook."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.settings.couriers import CourierSettingsState as C


def couriers_part() -> rx.Component:
    """Steadfast: keys and webhook. Couriers without an API need no setting."""
    return rx.el.div(_keys(), _webhook(), class_name="dk-stack sh-narrow")


def _keys() -> rx.Component:
    return ui.card(
        rx.cond(
            C.practising,
            rx.callout(
                "Without keys, parcels go to the practice courier: everything works, no parcel is real.",
                icon="graduation-cap", size="1", color_scheme="blue", high_contrast=True,
            ),
        ),
        _known("API key", C.api_key_mark),
        _known("Secret key", C.secret_key_mark),
        rx.form(
            ui.form_error(C.failure),
            rx.el.div(
                _secret("API key", "steadfast_api_key"),
                _secret("Secret key", "steadfast_secret_key"),
                class_name="sh-pair",
            ),
            rx.el.p(
                "Both from Steadfast's panel, under API. They are kept encrypted and never shown again.",
                class_name="dk-hint",
            ),
            rx.el.div(
                ui.action_button("Try the keys", C.try_keys, icon="plug-zap", pending=C.trying),
                rx.cond(
                    C.api_key_mark != "",
                    ui.more_menu(
                        ui.menu_item("Remove the keys", C.remove_keys, icon="trash-2", danger=True),
                        label="More about the keys",
                    ),
                ),
                ui.action_button("Keep and try", submit=True, variant="solid", pending=C.pending),
                class_name="sh-save",
            ),
            on_submit=C.save_keys,
            reset_on_submit=True,
            class_name="dk-form",
            custom_attrs={"noValidate": True},
        ),
        verdict(C.verdict, C.verdict_is_good),
        title="Steadfast",
    )  # fmt: skip


def _secret(label: str, name: str) -> rx.Component:
    return ui.text_field(
        label, name, type="password", auto_complete="off", error=C.errors.get(name, ""), max_length=500
    )


def _known(label: str, mark: rx.Var[str]) -> rx.Component:
    return ui.facts((label, rx.cond(mark != "", mark, "not set")))


def _webhook() -> rx.Component:
    return ui.card(
        rx.el.p(
            "Steadfast tells us here what becomes of a parcel. What it says is checked with its API first.",
            class_name="dk-hint",
        ),
        ui.facts(
            (
                "Address",
                rx.el.span(ui.code(C.webhook_url), ui.copy_button(C.webhook_url, "address"), class_name="dk-inline"),
            ),
            ("Token", rx.cond(C.token_mark != "", C.token_mark, "not set: nothing is let in")),
        ),
        rx.cond(C.new_token != "", shown_once("The new token", C.new_token)),
        rx.el.div(ui.action_button("Make a new token", C.make_token, icon="key-round"), class_name="sh-save"),
        title="Webhook",
    )  # fmt: skip


def verdict(words: rx.Var[str], is_good: rx.Var[bool]) -> rx.Component:
    """How a trial went; read aloud."""
    return rx.el.div(
        rx.cond(
            words != "",
            rx.cond(
                is_good,
                rx.callout(words, icon="circle-check", color_scheme="green", size="1", high_contrast=True),
                rx.callout(words, icon="circle-x", color_scheme="red", size="1", high_contrast=True),
            ),
        ),
        role="status",
    )


def shown_once(label: str, secret: rx.Var[str]) -> rx.Component:
    """A secret's only showing."""
    return rx.callout.root(
        rx.callout.icon(rx.icon("eye", size=16, aria_hidden="true")),
        rx.callout.text(
            f"{label}, shown this once: ", ui.code(secret), ui.copy_button(secret, label.lower()), class_name="sh-once"
        ),
        color_scheme="amber", size="1", high_contrast=True, role="status",
    )  # fmt: skip
