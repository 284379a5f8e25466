"""Small pictures of products, with a place of the same size when there is none."""

from __future__ import annotations

import reflex as rx

Text = str | rx.Var[str]


def thumb(src: Text, alt: Text = "", *, size: str = "44px") -> rx.Component:
    """A square picture; decorative unless `alt` says what is on it."""
    box = {"width": size, "height": size}
    return rx.cond(
        rx.Var.create(src) != "",
        rx.el.img(src=src, alt=alt, loading="lazy", class_name="dk-thumb", style=box),
        rx.el.span(rx.icon("package", size=18, aria_hidden="true"), class_name="dk-thumb dk-thumb-none", style=box),
    )
