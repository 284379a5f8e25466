"""An order that staff enter themselves: by phone, by WhatsApp, at the counter; the same checks as on the storefront."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

import reflex as rx

from dokango.catalogue import storefront as catalogue
from dokango.catalogue.storefront import ProductView, VariantView
from dokango.customers.glance import glance_of
from dokango.db import Tx
from dokango.errors import DokangoError, InvalidInput
from dokango.money import taka
from dokango.numbers import whole_number
from dokango.orders import Context
from dokango.orders.advances.asking import Asking, asking_of
from dokango.orders.placing.asked_otherwise import AskedOtherwise
from dokango.orders.placing.cart import read_cart, write_cart
from dokango.orders.placing.checkout_form import place_once, seen_poisha, wanted_of
from dokango.orders.placing.request import MOST_LINES, MOST_OF_ONE, Expected, PlaceOrder
from dokango.orders.reading.known_buyer import last_of_phone
from dokango.payments.methods import METHODS
from dokango.people.districts import known_district
from dokango.people.permissions import Permission
from dokango.people.phones import normalise_phone
from dokango.process import clock
from dokango.shop.profile import Profile, load_profile
from state.customers.text import glance_in_words
from state.kit.dialog import Dialog
from state.kit.feedback import done
from state.kit.form import Form, Typed, sends
from state.kit.payload import words
from state.kit.reading import Reading
from state.kit.session import allow, current_actor
from state.kit.sheet import Line, Lines
from state.kit.work import read, write

CHANNELS = {"phone": "Phone", "whatsapp": "WhatsApp", "counter": "Counter"}
_FIELDS = ("name", "phone", "email", "line", "area", "district", "method", "advance_by", "trx_id", "sender",
           "without_why", "note", "lines")  # fmt: skip
_NO_ERRORS = dict.fromkeys(_FIELDS, "")
# where intake says a field is wrong → the form's field
_FORM_FIELD = {
    "customer.name": "name", "customer.phone": "phone", "customer.email": "email", "address.line": "line",
    "address.area": "area", "address.district": "district", "payment.method": "method",
    "payment.advance_by": "advance_by", "without_advance": "without_why",
    "payment.transaction_id": "trx_id", "payment.sender": "sender", "note": "note", "lines": "lines",
}  # fmt: skip
_MOST_FOUND = 12
_LONGEST_KEPT = 19_000


class OrderEntryState(Dialog, Lines, Form, rx.State):
    """The form as it stands; prices and stock are the server's, read again when the order is placed."""

    search: str = ""
    found: list[dict[str, str]] = []
    known: dict[str, str] = dict.fromkeys(("name", "email", "line", "area", "district"), "")
    known_words: str = ""
    glance: list[dict[str, str]] = []
    district: str = ""
    subtotal: str = ""
    delivery: str = ""
    total: str = ""
    method: str = next(iter(METHODS))
    total_poisha: str = ""  # what stands on the screen; the form sends it back
    advance: str = "0"  # and what the rule asks of it in advance
    advance_said: str = ""
    advance_why: str = ""
    _phone: str = ""
    errors: dict[str, str] = _NO_ERRORS
    no_errors: ClassVar[Mapping[str, str]] = _NO_ERRORS
    most_chars: ClassVar[int] = 1_000
    most_lines: ClassVar[int] = MOST_LINES

    @rx.event
    @allow(Permission.PLACE_ORDER)
    async def show(self) -> None:
        """Open an empty form."""
        self.reset()
        self._anew()
        self.is_open = True

    @rx.event
    @allow(Permission.PLACE_ORDER)
    async def find(self, typed: str) -> None:
        """Products by the words of their title or a SKU."""
        self.search = words(typed, 80)
        asked = self.search
        self.found = await read(lambda tx: orderable(tx, asked)) if asked else []

    @rx.event
    @allow(Permission.PLACE_ORDER)
    async def add(self, sku: str) -> Any:
        """Put one of a SKU that was found into the order."""
        line = next((line for line in self.found if line["sku"] == sku), None)
        if line is not None:
            known = self._line(sku)
            await self._set(sku, int(known["quantity"]) + 1 if known else 1, line)
        self.search, self.found = "", []
        return rx.set_focus("entry-search")

    @rx.var
    def kept(self) -> str:
        """The lines, as the tab keeps them over a restart of the site; "" for none."""
        return write_cart({line["sku"]: int(line["quantity"]) for line in self.lines}) if self.lines else ""

    @rx.event
    @allow(Permission.PLACE_ORDER)
    async def bring_back(self, kept: str) -> None:
        """The lines that stood here before the site restarted, at today's prices; those put in since stay."""
        wanted = read_cart(words(kept, _LONGEST_KEPT))
        for line in await read(lambda tx: _as_kept(tx, wanted)):
            if self._line(line["sku"]) is None:
                self._put(line["sku"], line)
        await self._sum(self.district)

    @rx.event
    @allow(Permission.PLACE_ORDER)
    async def count(self, sku: str, typed: str) -> None:
        """So many of a line; 0 takes it out."""
        quantity = words(typed, 20)
        if not quantity:
            return  # somebody is about to type another
        reading = Reading()
        pieces = reading.tried(partial(whole_number, quantity, "lines", 0, MOST_OF_ONE), None)
        self.errors = {**self.errors, "lines": reading.wrong.get("lines", "")}
        if pieces is not None:
            await self._set(str(sku), pieces)

    @rx.event
    @allow(Permission.PLACE_ORDER)
    async def know(self, phone: str) -> None:
        """Who ordered from this phone before: their last address is filled in."""
        number = Reading().tried(partial(normalise_phone, words(phone, 40)), "")
        if not number:
            return
        self._phone = number
        sees = current_actor().may(Permission.VIEW_CUSTOMERS)
        last, glance = await read(lambda tx: (last_of_phone(tx, number), glance_of(tx, number) if sees else None))
        self.glance = glance_in_words(glance)
        if last is None:
            self.known_words = "A new customer."
            await self._sum(self.district)
            return
        self.known = {"name": last.name, "email": last.email, "line": last.address_line, "area": last.area,
                      "district": known_district(last.district) or ""}  # fmt: skip
        self.known_words = f"Known: {last.name}. The last address is filled in."
        await self._sum(known_district(last.district) or "")

    @rx.event
    @allow(Permission.PLACE_ORDER)
    async def choose_district(self, district: str) -> None:
        """The delivery charge follows the district."""
        await self._sum(known_district(words(district, 60)) or "")

    @rx.event
    @allow(Permission.PLACE_ORDER)
    async def choose_method(self, method: str) -> None:
        """What is asked in advance follows the way it is paid."""
        self.method = method if isinstance(method, str) and method in METHODS else self.method
        await self._sum(self.district)

    @rx.event
    @allow(Permission.PLACE_ORDER)
    @sends(lambda self, typed: self._wanted(typed))
    async def place(self, wanted: tuple[PlaceOrder, str]) -> Any:
        """Place the order."""
        (order, channel), key = wanted, f"entry-{self.press}"
        context = Context(current_actor(), clock())
        placed = await write(lambda tx: place_once(tx, context, key, order, locale="en", channel=channel))
        self.is_open = False
        return [done(f"Order #{placed.number} is placed."), rx.redirect(f"/orders/{placed.number}")]

    def _wanted(self, typed: Typed) -> tuple[PlaceOrder, str]:
        """The order that is asked for, and how it came."""
        channel = typed.get("channel", "")
        why = typed.get("without_why", "").strip()
        waived = bool(typed.get("without_advance")) and self.advance != "0"
        if waived and not why:
            raise InvalidInput({"without_advance": "Say why nothing is asked in advance; it is kept with the order."})
        asked = "0" if waived else typed.get("advance", "0")
        order = wanted_of({**typed, "advance": asked}, {line["sku"]: int(line["quantity"]) for line in self.lines})
        seen = Expected(
            total_poisha=seen_poisha(typed.get("total_poisha", "")), advance_poisha=order.expected.advance_poisha
        )
        order = order.model_copy(update={"expected": seen, "without_advance": why[:300] if waived else None})
        return order, channel if channel in CHANNELS else "phone"

    async def _say_refused(self, error: DokangoError, typed: Typed) -> Any:
        if not isinstance(error, AskedOtherwise):
            return await super()._say_refused(error, typed)
        await self._price_anew(typed)
        self.failure = str(error)
        return None

    async def _price_anew(self, typed: Typed) -> None:
        """The lines at the catalogue's present prices, and what is asked of this buyer."""
        wanted = {line["sku"]: int(line["quantity"]) for line in self.lines}
        for line in await read(lambda tx: _as_kept(tx, wanted)):
            self._put(line["sku"], line)
        self._phone = Reading().tried(partial(normalise_phone, typed.get("phone", "")), "")
        await self._sum(self.district)

    def _on_page(self, wrong: Mapping[str, str], typed: Typed) -> dict[str, str]:
        return {_FORM_FIELD.get(field, "lines"): said for field, said in wrong.items()}

    async def _set(self, sku: str, quantity: int, line: Line | None = None) -> None:
        present = line or self._line(sku)
        if present is None:
            return
        if not quantity:
            self._drop(sku)
        elif not self._put(sku, {**present, "quantity": str(quantity)}):
            full = f"An order has at most {MOST_LINES} lines. Place another one for the rest."
            self.errors = {**self.errors, "lines": full}
        await self._sum(self.district)

    async def _sum(self, district: str) -> None:
        self.district = district
        subtotal = sum(int(line["price_poisha"]) * int(line["quantity"]) for line in self.lines)
        skus, phone = [line["sku"] for line in self.lines], self._phone
        profile, asking = await read(lambda tx: _asked_by(tx, skus, phone))
        delivery = profile.delivery_poisha(district) if district else 0
        asked = asking.of(profile, self.method, district, subtotal + delivery, delivery)
        self.subtotal, self.delivery = taka(subtotal), taka(delivery) if district else ""
        self.total, self.total_poisha = taka(subtotal + delivery), str(subtotal + delivery)
        self.advance, self.advance_why = str(asked.poisha), asked.reason
        self.advance_said = taka(asked.poisha) if asked.poisha else ""


