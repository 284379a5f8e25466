"""Fields of the customers' forms: label, control, hint and sentence, large enough for a thumb. The browser keeps what
is typed; each is tied to its words by aria."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components.store.frame import BANGLA, icon, say
from dokango.people.districts import DISTRICTS

Text = str | rx.Var[str]
Hint = str | rx.Var[str] | rx.Component


def field(label: str, name: str, *, error: Text, hint: Hint = "", optional: bool = False, **props: Any) -> rx.Component:
    """One line of text; `label` and `hint` are keys of the catalogue, or `hint` is said by the page itself.

    `name` is its id too unless `id` is given.
    """
    control_id = props.pop("id", name)
    control = rx.el.input(name=name, **_tied(control_id, error, hint, optional), class_name="sf-input", **props)
    return _framed(label, control_id, control, error, hint, optional)


def area_field(
    label: str, name: str, *, error: Text, hint: str = "", optional: bool = False, **props: Any
) -> rx.Component:
    """Several lines of text."""
    control_id = props.pop("id", name)
    control = rx.el.textarea(name=name, **_tied(control_id, error, hint, optional), class_name="sf-input", **props)
    return _framed(label, control_id, control, error, hint, optional)


def district_field(name: str, *, error: Text, **props: Any) -> rx.Component:
    """The 64 districts by their names in the visitor's language; a native list, which phones show as a wheel."""
    control_id = props.pop("id", name)
    options = [rx.el.option(rx.cond(BANGLA, bangla, english), value=english) for english, bangla in DISTRICTS.items()]
    control = rx.el.select(
        rx.el.option(say("district.pick"), value=""),
        *options,
        name=name,
        auto_complete="address-level1",
        class_name="sf-input",
        **_tied(control_id, error, "", False),
        **props,
    )
    return _framed("district", control_id, control, error, "", False)


def choice_field(
    label: str, name: str, choices: rx.Var[list[dict[str, str]]], *, error: Text, **props: Any
) -> rx.Component:
    """One of several, each with `key` and `label`; a native list."""
    control = rx.el.select(
        rx.foreach(choices, lambda one: rx.el.option(one["label"], value=one["key"])),
        name=name,
        class_name="sf-input",
        **_tied(name, error, "", False),
        **props,
    )
    return _framed(label, name, control, error, "", False)


def submit(
    words: Any, busy: Any, *, icon_name: str = "check", danger: bool = False, solid: bool = False
) -> rx.Component:
    """The button of a form; while its step is being taken it says so and takes no second press."""
    look = "sf-button sf-solid" if solid else "sf-button sf-danger" if danger else "sf-button sf-soft"
    return rx.el.button(
        rx.cond(busy, rx.el.span(class_name="sf-spinner", aria_hidden="true"), icon(icon_name)),
        words,
        type="submit",
        class_name=look,
        aria_disabled=rx.cond(busy, "true", "false"),
        aria_busy=rx.cond(busy, "true", "false"),
    )


def _tied(control_id: str, error: Text, hint: Hint, optional: bool) -> dict[str, Any]:
    wrong = rx.Var.create(error) != ""
    return {
        "id": control_id,
        "aria_invalid": rx.cond(wrong, "true", "false"),
        "aria_required": "false" if optional else "true",
        "aria_describedby": f"{control_id}-hint {control_id}-error" if _has(hint) else f"{control_id}-error",
    }


def _framed(
    label: str, control_id: str, control: rx.Component, error: Text, hint: Hint, optional: bool
) -> rx.Component:
    words = say(hint) if isinstance(hint, str) and hint else hint
    may = [rx.el.span(" (", say("optional"), ")", class_name="sf-soft-text")] if optional else []
    return rx.el.div(
        rx.el.label(say(label), *may, html_for=control_id, class_name="sf-label"),
        control,
        *([rx.el.p(words, id=f"{control_id}-hint", class_name="sf-hint")] if _has(hint) else []),
        rx.el.p(
            rx.cond(rx.Var.create(error) != "", rx.fragment(icon("circle-alert", 16), rx.el.span(error))),
            id=f"{control_id}-error",
            class_name="sf-error",
        ),
        class_name="sf-field",
    )


def _has(hint: Hint) -> bool:
    return not isinstance(hint, str) or bool(hint)
