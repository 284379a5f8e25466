"""The settings page: who the shop is, what delivery costs, how customers pay. Other parts have states of their own."""

from __future__ import annotations

from typing import Any, ClassVar

import reflex as rx

from dokango import process, topics
from dokango.db import Tx
from dokango.money import POISHA_PER_TAKA
from dokango.orders.cases.kinds import ASKED_BY_ITSELF
from dokango.orders.waits.table import WAITS
from dokango.payments.methods import Method, claimable
from dokango.payments.money_out import BOOKED_KINDS
from dokango.people.permissions import Permission
from dokango.people.phones import said_phone
from dokango.people.staff import how_many_may
from dokango.pruning.table import TABLE
from dokango.shop.editing import change_profile
from dokango.shop.profile import Fee, Profile, Wallet, load_profile
from state.kit import live
from state.kit.feedback import done, told
from state.kit.form import Form, sends
from state.kit.payload import words
from state.kit.session import allow, current_actor
from state.kit.work import write
from state.settings.typed import (
    asking_fields,
    delivery_fields,
    keeping_fields,
    packing_fields,
    payment_fields,
    shop_fields,
    waiting_fields,
    web_fields,
)

PART_WORDS = {
    "shop": "Shop", "delivery": "Delivery", "payments": "Payments", "web": "Web orders", "packing": "Packing",
    "waiting": "What waits",
    "failed": "Failed deliveries",
    "couriers": "Couriers", "courier-rule": "Courier rule", "tariffs": "Tariffs",
    "messages": "Messages", "outbox": "Outbox", "staff": "Staff",
    "sign-ins": "Sign-ins", "keys": "API keys", "backups": "Backups", "keeping": "What is kept",
}  # fmt: skip
PARTS = tuple(PART_WORDS)


class SettingsState(Form, rx.State):
    """What the open part shows. `form` is the saved shop in words; after a refused save it is what was typed."""

    loading: bool = True
    part: str = "shop"
    form: dict[str, str] = {}
    alone: bool = False  # whether nobody could be the second person
    look_below: ClassVar[str] = "Nothing was saved. Look at the fields marked below."

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def load(self) -> None:
        """The page's on_load; the part is in the address."""
        wanted = words(self.router.url.query_parameters.get("part", ""), 20)
        self.part = wanted if wanted in PARTS else "shop"
        self._anew()
        live.watch(self, topics.SETTINGS, topics.PEOPLE)
        await self._refresh()
        self.loading = False

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    @sends(lambda _, typed: shop_fields(typed))
    async def save_shop(self, changes: dict[str, Any]) -> Any:
        """Who the shop is."""
        return await self._save(changes)

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    @sends(lambda _, typed: delivery_fields(typed))
    async def save_delivery(self, changes: dict[str, Any]) -> Any:
        """What delivery costs, and how long it takes."""
        return await self._save(changes)

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    @sends(lambda _, typed: payment_fields(typed))
    async def save_payments(self, changes: dict[str, Any]) -> Any:
        """Wallets and cash on delivery."""
        return await self._save(changes)

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    @sends(lambda _, typed: web_fields(typed))
    async def save_web(self, changes: dict[str, Any]) -> Any:
        """What a visitor may order before anybody confirms it."""
        return await self._save(changes)

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    @sends(lambda _, typed: packing_fields(typed))
    async def save_packing(self, changes: dict[str, Any]) -> Any:
        """Whether parcels are packed by the checklist."""
        return await self._save(changes)

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    @sends(lambda _, typed: asking_fields(typed))
    async def save_asking(self, changes: dict[str, Any]) -> Any:
        """Whether customers are asked about a failed delivery by the shop itself."""
        return await self._save(changes)

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    @sends(lambda _, typed: waiting_fields(typed))
    async def save_waiting(self, changes: dict[str, Any]) -> Any:
        """After how many hours somebody is told of an order that stands where it stands."""
        return await self._save(changes)

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    @sends(lambda _, typed: keeping_fields(typed))
    async def save_keeping(self, changes: dict[str, Any]) -> Any:
        """After how many days what has ended is let go."""
        return await self._save(changes)

    async def _save(self, changes: dict[str, Any]) -> Any:
        actor, clock = current_actor(), process.clock()
        changed = await write(lambda tx: change_profile(tx, actor, clock, changes))
        await self._refresh()
        return done("Saved.") if changed else told("Nothing was changed.")

    async def _refresh(self) -> None:
        """The saved shop; what somebody is typing meanwhile stays, for the fields take it only when they appear."""
        saved = form_of(await live.once(("settings",), load_profile))
        self.alone = await live.once("second person", _nobody_else)
        if saved != self.form:
            self.form = saved
            self._seen_anew()


