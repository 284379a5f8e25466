"""Fields: a label above, the control, a hint, and under it one sentence when it cannot be used; all tied by aria."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx
from reflex_components_core.el.elements.forms import Form as HtmlForm
from reflex_components_radix.primitives.form import FormRoot

Text = str | rx.Var[str]
Truth = bool | rx.Var[bool]


def _left_field(event: Any) -> tuple[rx.Var[str], rx.Var[str], rx.Var[bool]]:
    """What a field is called that was left, what it holds, and whether to look at it again.

    Left for a button it is not looked at: a sentence that goes would move the button from under the press.
    """
    field, wrong = f"{event}.target", f"{event}.target.getAttribute('aria-invalid') === 'true'"
    again = rx.Var(f"({wrong} && {event}.relatedTarget?.tagName !== 'BUTTON')", _var_type=bool)
    return rx.Var(f"({field}.name ?? '')", _var_type=str), rx.Var(f"({field}.value ?? '')", _var_type=str), again


class _DeskForm(FormRoot):
    """A form that hears which of its fields is left: `blur` of a field comes up to it."""

    on_blur: rx.EventHandler[_left_field]


class _ShopForm(HtmlForm):
    """The same without the desk's looks, for customers."""

    on_blur: rx.EventHandler[_left_field]


def sent_form(
    frame: Any,
    on_submit: Any,
    *parts: rx.Component,
    seen: tuple[Text, rx.Var[int]] | None = None,
    plain: bool = False,
    **props: Any,
) -> rx.Component:
    """A form of the state `frame` (state/kit/form.py): it says which showing is sent, and hears of mended fields.

    `seen`: the number and the version of the order that it acts on, as they are on the screen. Nothing goes to the
    server when a field is left that was not wrong. `plain` leaves out the desk's looks.
    """
    if not plain:
        props.setdefault("class_name", "dk-form")
    return (_ShopForm if plain else _DeskForm).create(
        rx.el.input(type="hidden", name="press", value=frame.press, read_only=True),
        *([] if seen is None else [seen_fields(*seen)]),
        *parts,
        on_submit=on_submit,
        on_blur=lambda name, typed, again: rx.cond(again, frame.mend(name, typed), rx.noop()),
        **props,
    )


def text_field(
    label: Text,
    name: str,
    *,
    error: Text = "",
    hint: Text = "",
    required: bool = False,
    suffix: rx.Component | None = None,
    field_id: Text | None = None,
    **props: Any,
) -> rx.Component:
    """One line of text. `props` go to the input: value, default_value, on_change, on_blur, type, input_mode, …"""
    used_id = field_id or name
    props.setdefault("size", "3")
    control = rx.input(
        *([rx.input.slot(suffix, side="right")] if suffix is not None else []),
        name=name,
        id=used_id,
        required=required,
        **_aria(used_id, error, hint),
        **props,
    )
    return _field(label, used_id, control, error, hint, required)


def text_area_field(
    label: Text, name: str, *, error: Text = "", hint: Text = "", required: bool = False, **props: Any
) -> rx.Component:
    """Several lines of text."""
    props.setdefault("size", "3")
    control = rx.text_area(name=name, id=name, required=required, **_aria(name, error, hint), **props)
    return _field(label, name, control, error, hint, required)


def choice_field(
    label: Text,
    name: str,
    options: Sequence[tuple[str, str]] | rx.Var,
    *,
    error: Text = "",
    hint: Text = "",
    required: bool = False,
    **props: Any,
) -> rx.Component:
    """A native list (phones show their own wheel): `options` are (value, words) pairs, a list or a Var of such."""
    if isinstance(options, rx.Var):
        inner = [rx.foreach(options, lambda o: rx.el.option(o[1], value=o[0]))]
    else:
        inner = [rx.el.option(words, value=value) for value, words in options]
    control = rx.el.select(
        *inner, name=name, id=name, required=required, class_name="dk-select", **_aria(name, error, hint), **props
    )
    return _field(label, name, control, error, hint, required)


def tick_field(
    label: Text, name: str, *, checked: Truth | None = None, on_change: Any = None, **props: Any
) -> rx.Component:
    """A box to tick with its words as the target."""
    given = {k: v for k, v in (("checked", checked), ("on_change", on_change)) if v is not None}
    field_id = props.pop("field_id", name)
    box = rx.checkbox(name=name, id=field_id, size="2", **given, **props)
    return rx.el.div(box, rx.el.label(label, html_for=field_id), class_name="dk-tick")


def seen_fields(number: Text, version: rx.Var[int]) -> rx.Component:
    """The order and its version as they are on the screen, carried in the form itself; see state/kit/seen.py."""
    return rx.fragment(
        rx.el.input(type="hidden", name="number", value=number, read_only=True),
        rx.el.input(type="hidden", name="version", value=version.to_string(), read_only=True),
    )


def order_field(number: Text) -> rx.Var[str]:
    """The name of an order's field in a form over many; the field holds the version that is on the screen."""
    return rx.Var.create("order ") + number


def form_error(sentence: Text) -> rx.Component:
    """What the whole form was refused for; read aloud when it appears."""
    return rx.el.div(
        rx.cond(
            rx.Var.create(sentence) != "",
            rx.callout(sentence, icon="triangle-alert", color_scheme="red", high_contrast=True, size="1"),
        ),
        role="alert",
    )


def _field(label: Text, name: Text, control: rx.Component, error: Text, hint: Text, required: bool) -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="dk-label", custom_attrs={"data-required": str(required).lower()}),
        control,
        rx.cond(
            rx.Var.create(hint) != "",
            rx.el.div(hint, id=_suffixed(name, "-hint"), class_name="dk-hint"),
        ),
        rx.el.div(
            rx.cond(
                rx.Var.create(error) != "",
                rx.el.span(rx.icon("circle-alert", size=14, aria_hidden="true"), error, class_name="dk-error"),
            ),
            id=_suffixed(name, "-error"),
            aria_live="polite",
        ),
        class_name="dk-field",
    )


def _aria(name: Text, error: Text, hint: Text) -> dict[str, Any]:
    failed = rx.Var.create(error) != ""
    hinted = _suffixed(name, "-hint") if hint is not None else ""
    return {
        "aria_invalid": rx.cond(failed, "true", "false"),
        "aria_describedby": rx.cond(failed, _suffixed(name, "-error"), rx.cond(rx.Var.create(hint) != "", hinted, "")),
    }


def _suffixed(name: Text, suffix: str) -> Text:
    return name + suffix


def beside(*fields: rx.Component) -> rx.Component:
    """Fields beside each other where there is room, one below the other where there is none."""
    return rx.el.div(*fields, class_name="dk-beside")
