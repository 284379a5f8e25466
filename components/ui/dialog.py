"""Dialogs and drawers: they hold the focus and give it back (assets/desk.js returns it where Radix has no trigger)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from components.ui.action import action_button
from components.ui.form import choice_field, form_error, sent_form, text_area_field

Text = str | rx.Var[str]
Truth = bool | rx.Var[bool]


def dialog(
    title: Text,
    *body: rx.Component,
    is_open: Truth,
    on_open_change: Any,
    description: Text = "",
    footer: Sequence[rx.Component] = (),
    width: str = "560px",
    kind: str = "dk-dialog",
) -> rx.Component:
    """A modal over the page. `on_open_change` gets False on Esc, on a click outside and on the cross."""
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(title, size="4", class_name="dk-dialog-title", custom_attrs={"as": "h2"}),
            # Radix wants a description for each dialog; an empty one is not shown.
            rx.dialog.description(description, size="2", class_name="dk-dialog-description"),
            rx.el.div(*body, class_name="dk-dialog-body"),
            rx.el.div(*footer, class_name="dk-dialog-foot") if footer else rx.fragment(),
            # Last, so that the focus goes to the first field; drawn in the corner.
            rx.dialog.close(
                rx.icon_button(
                    rx.icon("x", size=18),
                    variant="ghost",
                    color_scheme="gray",
                    aria_label="Close",
                    class_name="dk-dialog-close",
                )
            ),
            max_width=width,
            class_name=kind,
        ),
        open=is_open,
        on_open_change=on_open_change,
    )


def drawer(title: Text, *body: rx.Component, is_open: Truth, on_open_change: Any, **props: Any) -> rx.Component:
    """A sheet from the right edge: a peek at a row with the list still behind it."""
    return dialog(title, *body, is_open=is_open, on_open_change=on_open_change, kind="dk-drawer", **props)


def confirm_dialog(
    title: Text,
    sentence: Text,
    confirm: Text,
    frame: Any,
    on_submit: Any,
    *,
    is_open: Truth,
    on_open_change: Any,
    seen: tuple[Text, rx.Var[int]] | None = None,
) -> rx.Component:
    """Says what will happen and asks once more. `frame` is the state that holds the form, `seen` the order of it."""
    foot = dialog_foot(action_button(confirm, submit=True, variant="solid", pending=frame.pending))
    return dialog(
        title,
        sent_form(frame, on_submit, form_error(frame.failure), foot, seen=seen),
        is_open=is_open,
        on_open_change=on_open_change,
        description=sentence,
        width="460px",
    )


def reason_dialog(
    title: Text,
    sentence: Text,
    confirm: Text,
    frame: Any,
    on_submit: Any,
    *,
    is_open: Truth,
    on_open_change: Any,
    reasons: Sequence[str] = (),
    error: Text = "",
    extra: Sequence[rx.Component] = (),
    seen: tuple[Text, rx.Var[int]] | None = None,
) -> rx.Component:
    """What destroys asks why first. `on_submit` gets {"kind": one of `reasons`, "reason": text, …names in `extra`}.

    `frame` is the state that holds the form, `seen` the order it is over. `error` stands under the reason; what was
    typed stays.
    """
    asked = (
        [choice_field("Why", "kind", [(r, r) for r in reasons], error=frame.errors.get("kind", ""))] if reasons else []
    )
    return dialog(
        title,
        sent_form(
            frame,
            on_submit,
            form_error(frame.failure),
            *asked,
            text_area_field("In your words", "reason", error=error, hint="Kept in the order's history.", rows="3"),
            *extra,
            dialog_foot(action_button(confirm, submit=True, variant="solid", colour="red", pending=frame.pending)),
            seen=seen,
        ),
        is_open=is_open,
        on_open_change=on_open_change,
        description=sentence,
        width="480px",
    )


def dialog_foot(*actions: rx.Component, back: Text = "Back") -> rx.Component:
    """The way back, and what the dialog is for."""
    close = rx.dialog.close(rx.button(back, type="button", variant="outline", color_scheme="gray", size="2"))
    return rx.el.div(close, *actions, class_name="dk-dialog-foot")