def _nobody_else(tx: Tx) -> bool:
    return how_many_may(tx, Permission.APPROVE) < 2


def _pair(english: str, bangla: str) -> str:
    return f"{english} | {bangla}" if bangla else english


def form_of(profile: Profile) -> dict[str, str]:
    """The profile as the fields of the page show it."""
    form = {
        "name": profile.name, "phone": said_phone(profile.phone), "whatsapp": said_phone(profile.whatsapp),
        "email": profile.email, "address": profile.address, "about": profile.about,
        "name_bn": profile.name_bn, "address_bn": profile.address_bn, "about_bn": profile.about_bn,
        "invoice_prefix": profile.invoice_prefix,
        "cancel_reasons": "\n".join(_pair(*pair) for pair in profile.reasons_in_bangla.items()),
        "home_district": profile.home_district,
        "pack_checklist": profile.pack_checklist,
        "delivery_inside": taka_typed(profile.delivery_inside_poisha),
        "delivery_outside": taka_typed(profile.delivery_outside_poisha),
        "delivery_days_inside": str(profile.delivery_days_inside),
        "delivery_days_outside": str(profile.delivery_days_outside),
        "pickup_hours": str(profile.pickup_hours), "claim_days": str(profile.claim_days),
        "courier_return_charge": taka_typed(profile.courier_return_charge_poisha),
        "return_charge_by": profile.return_charge_by, "refusal_keeps": profile.refusal_keeps,
        "cod_enabled": "on" if profile.cod_enabled else "",
        "forgive_most": taka_typed(profile.forgive_most_poisha),
        "books_by_rule": "on" if profile.books_by_rule else "",
        "rule_most": taka_typed(profile.rule_most_poisha),
        "second_person_above": taka_typed(profile.second_person_above_poisha),
        "hold_hours": str(profile.hold_hours), "hold_notice_hours": str(profile.hold_notice_hours),
        **{wait.setting: str(wait.hours(profile)) for wait in WAITS},
        **{row.setting: str(row.days(profile)) for row in TABLE},
        "asks_customers": "on" if profile.asks_customers else "",
        **{f"ask_{kind}": "" if kind in profile.unasked_kinds else "on" for kind in ASKED_BY_ITSELF},
        "ask_from_hour": str(profile.ask_from_hour), "ask_to_hour": str(profile.ask_to_hour),
        "ask_wait_hours": str(profile.ask_wait_hours),
        "web_units_most": str(profile.web_units_most), "web_total_most": taka_typed(profile.web_total_most_poisha),
        "blocked_orders": profile.blocked_orders,
        "web_open_by_phone": str(profile.web_open_by_phone), "web_open_by_network": str(profile.web_open_by_network),
    }  # fmt: skip
    for key, method in claimable().items():
        form |= _wallet_fields(key, method, profile.wallets.get(key))
    return form


def _wallet_fields(key: str, method: Method, wallet: Wallet | None) -> dict[str, str]:
    say_number = said_phone if method.is_wallet else str
    fields = {
        f"{key}_number": say_number(wallet.number) if wallet else "",
        f"{key}_kind": wallet.kind if wallet else "personal",
        f"{key}_instructions": wallet.instructions if wallet else "",
        f"{key}_instructions_bn": wallet.instructions_bn if wallet else "",
        f"{key}_fee": f"{wallet.fee_bp / 100:g}" if wallet else "0",
        f"{key}_more": ", ".join(say_number(number) for number in wallet.more_numbers) if wallet else "",
    }
    for kind in BOOKED_KINDS:
        fee = (wallet.out_fees if wallet else {}).get(kind, Fee())
        fields |= {f"{key}_{kind}": f"{fee.bp / 100:g}", f"{key}_{kind}_taka": taka_typed(fee.fixed_poisha)}
    return fields


def taka_typed(poisha: int) -> str:
    """An amount as one types it: "70", "70.50"."""
    whole, rest = divmod(poisha, POISHA_PER_TAKA)
    return f"{whole}.{rest:02d}" if rest else str(whole)
