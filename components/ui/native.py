"""Elements that the browser alone handles: links and forms that Reflex would otherwise take over."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML
from reflex_components_core.el.elements.inline import A

Text = str | rx.Var[str]


class NativeForm(BaseHTML):
    """A form the browser itself posts: Reflex's own prevents that even without a handler."""

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]
    enc_type: rx.Var[str]


def native_link(*children: Any, href: Text, **props: Any) -> rx.Component:
    """A link that loads anew: to files, to other sites, to a place on this page (rx.el.a goes by the router)."""
    return A.create(*children, href=href, **props)


def skip_link(words: Text, target: str, **props: Any) -> rx.Component:
    """The first thing a keyboard meets: past the navigation, to the element `target`."""
    return native_link(words, href=f"#{target}", **props)


def plain_form(*children: rx.Component, action: Text, method: str = "post", **props: Any) -> rx.Component:
    """A native form that the browser posts to `action` (sign-in, uploads): no event, works before JavaScript."""
    return NativeForm.create(*children, action=action, method=method, **props)
