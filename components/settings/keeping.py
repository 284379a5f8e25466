"""Settings: after how many days what nobody asks for any more is let go."""

from __future__ import annotations

import reflex as rx

from components.settings.shop import field, form
from dokango.pruning.table import TABLE
from state.settings.shop import SettingsState as S

_FIELDS = {row.setting: row for row in reversed(TABLE)}


def keeping_part() -> rx.Component:
    """One field a setting of the table of what is let go."""
    return form(
        S.save_keeping,
        rx.el.p(
            "Orders, money, stock and their whole history are kept for ever. What follows is let go after so many "
            "days; type 0 for never.",
            class_name="dk-hint",
        ),
        *[
            field(row.label, name, input_mode="numeric", hint=f"Days. {row.why}")
            for name, row in reversed(_FIELDS.items())
        ],
    )
