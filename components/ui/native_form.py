"""A form that the browser posts by itself. Reflex's own form swallows the submit and sends an event instead."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML


class NativeForm(BaseHTML):
    """<form method="post" action="…">, untouched by Reflex."""

    tag = "form"
    method: rx.Var[str]
    action: rx.Var[str]


def native_form(*children: rx.Component, action: str, **props: object) -> rx.Component:
    """A form whose fields are posted to `action`, one of our own routes."""
    return NativeForm.create(*children, method="post", action=action, **props)
