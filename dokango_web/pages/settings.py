"""Settings: everything that the owner can set, in parts; the part is in the address."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.owner.first_steps import first_steps_card
from components.settings.backups import backups_part
from components.settings.courier_rule import courier_rule_part
from components.settings.couriers import couriers_part
from components.settings.failed_deliveries import failed_part
from components.settings.keeping import keeping_part
from components.settings.mail import messages_part, outbox_part
from components.settings.people import api_keys_part, staff_part
from components.settings.shop import delivery_part, packing_part, payments_part, shop_part, web_part
from components.settings.sign_ins import sign_ins_part
from components.settings.tariffs import tariffs_part
from components.settings.waiting import waiting_part
from components.ui.lists.tabs import Tab
from state.owner.first_steps import FirstStepsState
from state.settings.advance_rule import AdvanceRuleState
from state.settings.backups import BackupsState
from state.settings.carriers import CarrierSettingsState
from state.settings.courier_rule import CourierRuleState
from state.settings.couriers import CourierSettingsState
from state.settings.mail import MailSettingsState, OutboxState
from state.settings.people import ApiKeysState, StaffState
from state.settings.second_step import SecondStepRulesState
from state.settings.shop import PART_WORDS, SettingsState
from state.settings.sign_ins import SignInsState
from state.settings.sms import SmsSettingsState
from state.settings.tariffs import TariffSettingsState

LOADS = [
    SettingsState.load, AdvanceRuleState.load, CourierSettingsState.load, CarrierSettingsState.load,
    CourierRuleState.load, TariffSettingsState.load,
    MailSettingsState.load, SmsSettingsState.load, StaffState.load, SecondStepRulesState.load,
    ApiKeysState.load, SignInsState.load, OutboxState.load, BackupsState.load, FirstStepsState.load,
]  # fmt: skip
PARTS = (
    ("shop", PART_WORDS["shop"], shop_part),
    ("delivery", PART_WORDS["delivery"], delivery_part),
    ("payments", PART_WORDS["payments"], payments_part),
    ("web", PART_WORDS["web"], web_part),
    ("packing", PART_WORDS["packing"], packing_part),
    ("waiting", PART_WORDS["waiting"], waiting_part),
    ("failed", PART_WORDS["failed"], failed_part),
    ("couriers", PART_WORDS["couriers"], couriers_part),
    ("courier-rule", PART_WORDS["courier-rule"], courier_rule_part),
    ("tariffs", PART_WORDS["tariffs"], tariffs_part),
    ("messages", PART_WORDS["messages"], messages_part),
    ("outbox", PART_WORDS["outbox"], outbox_part),
    ("staff", PART_WORDS["staff"], staff_part),
    ("sign-ins", PART_WORDS["sign-ins"], sign_ins_part),
    ("keys", PART_WORDS["keys"], api_keys_part),
    ("backups", PART_WORDS["backups"], backups_part),
    ("keeping", PART_WORDS["keeping"], keeping_part),
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