def _asked_by(tx: Tx, skus: list[str], phone: str) -> tuple[Profile, Asking]:
    """The shop, and what it asks in advance for such goods of such a buyer."""
    return load_profile(tx), asking_of(tx, skus, phone)


def orderable(tx: Tx, typed: str) -> list[Line]:
    """Variants that can be ordered now, with price and what is free of them."""
    products = catalogue.shelf(tx, typed=typed, size=_MOST_FOUND, for_staff=True).rows
    return [_as_line(product, variant) for product in products for variant in product.variants][:_MOST_FOUND]


def _as_kept(tx: Tx, wanted: Mapping[str, int]) -> list[Line]:
    """The lines of these SKUs that can be ordered still, in their order."""
    products = catalogue.of_skus(tx, wanted)
    known = {variant.sku: _as_line(product, variant) for product in products for variant in product.variants}
    return [{**known[sku], "quantity": str(quantity)} for sku, quantity in wanted.items() if sku in known]


def _as_line(product: ProductView, variant: VariantView) -> Line:
    return {
        "sku": variant.sku,
        "title": " · ".join(part for part in (product.title, variant.title) if part),
        "price": taka(variant.price_poisha),
        "price_poisha": str(variant.price_poisha),
        "free": "never runs out" if variant.available is None else f"{max(0, variant.available)} free",
        "quantity": "1",
    }
