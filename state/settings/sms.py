"""The messages' part of the settings: the SMS gateway, and an SMS to try it."""

from __future__ import annotations

from typing import Any

import anyio.to_thread
import reflex as rx

from dokango import process, topics
from dokango.clocks.worker import find_sms_way
from dokango.db import Tx
from dokango.errors import DokangoError, InvalidInput
from dokango.money import parse_taka, typed_taka
from dokango.notify.sms import Sms, send_sms
from dokango.notify.sms_gateways import OTHER, is_pattern, known_gateway
from dokango.notify.sms_text import size_of, written_plainly
from dokango.numbers import whole_number
from dokango.people.permissions import Permission
from dokango.people.phones import normalise_phone
from dokango.settings import settings
from dokango.shop.editing import change_secret, change_sms_account
from dokango.shop.profile import load_profile
from dokango.shop.secrets import Vault, mark_of
from dokango.shop.sms_account import SMS_KEY, SmsAccount, sms_account
from state.kit import live
from state.kit.feedback import done
from state.kit.form import Form, Typed, sends
from state.kit.reading import Reading
from state.kit.session import allow, current_actor
from state.kit.work import now_us, read, write

MOST_A_DAY = 1_000_000


class SmsSettingsState(Form, rx.State):
    """The gateway without its key."""

    form: dict[str, str] = {}
    key_mark: str = ""
    chosen: str = ""  # in the list, before it is saved
    is_set: bool = False
    verdict: str = ""
    verdict_is_good: bool = False
    trying: bool = False

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def load(self) -> None:
        """The page's on_load."""
        self._anew()
        self.verdict = ""
        live.watch(self, topics.SETTINGS)
        await self._refresh()
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
        actor, clock, vault = current_actor(), process.clock(), Vault(settings().data_dir)

        def keep(tx: Tx) -> None:
            change_sms_account(tx, actor, clock, account)
            if key:
                change_secret(tx, actor, clock, vault, SMS_KEY, key)

        await write(keep)
        await self._refresh()
        return done("Saved.")

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
        self.verdict_is_good = verdict.outcome == "accepted"
        taken = f"The gateway took an SMS of {size_of(sms.text).parts} part to {phone}."
        self.verdict = taken if self.verdict_is_good else verdict.why
        self._next_press()  # it may be tried again

    def _begin(self, name: str, typed: Typed) -> None:
        self.verdict, self.trying = "", name == "try_it"

    async def _say_refused(self, error: DokangoError, typed: Typed) -> Any:
        if self.trying and not isinstance(error, InvalidInput):
            self.verdict, self.verdict_is_good = str(error), False
            return None
        return await super()._say_refused(error, typed)

    async def _refresh(self) -> None:
        account, mark = await live.once(("sms-settings",), lambda tx: (sms_account(tx, settings()), _mark(tx)))
        saved = _as_typed(account)
        if (saved, mark) != (self.form, self.key_mark):
            self._seen_anew()
        self.form, self.key_mark, self.is_set = saved, mark, bool(account.gateway)


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
