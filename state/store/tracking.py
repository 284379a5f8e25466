"""The tracking page: what its customer may see, live, and what they may do. The link alone is the proof."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import reflex as rx

from dokango import process, topics
from dokango.clock import Clock
from dokango.db import Tx
from dokango.errors import Conflict, DokangoError, InvalidInput, NotFound, Throttled
from dokango.language import say
from dokango.orders import Done
from dokango.orders.customer import steps
from dokango.orders.customer.answering import days
from dokango.orders.customer.pace import STEPS_BY_LINK
from dokango.orders.customer.refusal_text import refusal, said_errors
from dokango.orders.customer.tracking import Tracked, by_link, number_behind
from dokango.orders.customer.tracking_text import describe, wallets_to_pay
from state.kit import live
from state.kit.access import allow_customer
from state.kit.feedback import done, warned
from state.kit.form import Typed, as_typed, sends
from state.kit.language import locale_of
from state.kit.work import now_us, read, write
from state.store.customer_form import CustomerForm, too_many
from state.store.storefront import ShopState

_NO_ERRORS = dict.fromkeys(
    ("wallet", "transaction_id", "sender", "name", "phone", "line", "area", "district", "wish"), ""
)  # fmt: skip


class TrackingState(CustomerForm, rx.State):
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
    days: dict[str, str] = {"day": "", "day_first": "", "day_last": ""}
    errors: dict[str, str] = _NO_ERRORS
    no_errors: ClassVar[Mapping[str, str]] = _NO_ERRORS
    step: str = ""  # the handler that was pressed last
    fixed: int = 0  # how often the address was saved, so that its form starts afresh
    _version: int = 0

    @rx.event
    @allow_customer
    async def load(self) -> None:
        """The page's on_load, and again when the language changes."""
        self._anew()
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
    @sends(as_typed)
    async def send_trx_id(self, typed: Typed) -> Any:
        """The TrxID of a payment, or a corrected one."""
        claim = {**typed, "wallet": self.wallet}
        return await self._take(lambda tx, clock, link: steps.send_trx_id(tx, clock, link, claim), "trx_sent")

    @rx.event
    @allow_customer
    @sends(as_typed)
    async def fix_address(self, typed: Typed) -> Any:
        """Another address, until the parcel is shipped."""
        version = self._version
        return await self._take(lambda tx, clock, link: steps.fix_address(tx, clock, link, typed, version), "fix.done")

    @rx.event
    @allow_customer
    @sends(as_typed)
    async def ask_change(self, typed: Typed) -> Any:
        """What the shop is asked to do."""
        version = self._version
        return await self._take(lambda tx, clock, link: steps.ask_change(tx, clock, link, typed, version), "wish.done")

    @rx.event
    @allow_customer
    @sends(as_typed)
    async def cancel(self, typed: Typed) -> Any:
        """Cancel while pending; the page has asked whether they are sure."""
        why, version = typed.get("why", ""), self._version
        return await self._take(lambda tx, clock, link: steps.cancel(tx, clock, link, why, version), "cancel.done")

    async def _take(self, step: Callable[[Tx, Clock, str], Done], said: str) -> Any:
        """One step of the customer's, and the page as it stands then."""
        link = self._link()
        try:
            STEPS_BY_LINK.take("steps", link)
            await write(lambda tx: step(tx, process.clock(), link))
        finally:
            await self._refresh()
        self.fixed += 1
        self._next_press()  # each form on the page asks anew
        return done(say(said, await locale_of(self)))

    def _begin(self, name: str, typed: Typed) -> None:
        self.step = name

    def _stands_under(self, name: str) -> str:
        return "transaction_id" if name == "trx_id" else name

    def _still_wrong(self, name: str, typed: str) -> bool:
        return super()._still_wrong(self._stands_under(name), typed)

    def _in_language(self, error: InvalidInput, locale: str) -> dict[str, str]:
        return said_errors(error, locale)

    async def _say_refused(self, error: DokangoError, typed: Typed) -> Any:
        locale = await locale_of(self)
        if isinstance(error, Conflict):
            return warned(refusal(error, locale))
        if isinstance(error, Throttled):
            return warned(too_many(error, locale))
        if isinstance(error, NotFound):
            self.found = False
            return None
        raise error

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
        self.days = days(now_us())
        self.order, self.steps, self.lines = page.order, page.steps, page.lines
        self.sums, self.history = page.sums, page.history
        self.wallets = wallets_to_pay(order, locale)
        keys = [one["key"] for one in self.wallets]
        if self.wallet not in keys:
            self.wallet = order.method if order.method in keys else (keys[0] if keys else "")
        self._version = order.version

    def _link(self) -> str:
        return self.router.url.path.rstrip("/").rpartition("/")[2][:200]
