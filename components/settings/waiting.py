"""Settings: after how many hours an order has stood too long where it stands."""

from __future__ import annotations

import reflex as rx

from components.settings.shop import field, form
from dokango.orders.waits.table import WAITS
from state.settings.shop import SettingsState as S


def waiting_part() -> rx.Component:
    """One field a row of the table of waits."""
    return form(
        S.save_waiting,
        rx.el.p(
            "After so many hours an order that stands still is a case under Problems, which ends by itself when the "
            "order goes on. Who has not paid is told again how to pay, once. Type 0 for never.",
            class_name="dk-hint",
        ),
        *[field(wait.label, wait.setting, input_mode="numeric", hint="Hours; 0: never.") for wait in WAITS],
    )
