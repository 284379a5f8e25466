"""The couriers' part of the settings: keys that are set, tried and never shown, and the token of each webhook.

What is asked of the owner stands in the courier's row; every part of this state is kept by the courier's key.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import AsyncGenerator
from typing import Any, ClassVar

import anyio.to_thread
import reflex as rx

from dokango import process, topics
from dokango.courier_errors import CourierError
from dokango.couriers.keys import environment_token, secret_name, set_by_environment, shown_values
from dokango.couriers.kind import CourierKind
from dokango.couriers.process_desk import courier_desk
from dokango.couriers.registry import COURIERS, api_courier
from dokango.db import Tx
from dokango.errors import DokangoError
from dokango.people.permissions import Permission
from dokango.settings import settings
from dokango.shop.editing import change_secret, drop_secret
from dokango.shop.secrets import SecretLost, Vault, mark_of
from state.kit import live
from state.kit.feedback import done
from state.kit.form import Form, Typed, sends
from state.kit.session import allow, current_actor
from state.kit.shown_once import ShownOnce
from state.kit.work import write
from state.settings.couriers_typed import BY_ENVIRONMENT, Keys, keys_typed

_TOKEN_BYTES = 24
Row = dict[str, str]


class CourierSettingsState(ShownOnce, Form, rx.State):
    """What is known of the keys: when they were set, and how they end. The keys themselves never come here."""

    cards: list[Row] = []
    fields: dict[str, list[Row]] = {}
    options: dict[str, list[list[str]]] = {}  # of each field that is chosen from a list, by its name
    webhooks: list[Row] = []
    new_token: str = ""  # shown once, to whoever made it
    new_token_of: str = ""
    practising: dict[str, bool] = {}
    verdict: str = ""
    verdict_is_good: bool = False
    verdict_of: str = ""
    trying: str = ""
    showing: str = ""  # another one draws the forms anew: with what is kept, and no secret in them
    _kept: dict[str, str] = {}  # the mark of each secret that is there; "" of those that are not
    secret_vars: ClassVar[tuple[str, ...]] = ("new_token", "new_token_of")

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def load(self) -> None:
        """The page's on_load."""
        self._anew()
        self.verdict = ""
        live.watch(self, topics.SETTINGS)
        await self._refresh()

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    @sends(lambda self, typed: keys_typed(typed, self._kept))
    async def save_keys(self, keys: Keys) -> Any:
        """Keep a courier's keys, then try them."""
        actor, clock, vault = current_actor(), process.clock(), Vault(settings().data_dir)

        def change(tx: Tx) -> None:
            for name, words in keys.given.items():
                if words:
                    change_secret(tx, actor, clock, vault, name, words)
                else:
                    drop_secret(tx, actor, clock, name)

        await write(change)
        await self._refresh()
        await self._try(keys.kind)
        self._anew()
        self.showing = self.press
        return done("The keys are kept, encrypted.")

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def try_keys(self, courier: str) -> AsyncGenerator[Any, None]:
        """Make the call that proves the keys."""
        kind = api_courier(str(courier))
        self.trying, self.verdict = kind.key, ""
        yield
        try:
            await self._try(kind)
        finally:
            self.trying = ""

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def remove_keys(self, courier: str) -> Any:
        """Back to the practice courier, or to none."""
        actor, clock, kind = current_actor(), process.clock(), api_courier(str(courier))
        names = [secret_name(kind.key, field.name) for field in kind.fields if field.asked]
        await write(lambda tx: [drop_secret(tx, actor, clock, name) for name in names])
        self.verdict = ""
        await self._refresh()
        return done("The keys are gone.")

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def make_token(self, courier: str) -> None:
        """A new token for a courier's webhook; the old one is refused from now on."""
        actor, clock, token = current_actor(), process.clock(), secrets.token_urlsafe(_TOKEN_BYTES)
        vault, kind = Vault(settings().data_dir), api_courier(str(courier))
        if kind.webhook is None:
            return
        name = secret_name(kind.key, kind.webhook.brings)
        await write(lambda tx: change_secret(tx, actor, clock, vault, name, token))
        self.new_token, self.new_token_of = token, kind.key
        await self._refresh()

    @rx.event
    @allow(Permission.EDIT_SETTINGS)
    async def hide_token(self) -> None:
        """It was taken."""
        self._forget_shown()

    def _begin(self, name: str, typed: Typed) -> None:
        self.verdict, self.verdict_of = "", typed.get("courier", "")

    async def _try(self, kind: CourierKind) -> None:
        self.verdict_of = kind.key
        try:
            sentence = await anyio.to_thread.run_sync(lambda: courier_desk().courier(kind.key).prove_keys())
        except (CourierError, DokangoError) as error:
            self.verdict, self.verdict_is_good = str(error), False
            return
        who = "The practice courier" if self.practising[kind.key] else kind.name
        self.verdict, self.verdict_is_good = f"{who} answers. {sentence}".strip(), True

    async def _refresh(self) -> None:
        marks, values = await live.once(("courier-settings",), _known)
        kinds = _by_api()
        self.practising = await anyio.to_thread.run_sync(
            lambda: {kind.key: courier_desk().no_real_parcels(kind.key) for kind in kinds}
        )
        self._kept = marks
        self.fields = {kind.key: _fields(kind, marks, values) for kind in kinds}
        self.options = {
            secret_name(kind.key, field.name): [list(option) for option in field.choices]
            for kind in kinds
            for field in kind.fields
        }
        self.cards = [_card(kind, self.fields[kind.key]) for kind in kinds]
        told = [kind for kind in kinds if kind.webhook is not None]
        self.webhooks = [_webhook(kind, marks, alone=len(told) == 1) for kind in told]


