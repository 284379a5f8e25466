"""Settings: each courier's keys, tried with one click and never shown again, and its webhook."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.settings.carriers import carriers_card
from dokango.couriers.kind import FieldKind
from state.settings.couriers import CourierSettingsState as C

Row = rx.Var[dict[str, str]]


def couriers_part() -> rx.Component:
    """Keys and webhook of each courier with an API, and those without, by name."""
    return rx.el.div(
        rx.foreach(C.cards, _keys),
        rx.foreach(C.webhooks, _webhook),
        carriers_card(),
        class_name="dk-stack sh-narrow",
    )


def _keys(card: Row) -> rx.Component:
    courier = card["courier"]
    return ui.card(
        rx.cond(
            C.practising[courier],
            rx.callout(
                "Without keys, parcels go to the practice courier: everything works, no parcel is real.",
                icon="graduation-cap", size="1", color_scheme="blue", high_contrast=True,
            ),
        ),
        rx.foreach(C.fields[courier], _known),
        ui.sent_form(
            C,
            C.save_keys,
            rx.el.input(type="hidden", name="courier", value=courier),
            ui.form_error(rx.cond(C.verdict_of == courier, C.failure, "")),
            ui.beside(rx.foreach(C.fields[courier], _asked)),
            rx.el.p(card["hint"], class_name="dk-hint"),
            rx.el.div(
                ui.action_button("Try the keys", C.try_keys(courier), icon="plug-zap", pending=C.trying == courier),
                rx.cond(
                    card["kept"] != "",
                    ui.more_menu(
                        ui.menu_item("Remove the keys", C.remove_keys(courier), icon="trash-2", danger=True),
                        label="More about the keys",
                    ),
                ),
                ui.action_button(
                    "Keep and try", submit=True, pending=C.pending & (C.verdict_of == courier)
                ),
                class_name="sh-save",
            ),
            key=courier + C.showing,
            custom_attrs={"noValidate": True},
        ),
        verdict(rx.cond(C.verdict_of == courier, C.verdict, ""), C.verdict_is_good),
        title=card["name"],
    )  # fmt: skip


def _asked(field: Row) -> rx.Component:
    error = rx.cond(C.errors[field["name"]], C.errors[field["name"]], "")

    def typed(kind: str, **props: object) -> rx.Component:
        return ui.text_field(
            field["label"], field["name"], type=kind, hint=field["hint"], auto_complete="off", error=error,
            max_length=500, **props,
        )  # fmt: skip

    return rx.match(
        field["kind"],
        (FieldKind.SECRET.value, typed("password")),
        (FieldKind.NUMBER.value, typed("text", input_mode="numeric", default_value=field["value"])),
        (
            FieldKind.CHOICE.value,
            ui.choice_field(
                field["label"], field["name"], C.options[field["name"]], hint=field["hint"], error=error,
                default_value=field["value"],
            ),
        ),
        typed("text", default_value=field["value"]),
    )  # fmt: skip


def _known(field: Row) -> rx.Component:
    """What is said of a secret; the others show themselves in the form."""
    mark = field["mark"]
    return rx.cond(
        field["kind"] == FieldKind.SECRET.value, ui.facts((field["label"], rx.cond(mark != "", mark, "not set")))
    )


def _address(url: rx.Var[str]) -> rx.Component:
    return rx.el.span(ui.code(url), ui.copy_button(url, "address"), class_name="dk-inline")


def _webhook(hook: Row) -> rx.Component:
    return ui.card(
        rx.el.p(hook["words"], class_name="dk-hint"),
        ui.facts(
            ("Address", _address(hook["url"])),
            ("Token", rx.cond(hook["mark"] != "", hook["mark"], "not set: nothing is let in")),
        ),
        rx.cond((C.new_token != "") & (C.new_token_of == hook["courier"]), _new_token()),
        rx.el.div(
            ui.action_button("Make a new token", C.make_token(hook["courier"]), icon="key-round"), class_name="sh-save"
        ),
        title=hook["title"],
    )  # fmt: skip


def _new_token() -> rx.Component:
    return rx.el.div(
        shown_once("The new token", C.new_token),
        ui.action_button("I have it", C.hide_token, variant="soft", colour="gray"),
        class_name="dk-stack",
    )


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
