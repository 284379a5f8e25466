"""The checkout: one form, priced by the server, placed once however often its button is pressed."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator, Mapping
from typing import Any

import reflex as rx

from dokango import process
from dokango.errors import Busy, InsufficientStock, InvalidInput, KeyReused, Throttled
from dokango.language import said_amount, said_digits, say
from dokango.orders import Context
from dokango.orders.customer.pace import CHECKOUT_BY_NETWORK, CHECKOUT_BY_PHONE
from dokango.orders.placing.checkout_form import Placed, place_once, placed_before, still_wrong, wanted_of
from dokango.orders.placing.checkout_text import FORM_FIELDS, said_errors
from dokango.orders.placing.limit_text import limit_words
from dokango.orders.placing.limits import WebLimit
from dokango.orders.placing.ways_to_pay import charges_words, days_words, offers
from dokango.payments.methods import METHODS
from dokango.people.actor import customer
from dokango.people.districts import DISTRICTS, known_district
from dokango.people.phones import normalise_phone
from dokango.people.throttle import network_of, network_that_counts
from dokango.shop.profile import load_profile
from state.kit.access import allow_public
from state.kit.language import locale_of
from state.kit.payload import words
from state.kit.work import read, write
from state.store.cart import CartState
from state.store.storefront import ShopState

_CLEAN = dict.fromkeys(FORM_FIELDS, "")


class CheckoutState(rx.State):
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
    wrong: str = ""
    placing: bool = False
    _shown_poisha: int = 0

    @rx.event
    @allow_public
    async def load(self) -> Any:
        """The page's on_load. An order that this form placed already, unheard over a bad line, is shown instead."""
        if left := await self._leave_if_placed():
            return left
        self.key = self.key or secrets.token_urlsafe(16)
        self.errors, self.wrong, self.placing = dict(_CLEAN), "", False
        await self._reckon()
        self.loaded = True
        return None

    @rx.event
    @allow_public
    async def choose_district(self, district: str) -> None:
        """The delivery charge follows the district at once."""
        self.district = known_district(words(district, 60)) or ""
        self.errors = {**self.errors, "district": ""}
        await self._reckon()

    @rx.event
    @allow_public
    async def choose_method(self, method: str) -> None:
        """How it will be paid."""
        self.method = method if isinstance(method, str) and method in METHODS else ""
        self.errors = {**self.errors, "method": ""}
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
    async def mend(self, name: str, typed: str) -> None:
        """A field that was wrong was typed anew: what was said of it goes once it can be used."""
        if name in self.errors and not still_wrong(str(name), str(typed)):
            self.errors = {**self.errors, name: ""}
            self.wrong = self.wrong if any(self.errors.values()) else ""

    @rx.event
    @allow_public
    async def place(self, form: dict[str, Any]) -> AsyncGenerator[Any, None]:
        """Place the order, or say per field and per item what stands against it; then nothing was written."""
        self.placing = True
        yield None
        locale = await locale_of(self)
        try:
            placed = await self._place(form, locale)
            yield await self._leave(placed)
            yield rx.call_script("sessionStorage.removeItem('dokango_draft')")
        except InvalidInput as error:
            yield self._say_wrong(error.fields, locale)
        except InsufficientStock:
            await self._reckon()
            self.wrong = say("wrong.stock", locale)
        except WebLimit as error:
            await self._reckon()
            self.wrong = await self._over(error, locale)
        except KeyReused:  # this form has placed its order before, with other words in it: that order stands
            yield await self._leave_if_placed()
        except Throttled as error:
            self.wrong = say("throttled", locale, minutes=said_digits(-(-error.retry_after_s // 60), locale))
        except Busy:
            self.wrong = say("busy", locale)
        finally:
            self.placing = False

    async def _place(self, form: object, locale: str) -> Placed:
        self.errors, self.wrong = dict(_CLEAN), ""
        CHECKOUT_BY_NETWORK.take("checkout", network_of(self.router.session.client_ip))
        fields = form.items() if isinstance(form, Mapping) else ()
        typed = {name: value for name, value in fields if isinstance(value, str)}
        cart = await self.get_state(CartState)
        wanted = wanted_of({**typed, "district": self.district, "method": self.method}, cart._wanted())
        CHECKOUT_BY_PHONE.take("checkout", normalise_phone(wanted.customer.phone, "customer.phone"))
        shown = self._shown_poisha
        await self._reckon()
        if shown and shown != self._shown_poisha:
            raise InvalidInput({"total": say("wrong.changed", locale, amount=self.total)})
        context = Context(customer(wanted.customer.name), process.clock())
        key = self.key
        network = network_that_counts(self.router.session.client_ip)
        return await write(lambda tx: place_once(tx, context, key, wanted, locale=locale, network=network))

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
        self.key = ""
        return rx.redirect(f"/t/{placed.token}?placed=1")

    async def _reckon(self) -> None:
        """Price cart and delivery anew."""
        locale = await locale_of(self)
        cart = await self.get_state(CartState)
        await cart._price()
        profile = await read(load_profile)
        await (await self.get_state(ShopState))._show(profile)
        delivery_poisha = profile.delivery_poisha(self.district) if self.district in DISTRICTS else 0
        self._shown_poisha = cart._subtotal_poisha + delivery_poisha
        self.offers = offers(profile, self._shown_poisha, delivery_poisha, locale)
        if len(self.offers) == 1 or self.method not in [offer["key"] for offer in self.offers]:
            self.method = self.offers[0]["key"] if len(self.offers) == 1 else ""
        self.total = said_amount(self._shown_poisha, locale)
        self.delivery = said_amount(delivery_poisha, locale) if self.district in DISTRICTS else ""
        self.days = days_words(profile.delivery_days(self.district), locale) if self.delivery else ""
        self.charges = charges_words(profile, locale)

    def _say_wrong(self, fields: Mapping[str, str], locale: str) -> Any:
        """A sentence a field in the visitor's language, and the focus on the first of them."""
        self.errors = said_errors(fields, locale)
        self.wrong = fields["total"] if "total" in fields else say("wrong.form", locale)
        first = next((name for name in FORM_FIELDS if self.errors[name]), None)
        return rx.set_focus(first) if first and first != "method" else None
