"""The messages' part of the settings: the SMS gateway, and an SMS to try it."""

from __future__ import annotations

from typing import Any, ClassVar

import anyio.to_thread
import reflex as rx

from dokango.clocks.worker import find_sms_way
from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.money import parse_taka, typed_taka
from dokango.notify.sms import Sms, send_sms
from dokango.notify.sms_gateways import OTHER, is_pattern, known_gateway
from dokango.notify.sms_text import size_of, written_plainly
from dokango.numbers import whole_number
from dokango.people.permissions import Permission
from dokango.people.phones import normalise_phone
from dokango.settings import settings
from dokango.shop.editing import change_sms_account
from dokango.shop.profile import load_profile
from dokango.shop.secrets import mark_of
from dokango.shop.sms_account import SMS_KEY, SmsAccount, sms_account
from state.kit.form import Typed, sends
from state.kit.reading import Reading
from state.kit.session import allow
from state.kit.work import now_us, read
from state.settings.channel import Channel, Kept

MOST_A_DAY = 1_000_000


class SmsSettingsState(Channel, rx.State):
    """The gateway without its key."""

    chosen: str = ""  # in the list, before it is saved
    secret: ClassVar[str] = SMS_KEY

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def load(self) -> None:
        """The page's on_load."""
        await self._begin_page()
        self.chosen = self.form["gateway"]

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def choose(self, gateway: str) -> None:
        """Show the fields of this gateway."""
        self.chosen = gateway

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    @sends(lambda _, typed: _account_typed(typed))
    async def save(self, wanted: tuple[dict[str, Any], str]) -> Any:
        """Keep the gateway; the key only when one was typed."""
        account, key = wanted
        return await self._save(lambda tx, actor, clock: change_sms_account(tx, actor, clock, account), key)

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    @sends(lambda _, typed: normalise_phone(typed.get("try_sms", ""), "try_sms"))
    async def try_it(self, phone: str) -> None:
        """Send one SMS to the number given, over the gateway as it is saved."""
        way, name = await read(lambda tx: (find_sms_way(tx, settings()), load_profile(tx).name))
        if not way.account.gateway:
            raise InvalidInput({"try_sms": "Save a gateway first."})
        sms = Sms(phone, written_plainly(f"A test from {name}."), f"t{now_us() % 10**12}")
        verdict = await anyio.to_thread.run_sync(lambda: send_sms(way.account, way.key, sms))
        is_good = verdict.outcome == "accepted"
        taken = f"The gateway took an SMS of {size_of(sms.text).parts} part to {phone}."
        self._say_tried(taken if is_good else verdict.why, is_good=is_good)

    @staticmethod
    def _kept(tx: Tx) -> Kept:
        account = sms_account(tx, settings())
        return Kept(_as_typed(account), _mark(tx), bool(account.gateway))


def _as_typed(account: SmsAccount) -> dict[str, str]:
    typed = {name: str(value) for name, value in account.model_dump().items()}
    typed |= {"sms_method": account.method, "sms_sender": account.sender}
    typed["part_price"] = typed_taka(account.part_poisha) if account.part_poisha else ""
    typed["most_a_day"] = str(account.most_a_day or "")
    return typed


def _account_typed(typed: Typed) -> tuple[dict[str, Any], str]:
    """The account and, when one was typed, its key. Raises InvalidInput."""
    reading, gateway = Reading(typed), typed.get("gateway", "")
    price, most = typed.get("part_price", ""), typed.get("most_a_day", "")
    account: dict[str, Any] = {name: typed.get(name, "") for name in ("url", "body", "accepted", "user")}
    account |= {name: typed.get(f"sms_{name}", "") for name in ("method", "sender")}
    account |= {
        "gateway": gateway,
        "part_poisha": reading.tried(lambda: parse_taka(price, "part_price"), 0) if price else 0,
        "most_a_day": reading.tried(lambda: whole_number(most, "most_a_day", 0, MOST_A_DAY), 0) if most else 0,
    }
    if gateway not in ("", OTHER) and known_gateway(gateway) is None:
        reading.wrong["gateway"] = "Choose a gateway from the list."
    if gateway == OTHER and not ("{to}" in account["url"] + account["body"] and "{text}" in _all(account)):
        reading.wrong["url"] = "The address or the body must hold {to} and {text}."
    if not is_pattern(str(account["accepted"])):
        reading.wrong["accepted"] = 'This pattern cannot be read. For example: ^OK or "status":\\s*"ok"'
    return reading.done((account, typed.get("sms_key", "")))


def _all(account: dict[str, Any]) -> str:
    return str(account["url"]) + str(account["body"])


def _mark(tx: Tx) -> str:
    mark = mark_of(tx, SMS_KEY)
    return mark.words if mark else ""
