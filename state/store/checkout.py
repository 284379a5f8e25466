"""The checkout: one form, priced by the server, placed once however often its button is pressed."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import reflex as rx

from dokango import process
from dokango.db import Tx
from dokango.errors import Busy, DokangoError, IdempotencyKeyReused, InsufficientStock, InvalidInput, OutcomeUnknown
from dokango.language import said_amount, say
from dokango.orders import Context
from dokango.orders.advances.asking import Asking, asking_of
from dokango.orders.customer.pace import CHECKOUT_BY_NETWORK, CHECKOUT_BY_PHONE
from dokango.orders.placing.asked_otherwise import AskedOtherwise
from dokango.orders.placing.checkout_form import Placed, place_once, placed_before, wanted_of
from dokango.orders.placing.checkout_text import FORM_FIELDS, said_asked, said_errors
from dokango.orders.placing.limit_text import limit_words
from dokango.orders.placing.limits import WebLimit
from dokango.orders.placing.ways_to_pay import Bill, advance_wallets, charges_words, days_words, offers
from dokango.payments.methods import METHODS
from dokango.people.actor import customer
from dokango.people.districts import DISTRICTS, known_district
from dokango.people.phones import normalise_phone
from dokango.people.throttle import network_of, network_that_counts
from dokango.shop.profile import Profile, load_profile
from state.kit.access import allow_public
from state.kit.form import Typed, as_typed, sends
from state.kit.language import locale_of
from state.kit.payload import words
from state.kit.work import read, write
from state.store.cart import CartState
from state.store.customer_form import CustomerForm
from state.store.storefront import ShopState

_CLEAN = dict.fromkeys(FORM_FIELDS, "")


class CheckoutState(CustomerForm, rx.State):
    """The form's choices and what it is told. The typed fields stay in the browser until it is sent."""

    loaded: bool = False
    key: str = rx.SessionStorage("", name="dokango_checkout")
    district: str = rx.SessionStorage("", name="dokango_district")
    method: str = rx.SessionStorage("", name="dokango_method")
    offers: list[dict[str, str]] = []
    charges: str = ""
    delivery: str = ""
    days: str = ""
    total: str = ""
    errors: dict[str, str] = _CLEAN
    no_errors: ClassVar[Mapping[str, str]] = _CLEAN
    unfocused: ClassVar[frozenset[str]] = frozenset({"method"})
    advance: str = "0"  # what is asked in advance of it, in poisha; the form sends it back
    advance_said: str = ""
    rest: str = ""  # what is left to the rider then
    wallets: list[dict[str, str]] = []  # where an advance goes to
    shown: str = ""  # what stands on the screen, in poisha; the form sends it back: "85000 Dhaka 7000"
    _phone: str = ""  # who pressed last: the rule may ask by their record
    _left_for: str = ""  # the page of the order that was placed
    _asked_poisha: dict[str, int] = {}  # what each thing and each way cost when it was shown last

    @rx.event
    @allow_public
    async def load(self) -> Any:
        """The page's on_load. An order that this form placed already, unheard over a bad line, is shown instead."""
        if left := await self._leave_if_placed():
            return left
        self.key = self.key or secrets.token_urlsafe(16)
        self._anew()
        self._asked_poisha = {}
        if "full" in self.router.url.query_parameters:  # a plain form found no room (dokango_web/routes/store/cart.py)
            self.failure = say("cart_full", await locale_of(self))
        await self._reckon()
        self.loaded = True
        return None

    @rx.event
    @allow_public
    async def choose_district(self, district: str) -> None:
        """The delivery charge follows the district at once."""
        self.district = known_district(words(district, 60)) or ""
        self._mended("district")
        await self._reckon()

    @rx.event
    @allow_public
    async def choose_method(self, method: str) -> None:
        """How it will be paid."""
        self.method = method if isinstance(method, str) and method in METHODS else ""
        self._mended("method")
        await self._reckon()

    @rx.event
    @allow_public
    async def change(self, sku: str, by: int) -> None:
        """One more or one fewer of a line."""
        await (await self.get_state(CartState))._change(sku, by)
        await self._reckon()

    @rx.event
    @allow_public
    async def remove(self, sku: str) -> None:
        """A line is taken out."""
        await (await self.get_state(CartState))._remove(sku)
        await self._reckon()

    @rx.event
    @allow_public
    @sends(as_typed)
    async def place(self, typed: Typed) -> Any:
        """Place the order, or say per field and per item what stands against it; then nothing was written."""
        locale = await locale_of(self)
        CHECKOUT_BY_NETWORK.take("checkout", network_of(self.router.session.client_ip))
        cart = await self.get_state(CartState)
        wanted = wanted_of({**typed, "district": self.district, "method": self.method}, cart._wanted())
        self._phone = normalise_phone(wanted.customer.phone, "customer.phone")
        CHECKOUT_BY_PHONE.take("checkout", self._phone)
        await self._reckon()
        if not self._is_as_shown(typed.get("shown", "")):
            raise InvalidInput({"total": say("wrong.changed", locale, amount=self.total)})
        context, key = Context(customer(wanted.customer.name), process.clock()), self.key
        network = network_that_counts(self.router.session.client_ip)
        placed = await write(lambda tx: place_once(tx, context, key, wanted, locale=locale, network=network))
        return [await self._leave(placed), rx.call_script("sessionStorage.removeItem('dokango_draft')")]

    def _in_language(self, error: InvalidInput, locale: str) -> dict[str, str]:
        return said_errors(error.fields, locale)

    async def _say_wrong(self, error: InvalidInput, typed: Typed) -> Any:
        answer = await super()._say_wrong(error, typed)
        self.failure = error.fields.get("total") or say("wrong.form", await locale_of(self))
        return answer

    async def _say_refused(self, error: DokangoError, typed: Typed) -> Any:
        locale = await locale_of(self)
        # this form has placed its order before, with other words: that order stands
        if isinstance(error, IdempotencyKeyReused):
            return await self._leave_if_placed()
        if isinstance(error, InsufficientStock):
            await self._reckon()
            self.failure = say("wrong.stock", locale)
        elif isinstance(error, AskedOtherwise):
            await self._reckon()
            self.failure = said_asked(error, locale)
        elif isinstance(error, WebLimit):
            await self._reckon()
            self.failure = await self._over(error, locale)
        elif isinstance(error, Busy | OutcomeUnknown):
            self.failure = say("unknown" if isinstance(error, OutcomeUnknown) else "busy", locale)
        else:
            return await super()._say_refused(error, typed)
        return None

    async def _say_again(self) -> Any:
        return rx.redirect(self._left_for)

    async def _over(self, error: WebLimit, locale: str) -> str:
        lines = (await self.get_state(CartState)).lines
        titles = {line["sku"]: " · ".join(filter(None, (line["title"], line["variant"]))) for line in lines}
        return limit_words(error, await read(load_profile), titles, locale)

    async def _leave_if_placed(self) -> Any:
        key = self.key
        placed = await read(lambda tx: placed_before(tx, key)) if key else None
        return await self._leave(placed) if placed else None

    async def _leave(self, placed: Placed) -> Any:
        """To the order's own page, with the form and the cart emptied."""
        (await self.get_state(CartState))._empty()
        self.key, self._left_for = "", f"/t/{placed.token}?placed=1"
        return rx.redirect(self._left_for)

    async def _reckon(self) -> None:
        """Price cart and delivery anew, and say so when what was shown before costs something else now."""
        locale = await locale_of(self)
        cart = await self.get_state(CartState)
        await cart._price()
        profile, asking = await read(_asked_by(cart._wanted(), self._phone))
        await (await self.get_state(ShopState))._show(profile)
        delivery_poisha = profile.delivery_poisha(self.district) if self.district in DISTRICTS else 0
        total_poisha = cart._subtotal_poisha + delivery_poisha
        self.shown = f"{cart._subtotal_poisha} {self.district} {delivery_poisha}"
        bill = Bill(total_poisha, delivery_poisha, self.district if self.district in DISTRICTS else "", asking)
        self.offers = offers(profile, bill, locale)
        if len(self.offers) == 1 or self.method not in [offer["key"] for offer in self.offers]:
            self.method = self.offers[0]["key"] if len(self.offers) == 1 else ""
        self._show_advance(profile, bill, locale)
        self.total = said_amount(total_poisha, locale)
        self.delivery = said_amount(delivery_poisha, locale) if self.district in DISTRICTS else ""
        self.days = days_words(profile.delivery_days(self.district), locale) if self.delivery else ""
        self.charges = charges_words(profile, locale)
        if self._costs_otherwise({**cart._prices_poisha, self.district: delivery_poisha}):
            self.failure = say("wrong.changed", locale, amount=self.total)

    def _show_advance(self, profile: Profile, bill: Bill, locale: str) -> None:
        """What the way that is chosen asks in advance, where to, and what is left to the rider."""
        advance_poisha = bill.advance_poisha(profile, self.method)
        self.advance = str(advance_poisha)
        self.advance_said = said_amount(advance_poisha, locale) if advance_poisha else ""
        self.rest = said_amount(bill.total_poisha - advance_poisha, locale)
        self.wallets = advance_wallets(profile, advance_poisha, locale)

    def _is_as_shown(self, shown: str) -> bool:
        """Delivery to a district that was chosen a moment ago may not be on the screen yet; the charges are."""
        items, _, delivery = shown.partition(" ")
        items_now, _, delivery_now = self.shown.partition(" ")
        return items == items_now and (delivery == delivery_now or not delivery.startswith(f"{self.district} "))

    def _costs_otherwise(self, asked_poisha: Mapping[str, int]) -> bool:
        before = self._asked_poisha
        self._asked_poisha = {**before, **asked_poisha}
        return any(before.get(name, amount_poisha) != amount_poisha for name, amount_poisha in asked_poisha.items())


def _asked_by(wanted: Mapping[str, int], phone: str) -> Callable[[Tx], tuple[Profile, Asking]]:
    """The shop, and what it asks in advance for such goods of such a buyer."""
    return lambda tx: (load_profile(tx), asking_of(tx, wanted, phone))
