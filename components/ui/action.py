"""Buttons and menus. One filled (solid) button a screen; what destroys is in a menu and asks for a reason."""

from __future__ import annotations

import re
from typing import Any

import reflex as rx

from components.ui.native import native_link

Text = str | rx.Var[str]
Truth = bool | rx.Var[bool]


def shortcut(key: Text) -> dict[str, Any]:
    """Attributes that make `key` ("v", "/", "g o", "mod+k") press this element; see assets/desk.js.

    A key that the page learns later is a single one, or "" for none.
    """
    if isinstance(key, rx.Var):
        known = rx.cond(key != "", key, None)
        return {"data-key": known, "aria-keyshortcuts": known}
    return {"data-key": key, "aria-keyshortcuts": key.replace("mod+", "Control+").replace(" ", "+")}


def action_button(
    label: Text,
    on_click: Any = None,
    *,
    variant: str = "outline",
    colour: str | None = None,
    icon: str | None = None,
    pending: Truth = False,
    reason: Text = "",
    name: Text = "",
    key: Text | None = None,
    size: str = "2",
    submit: bool = False,
    **props: Any,
) -> rx.Component:
    """A button that acts on the server.

    `pending` shows a spinner and takes no second click. A `reason` that is not empty says why it cannot be pressed now:
    on hover, on focus and to a screen reader; the button keeps its place in the tab order. Give `name` (a row's id)
    where the same button stands in many rows. `variant`: "solid" once a screen, else "outline", "soft" or "ghost".
    """
    why_id = _why_id(label, name)
    blocked = rx.Var.create(reason) != ""
    still = rx.icon(icon, size=16, aria_hidden="true") if icon else rx.fragment()
    attributes = {"data-action": "", **({} if key is None else shortcut(key)), **props.pop("custom_attrs", {})}
    props |= {name: given for name, given in (("color_scheme", colour), ("on_click", on_click)) if given is not None}
    button = rx.button(
        rx.cond(pending, rx.spinner(size="1"), still),
        label,
        type="submit" if submit else "button",
        variant=variant,
        size=size,
        aria_disabled=rx.cond(blocked | rx.Var.create(pending), "true", "false"),
        aria_busy=rx.cond(pending, "true", "false"),
        aria_describedby=rx.cond(blocked, why_id, ""),
        custom_attrs=attributes,
        **props,
    )
    why = rx.cond(blocked, rx.el.span(reason, id=why_id, class_name="dk-why"))
    return rx.el.span(button, why, class_name="dk-action")


def link_button(
    label: Text, href: Text, *, icon: str | None = None, variant: str = "outline", **props: Any
) -> rx.Component:
    """A link that looks like a button: for going somewhere and for files, never for acting."""
    size = props.pop("size", "2")
    colour = props.pop("colour", None)
    key = props.pop("key", None)
    if key:
        props["custom_attrs"] = {**shortcut(key), **props.get("custom_attrs", {})}
    link = rx.link if props.pop("inside", True) else native_link
    inner = [rx.icon(icon, size=16, aria_hidden="true")] if icon else []
    return rx.button(
        link(*inner, label, href=href, **props),
        as_child=True,
        variant=variant,
        size=size,
        **({"color_scheme": colour} if colour else {}),
    )


def more_menu(*items: rx.Component, label: str = "More actions") -> rx.Component:
    """The menu behind the three dots, for what is rarer or destroys."""
    return rx.menu.root(
        rx.menu.trigger(
            rx.icon_button(
                rx.icon("ellipsis", size=18), variant="outline", size="2", color_scheme="gray", aria_label=label
            )
        ),
        rx.menu.content(*items, align="end", variant="soft"),
    )


def menu_item(
    label: Text, on_click: Any, *, icon: str | None = None, danger: bool = False, **props: Any
) -> rx.Component:
    """One line of a menu. A danger is red and its handler opens a dialog that asks for the reason."""
    inner = [rx.icon(icon, size=16, aria_hidden="true")] if icon else []
    if danger:
        props["color"] = "red"
    return rx.menu.item(*inner, label, on_select=on_click, **props)


def _why_id(label: Text, name: Text) -> Text:
    base = "why-" + re.sub(r"\W+", "-", str(label).lower())[:40].strip("-")
    if isinstance(name, str):
        return f"{base}-{name}" if name else base
    return rx.Var.create(f"{base}-") + name.to(str)
