"""Settings: everything that the owner can set, in parts; the part is in the address."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.owner.first_steps import first_steps_card
from components.settings.couriers import couriers_part
from components.settings.mail import messages_part, outbox_part
from components.settings.people import keys_part, staff_part
from components.settings.shop import delivery_part, packing_part, payments_part, shop_part, web_part
from components.settings.sign_ins import sign_ins_part
from components.ui.tabs import Tab
from state.owner.first_steps import FirstStepsState
from state.settings.couriers import CourierSettingsState
from state.settings.mail import MailSettingsState, OutboxState
from state.settings.people import KeysState, StaffState
from state.settings.shop import SettingsState
from state.settings.sign_ins import SignInsState

LOADS = [
    SettingsState.load, CourierSettingsState.load, MailSettingsState.load, StaffState.load, KeysState.load,
    SignInsState.load, OutboxState.load, FirstStepsState.load,
]  # fmt: skip
PARTS = (
    ("shop", "Shop", shop_part),
    ("delivery", "Delivery", delivery_part),
    ("payments", "Payments", payments_part),
    ("web", "Web orders", web_part),
    ("packing", "Packing", packing_part),
    ("couriers", "Couriers", couriers_part),
    ("messages", "Messages", messages_part),
    ("outbox", "Outbox", outbox_part),
    ("staff", "Staff", staff_part),
    ("sign-ins", "Sign-ins", sign_ins_part),
    ("keys", "API keys", keys_part),
)


def page() -> rx.Component:
    """The settings page."""
    tabs = [Tab(word, f"/settings?part={key}", current=SettingsState.part == key) for key, word, _ in PARTS]
    return ui.page(
        ui.page_header("Settings"),
        first_steps_card(),
        ui.tabs(tabs, label="Parts of the settings"),
        rx.cond(
            SettingsState.loading,
            ui.loading_rows(6),
            rx.match(SettingsState.part, *[(key, build()) for key, _, build in PARTS], shop_part()),
        ),
    )
