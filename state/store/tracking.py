"""The tracking page: what its customer may see, live, and the three things they may do. The link alone is the proof."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Callable
from typing import Any

import reflex as rx

from dokango import process, topics
from dokango.clock import Clock
from dokango.db import Tx
from dokango.errors import Conflict, InvalidInput, NotFound, Throttled
from dokango.language import said_digits, say
from dokango.orders import Done
from dokango.orders.customer import steps
from dokango.orders.customer.pace import STEPS_BY_LINK
from dokango.orders.customer.refusal_text import refusal, said_errors
from dokango.orders.customer.tracking import Tracked, by_link, number_behind
from dokango.orders.customer.tracking_text import describe, wallets_to_pay
from dokango.orders.placing.checkout_form import still_wrong
from state.kit import live
from state.kit.access import allow_customer
from state.kit.feedback import done, warned
from state.kit.language import locale_of
from state.kit.work import read, write
from state.store.storefront import ShopState

_NO_ERRORS = dict.fromkeys(
    ("wallet", "transaction_id", "sender", "name", "phone", "line", "area", "district"), ""
)  # fmt: skip


class TrackingState(rx.State):
    """One order as its customer sees it."""

    loaded: bool = False
    found: bool = False
    just_placed: bool = False
    order: dict[str, str] = {"title": ""}
    steps: list[dict[str, str]] = []
    lines: list[dict[str, str]] = []
    sums: list[dict[str, str]] = []
    history: list[dict[str, str]] = []
    wallets: list[dict[str, str]] = []
    wallet: str = ""
    errors: dict[str, str] = _NO_ERRORS
    busy: str = ""  # the step that is being taken
    fixed: int = 0  # how often the address was saved, so that its form starts afresh
    _version: int = 0

    @rx.event
    @allow_customer
    async def load(self) -> None:
        """The page's on_load, and again when the language changes."""
        self.errors, self.busy = dict(_NO_ERRORS), ""
        self.just_placed = "placed" in self.router.url.query_parameters
        link = self._link()
        with contextlib.suppress(NotFound):  # the reading below says so
            number = await read(lambda tx: number_behind(tx, link))
            live.watch(self, topics.of_order(number), topics.SETTINGS)
        await self._refresh()
        self.loaded = True

    @rx.event
    @allow_customer
    async def choose_wallet(self, wallet: str) -> None:
        """Another wallet to pay with."""
        if wallet in [one["key"] for one in self.wallets]:
            self.wallet = wallet

    @rx.event
    @allow_customer
    async def mend(self, name: str, typed: str) -> None:
        """A field that was wrong was typed anew: what was said of it goes once it can be used."""
        if name in self.errors and not still_wrong(str(name), str(typed)):
            self.errors = {**self.errors, name: ""}

    @rx.event
    @allow_customer
    async def send_trx_id(self, form: dict[str, Any]) -> AsyncGenerator[Any, None]:
        """The TrxID of a payment, or a corrected one."""
        typed = {**_texts(form), "wallet": self.wallet}
        async for event in self._take("claim", lambda tx, c, link: steps.send_trx_id(tx, c, link, typed), "trx_sent"):
            yield event

    @rx.event
    @allow_customer
    async def fix_address(self, form: dict[str, Any]) -> AsyncGenerator[Any, None]:
        """Another address, until the parcel is shipped."""
        typed, version = _texts(form), self._version
        async for event in self._take(
            "address", lambda tx, c, link: steps.fix_address(tx, c, link, typed, version), "fix.done"
        ):
            yield event

    @rx.event
    @allow_customer
    async def cancel(self, form: dict[str, Any]) -> AsyncGenerator[Any, None]:
        """Cancel while pending; the page has asked whether they are sure."""
        why, version = _texts(form).get("why", ""), self._version
        async for event in self._take(
            "cancel", lambda tx, c, link: steps.cancel(tx, c, link, why, version), "cancel.done"
        ):
            yield event

    async def _take(self, busy: str, step: Callable[[Tx, Clock, str], Done], said: str) -> AsyncGenerator[Any, None]:
        """One step of the customer's: pending, taken or refused in their words, and the page as it stands then."""
        self.busy, self.errors = busy, dict(_NO_ERRORS)
        yield None
        locale, link = await locale_of(self), self._link()
        try:
            STEPS_BY_LINK.take("steps", link)
            await write(lambda tx: step(tx, process.clock(), link))
            self.fixed += 1
            yield done(say(said, locale))
        except InvalidInput as error:
            self.errors = {**_NO_ERRORS, **said_errors(error, locale)}
            yield rx.set_focus(next(iter(error.fields)))
        except Conflict as error:
            yield warned(refusal(error, locale))
        except Throttled as many:
            yield warned(say("throttled", locale, minutes=said_digits(-(-many.retry_after_s // 60), locale)))
        except NotFound:
            self.found = False
        finally:
            self.busy = ""
            await self._refresh()

    async def _refresh(self) -> None:
        """The order as it stands now; called by each change of it (state/kit/live.py)."""
        locale, link = await locale_of(self), self._link()
        try:
            order = await live.once(("tracking", link), lambda tx: by_link(tx, link))
        except NotFound:
            self.found, self.order = False, {"title": ""}
            return
        self._show(order, locale)
        await (await self.get_state(ShopState))._show(order.profile)
        self.found = True

    def _show(self, order: Tracked, locale: str) -> None:
        page = describe(order, locale)
        self.order, self.steps, self.lines = page.order, page.steps, page.lines
        self.sums, self.history = page.sums, page.history
        self.wallets = wallets_to_pay(order, locale)
        keys = [one["key"] for one in self.wallets]
        if self.wallet not in keys:
            self.wallet = order.method if order.method in keys else (keys[0] if keys else "")
        self._version = order.version

    def _link(self) -> str:
        return self.router.url.path.rstrip("/").rpartition("/")[2][:200]


def _texts(form: object) -> dict[str, str]:
    items = form.items() if isinstance(form, dict) else ()
    return {name: value for name, value in items if isinstance(value, str)}