def _by_api() -> list[CourierKind]:
    return [kind for kind in COURIERS.values() if kind.by_api]


def _card(kind: CourierKind, fields: list[Row]) -> Row:
    """A courier's form: its name, the sentence under it, and whether there is anything to remove."""
    kept = any(row["mark"] for row in fields)
    return {"courier": kind.key, "name": kind.name, "hint": kind.keys_hint, "kept": "1" if kept else ""}


def _fields(kind: CourierKind, marks: dict[str, str], values: dict[str, str]) -> list[Row]:
    found = [(field, secret_name(kind.key, field.name)) for field in kind.fields if field.asked]
    return [
        {"name": name, "label": field.label, "hint": field.hint, "kind": field.kind.value,
         "mark": marks[name], "value": values.get(name, "")}
        for field, name in found
    ]  # fmt: skip


def _webhook(kind: CourierKind, marks: dict[str, str], *, alone: bool) -> Row:
    assert kind.webhook is not None  # noqa: S101  only these are asked for
    words = f"{kind.name} tells us here what becomes of a parcel. A delivery is checked with its API first."
    in_address = " Put the token in the place of TOKEN: it alone proves who calls." if kind.webhook.in_address else ""
    url = kind.webhook.address(f"{settings().site_url}/api/v1/webhooks/{kind.key}", "TOKEN")
    return {
        "courier": kind.key,
        "title": "Webhook" if alone else f"Webhook of {kind.name}",
        "words": f"{words}{in_address}",
        "url": url,
        "mark": marks[secret_name(kind.key, kind.webhook.brings)],
    }


def _known(tx: Tx) -> tuple[dict[str, str], dict[str, str]]:
    """(what may be shown of each key, the values of what is no secret), by the names of their fields."""
    values: dict[str, str] = {}
    for kind in _by_api():
        with contextlib.suppress(SecretLost):  # said when the courier is called; the form is there to enter it again
            found = shown_values(tx, Vault(settings().data_dir), settings(), kind)
            values |= {secret_name(kind.key, name): value for name, value in found.items()}
    return _marks(tx), values


def _marks(tx: Tx) -> dict[str, str]:
    """What may be shown of each key; of one in the environment only that it is there."""
    shop, found = settings(), {}
    for kind in _by_api():
        there = {secret_name(kind.key, field.name): set_by_environment(shop, field) for field in kind.fields}
        if kind.webhook is not None:
            there[secret_name(kind.key, kind.webhook.brings)] = bool(environment_token(shop, kind))
        for name, given in there.items():
            mark = mark_of(tx, name)
            found[name] = mark.words if mark else BY_ENVIRONMENT if given else ""
    return found
