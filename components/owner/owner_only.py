"""What stands in place of a page for those whose role may not see it."""

from __future__ import annotations

import reflex as rx

from components import ui
from dokango.people.permissions import Permission
from state.kit.session import SessionState


def only_for(wanted: Permission, *content: rx.Component) -> rx.Component:
    """`content` for those who hold `wanted`; else a sentence and the way back. What is secret never left the server."""
    return rx.cond(
        SessionState.signed_in & ~SessionState.may[wanted.value],
        ui.error_state(
            "Your role does not open this page",
            "It shows what only the owner sees. Ask the owner if you need it.",
            ui.link_button("To the orders", "/orders", icon="inbox"),
        ),
        rx.fragment(*content),
    )
