"""Settings: whether customers are asked about a failed delivery without staff, about what, and when."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.settings.shop import field, form
from dokango.orders.cases.kinds import ASKED_BY_ITSELF, KINDS
from state.settings.shop import SettingsState as S


def failed_part() -> rx.Component:
    """The switch, the kinds, the hours of the day, and how long an answer is awaited."""
    return form(
        S.save_asking,
        ui.tick_field(
            "Ask the customer when a delivery has failed", "asks_customers",
            default_checked=S.form["asks_customers"] == "on",
        ),
        rx.el.p(
            "Once for each failed attempt they get a message with the link to their order, where two taps answer. "
            "Whom no message reaches stays under “Needs us”, and it is said why.",
            class_name="dk-hint",
        ),
        ui.card(
            *[
                ui.tick_field(KINDS[kind].label, f"ask_{kind}", default_checked=S.form[f"ask_{kind}"] == "on")
                for kind in ASKED_BY_ITSELF
            ],
            title="When it was because",
        ),
        ui.beside(
            field("Not before, o’clock", "ask_from_hour", input_mode="numeric", hint="0 to 23, the hour in Dhaka."),
            field("Not after, o’clock", "ask_to_hour", input_mode="numeric",
                  hint="1 to 24. What fails at night is asked in the morning."),
        ),
        field(
            "Hours that an answer is awaited", "ask_wait_hours", input_mode="numeric",
            hint="Then it needs you again. Fewer where the courier wants an answer sooner: two hours are left to you.",
        ),
    )  # fmt: skip
