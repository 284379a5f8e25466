"""The couriers' part of the settings: keys that are set, tried and never shown, and the token of the webhook."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator
from typing import Any

import anyio.to_thread
import reflex as rx

from dokango import process, topics
from dokango.couriers.process_desk import courier_desk
from dokango.db import Tx
from dokango.errors import CourierError, DokangoError, InvalidInput
from dokango.money import taka
from dokango.people.permissions import Permission
from dokango.settings import settings
from dokango.shop.accounts import STEADFAST_API_KEY, STEADFAST_SECRET_KEY, WEBHOOK_TOKEN
from dokango.shop.editing import change_secret, drop_secret
from dokango.shop.secrets import Vault, mark_of
from state.kit import live
from state.kit.feedback import done
from state.kit.payload import texts
from state.kit.session import allow, current_actor
from state.kit.work import write

_TOKEN_BYTES = 24


class CourierSettingsState(rx.State):
    """What is known of the keys: when they were set, and how they end. The keys themselves never come here."""

    api_key_mark: str = ""
    secret_key_mark: str = ""
    token_mark: str = ""
    new_token: str = ""  # shown once, to whoever made it
    practising: bool = True
    webhook_url: str = ""
    verdict: str = ""
    verdict_is_good: bool = False
    errors: dict[str, str] = {}
    failure: str = ""
    pending: bool = False
    trying: bool = False

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def load(self) -> None:
        """The page's on_load."""
        self.new_token, self.verdict, self.errors, self.failure = "", "", {}, ""
        self.webhook_url = f"{settings().site_url}/api/v1/webhooks/steadfast"
        live.watch(self, topics.SETTINGS)
        await self._refresh()

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def save_keys(self, form: dict[str, Any]) -> AsyncGenerator[Any, None]:
        """Keep both keys, then try them."""
        typed = texts(form)
        self.pending, self.errors, self.failure, self.verdict = True, {}, "", ""
        yield
        try:
            await self._keep(typed)
            await self._try()
        except InvalidInput as error:
            self.errors = error.fields
            return
        except DokangoError as error:
            self.failure = str(error)
            return
        finally:
            self.pending = False
        yield done("The keys are kept, encrypted.")

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def try_keys(self) -> AsyncGenerator[Any, None]:
        """Ask the courier for the balance: the call that proves the keys."""
        self.trying, self.verdict = True, ""
        yield
        try:
            await self._try()
        finally:
            self.trying = False

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def remove_keys(self) -> Any:
        """Back to the practice courier."""
        actor, clock = current_actor(), process.clock()
        await write(lambda tx: [drop_secret(tx, actor, clock, n) for n in (STEADFAST_API_KEY, STEADFAST_SECRET_KEY)])
        self.verdict = ""
        await self._refresh()
        return done("The keys are gone.")

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def make_token(self) -> None:
        """A new token for the webhook; the old one is refused from now on."""
        actor, clock, token = current_actor(), process.clock(), secrets.token_urlsafe(_TOKEN_BYTES)
        vault = Vault(settings().data_dir)
        await write(lambda tx: change_secret(tx, actor, clock, vault, WEBHOOK_TOKEN, token))
        self.new_token = token
        await self._refresh()

    async def _keep(self, typed: dict[str, str]) -> None:
        actor, clock, vault = current_actor(), process.clock(), Vault(settings().data_dir)
        names = (STEADFAST_API_KEY, STEADFAST_SECRET_KEY)
        missing = {name: "Paste the key as Steadfast shows it." for name in names if not typed.get(name)}
        if missing:
            raise InvalidInput(missing)
        await write(lambda tx: [change_secret(tx, actor, clock, vault, name, typed[name]) for name in names])
        await self._refresh()

    async def _try(self) -> None:
        try:
            balance = await anyio.to_thread.run_sync(lambda: courier_desk().steadfast().balance_poisha())
        except (CourierError, DokangoError) as error:
            self.verdict, self.verdict_is_good = str(error), False
            return
        who = "The practice courier" if self.practising else "Steadfast"
        self.verdict, self.verdict_is_good = f"{who} answers. It holds {taka(balance)} for you.", True

    async def _refresh(self) -> None:
        marks = await live.once(("courier-settings",), _marks)
        self.api_key_mark, self.secret_key_mark, self.token_mark = marks
        self.practising = await anyio.to_thread.run_sync(lambda: courier_desk().no_real_parcels)


def _marks(tx: Tx) -> list[str]:
    """What may be shown of each key; of one in the environment only that it is there."""
    shop = settings()
    environment = {
        STEADFAST_API_KEY: shop.steadfast_api_key, STEADFAST_SECRET_KEY: shop.steadfast_secret_key,
        WEBHOOK_TOKEN: shop.steadfast_webhook_token,
    }  # fmt: skip
    marks = []
    for name, given in environment.items():
        mark = mark_of(tx, name)
        marks.append(mark.words if mark else "set by the environment" if given.get_secret_value() else "")
    return marks
