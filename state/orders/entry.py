"""An order that staff enter themselves: by phone, by WhatsApp, at the counter; the same checks as on the storefront."""

from __future__ import annotations

import secrets
from typing import Any

import reflex as rx

from dokango.catalogue import storefront as catalogue
from dokango.db import Tx
from dokango.errors import DokangoError, InvalidInput
from dokango.money import taka
from dokango.numbers import whole_number
from dokango.orders import Context
from dokango.orders.placing.checkout_form import place_once, wanted_of
from dokango.orders.placing.request import MOST_OF_ONE
from dokango.orders.reading import lists
from dokango.people.districts import known_district
from dokango.people.permissions import Permission
from dokango.people.phones import normalise_phone
from dokango.process import clock
from dokango.shop.profile import load_profile
from state.kit.dialog import Overlay
from state.kit.feedback import done
from state.kit.payload import texts, words
from state.kit.session import allow, current_actor
from state.kit.work import read, write

CHANNELS = {"phone": "Phone", "whatsapp": "WhatsApp", "counter": "Counter"}
_FIELDS = ("name", "phone", "email", "line", "area", "district", "method", "trx_id", "sender", "note", "lines")
_NO_ERRORS = dict.fromkeys(_FIELDS, "")
# where intake says a field is wrong → the form's field
_FORM_FIELD = {
    "customer.name": "name", "customer.phone": "phone", "customer.email": "email", "address.line": "line",
    "address.area": "area", "address.district": "district", "payment.method": "method",
    "payment.transaction_id": "trx_id", "payment.sender": "sender", "note": "note", "lines": "lines",
}  # fmt: skip
_MOST_FOUND = 12


class OrderEntryState(Overlay, rx.State):
    """The form as it stands; prices and stock are the server's, read again when the order is placed."""

    is_open: bool = False
    search: str = ""
    found: list[dict[str, str]] = []
    lines: list[dict[str, str]] = []
    known: dict[str, str] = dict.fromkeys(("name", "email", "line", "area", "district"), "")
    known_words: str = ""
    form_key: str = ""
    district: str = ""
    subtotal: str = ""
    delivery: str = ""
    total: str = ""
    errors: dict[str, str] = _NO_ERRORS
    failure: str = ""
    pending: bool = False

    @rx.event
    @allow(Permission.PLACE_ORDER)
    async def show(self) -> None:
        """Open an empty form."""
        self.reset()
        self.is_open, self.form_key = True, secrets.token_urlsafe(12)

    @rx.event
    @allow(Permission.PLACE_ORDER)
    async def close(self, is_open: bool = False) -> None:
        """Close; nothing is placed."""
        if not is_open:
            self.is_open = False

    @rx.event
    @allow(Permission.PLACE_ORDER)
    async def find(self, typed: str) -> None:
        """Products by the words of their title or a SKU."""
        self.search = words(typed, 80)
        asked = self.search
        self.found = await read(lambda tx: _found(tx, asked)) if asked else []

    @rx.event
    @allow(Permission.PLACE_ORDER)
    async def add(self, sku: str) -> Any:
        """Put one of a SKU that was found into the order."""
        line = next((line for line in self.found if line["sku"] == sku), None)
        if line is not None:
            known = next((own for own in self.lines if own["sku"] == sku), None)
            await self._set(sku, int(known["quantity"]) + 1 if known else 1, line)
        self.search, self.found = "", []
        return rx.set_focus("entry-search")

    @rx.event
    @allow(Permission.PLACE_ORDER)
    async def count(self, sku: str, typed: str) -> None:
        """So many of a line; 0 takes it out."""
        quantity = words(typed, 20)
        if not quantity:
            return  # somebody is about to type another
        try:
            pieces = whole_number(quantity, "lines", 0, MOST_OF_ONE)
        except InvalidInput as error:
            self.errors = {**self.errors, **error.fields}
            return
        self.errors = {**self.errors, "lines": ""}
        await self._set(str(sku), pieces)

    @rx.event
    @allow(Permission.PLACE_ORDER)
    async def know(self, phone: str) -> None:
        """Who ordered from this phone before: their last address is filled in."""
        try:
            number = normalise_phone(words(phone, 40))
        except InvalidInput:
            return
        last = await read(lambda tx: lists.last_of_phone(tx, number))
        if last is None:
            self.known_words = "A new customer."
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
    async def place(self, form: dict[str, Any]) -> Any:
        """Place the order; what is wrong goes to its field, and nothing typed is lost."""
        typed = texts(form, 1_000)
        self.errors, self.failure = _NO_ERRORS, ""
        channel = typed.get("channel", "")
        context, key = Context(current_actor(), clock()), f"entry-{self.form_key}"
        lines = {line["sku"]: int(line["quantity"]) for line in self.lines}
        try:
            wanted = wanted_of(typed, lines)
            placed = await write(
                lambda tx: place_once(
                    tx, context, key, wanted, locale="en", channel=channel if channel in CHANNELS else "phone"
                )
            )
        except InvalidInput as error:
            self.errors = _NO_ERRORS | {_FORM_FIELD.get(field, "lines"): said for field, said in error.fields.items()}
            return None
        except DokangoError as error:
            self.failure = str(error)
            return None
        self.is_open = False
        return [done(f"Order #{placed.number} is placed."), rx.redirect(f"/orders/{placed.number}")]

    async def _set(self, sku: str, quantity: int, line: dict[str, str] | None = None) -> None:
        others = [other for other in self.lines if other["sku"] != sku]
        present = line or next((other for other in self.lines if other["sku"] == sku), None)
        if present is None:
            return
        if not quantity:
            self.lines = others
        elif any(other["sku"] == sku for other in self.lines):
            self.lines = [
                {**other, "quantity": str(quantity)} if other["sku"] == sku else other for other in self.lines
            ]
        else:
            self.lines = [*self.lines, {**present, "quantity": str(quantity)}]
        await self._sum(self.district)

    async def _sum(self, district: str) -> None:
        self.district = district
        subtotal = sum(int(line["price_poisha"]) * int(line["quantity"]) for line in self.lines)
        profile = await read(load_profile)
        delivery = profile.delivery_poisha(district) if district else 0
        self.subtotal, self.delivery = taka(subtotal), taka(delivery) if district else ""
        self.total = taka(subtotal + delivery)


def _found(tx: Tx, typed: str) -> list[dict[str, str]]:
    """Variants that can be ordered now, with price and what is free of them."""
    return [
        {
            "sku": variant.sku,
            "title": " · ".join(part for part in (product.title, variant.title) if part),
            "price": taka(variant.price_poisha),
            "price_poisha": str(variant.price_poisha),
            "free": "never runs out" if variant.available is None else f"{max(0, variant.available)} free",
            "quantity": "1",
        }
        for product in catalogue.shelf(tx, typed=typed, size=_MOST_FOUND, for_staff=True).rows
        for variant in product.variants
    ][:_MOST_FOUND]
