"""Settings: everything that the owner can set, in parts; the part is in the address."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.settings_couriers import couriers_part
from components.settings_mail import messages_part, outbox_part
from components.settings_people import keys_part, staff_part
from components.settings_shop import delivery_part, payments_part, shop_part
from components.ui.tabs import Tab
from dokango_web.frame import staff_page
from state.dialogs import DialogsState
from state.settings import SettingsState
from state.settings_couriers import CourierSettingsState
from state.settings_mail import MailSettingsState, OutboxState
from state.settings_people import KeysState, StaffState

ON_LOAD = [
    DialogsState.settle, SettingsState.load, CourierSettingsState.load, MailSettingsState.load, StaffState.load,
    KeysState.load, OutboxState.load,
]  # fmt: skip
PARTS = (
    ("shop", "Shop", shop_part),
    ("delivery", "Delivery", delivery_part),
    ("payments", "Payments", payments_part),
    ("couriers", "Couriers", couriers_part),
    ("messages", "Messages", messages_part),
    ("outbox", "Outbox", outbox_part),
    ("staff", "Staff", staff_part),
    ("keys", "API keys", keys_part),
)


def page() -> rx.Component:
    """The settings page."""
    tabs = [Tab(word, f"/settings?part={key}", current=SettingsState.part == key) for key, word, _ in PARTS]
    return staff_page(
        ui.page(
            ui.page_header("Settings"),
            rx.cond(SettingsState.steps.length() > 0, _first_steps()),
            ui.tabs(tabs, label="Parts of the settings"),
            rx.cond(
                SettingsState.loading,
                ui.loading_rows(6),
                rx.match(SettingsState.part, *[(key, build()) for key, _, build in PARTS], shop_part()),
            ),
        ),
        active="/settings",
    )


def _first_steps() -> rx.Component:
    return ui.card(
        rx.el.ol(rx.foreach(SettingsState.steps, _step), class_name="sh-steps"), title="Before the first order"
    )


def _step(step: rx.Var[dict[str, str]]) -> rx.Component:
    is_done = step["state"] == "done"
    return rx.el.li(
        rx.cond(
            is_done,
            rx.icon("circle-check", size=18, color="var(--green-10)", aria_hidden="true"),
            rx.icon("circle", size=18, color="var(--gray-9)", aria_hidden="true"),
        ),
        rx.link(step["title"], href=step["href"]),
        ui.visually_hidden(rx.cond(is_done, " (done)", "")),
        rx.el.span(step["why"], class_name="dk-hint"),
    )
