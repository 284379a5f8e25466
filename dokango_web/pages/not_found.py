"""What stands at an address that leads nowhere."""

from __future__ import annotations

import reflex as rx


def page() -> rx.Component:
    """Say so, and lead on."""
    return rx.el.main(
        rx.el.div(
            rx.el.h1("Nothing stands here", class_name="dk-title"),
            rx.el.p("The address may be mistyped, or what stood here has moved.", class_name="dk-subtitle"),
            rx.el.p(rx.link("To the shop", href="/"), " · ", rx.link("To the desk", href="/orders")),
            class_name="fr-sign-in",
        ),
    )
