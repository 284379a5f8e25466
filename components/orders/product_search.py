"""Where one types what is to be put on an order."""

from __future__ import annotations

from typing import Any

import reflex as rx


def product_search(label: str, field: str, value: rx.Var[str], find: Any, **props: Any) -> rx.Component:
    """`field` is its id; `find` hears each pause in the typing."""
    return rx.el.div(
        rx.el.label(label, html_for=field, class_name="dk-label"),
        rx.debounce_input(
            rx.el.input(
                id=field, value=value, on_change=find, placeholder="Search a product or SKU …", auto_complete="off",
                class_name="vp-input", **props,
            ),
            debounce_timeout=200,
        ),
        class_name="dk-field",
    )  # fmt: skip
