"""The cart: the browser keeps SKUs and quantities, nothing else; what they cost is asked anew each time."""

from __future__ import annotations

import reflex as rx

from dokango.errors import InvalidInput
from dokango.language import said_amount, said_digits, say
from dokango.orders.placing.cart import Cart, CartLine, is_quantity, price_cart, read_cart, write_cart
from dokango.orders.placing.request import MOST_LINES, MOST_OF_ONE
from state.kit.language import locale_of
from state.kit.work import read


class CartState(rx.State):
    """What was chosen so far."""

    kept: str = rx.LocalStorage("{}", name="dokango_cart", sync=True)
    priced: bool = False
    lines: list[dict[str, str]] = []
    subtotal: str = ""
    orderable: bool = False
    _subtotal_poisha: int = 0
    _prices_poisha: dict[str, int] = {}

    @rx.var
    def count(self) -> int:
        """How many things are in it."""
        return sum(read_cart(self.kept).values())

    async def _change(self, sku: object, by: object) -> None:
        """One more or one fewer of a SKU that is in the cart."""
        wanted = self._wanted()
        if isinstance(sku, str) and sku in wanted and type(by) is int and by in (1, -1):
            wanted[sku] = max(1, min(wanted[sku] + by, MOST_OF_ONE))
            await self._keep(wanted)

    async def _remove(self, sku: object) -> None:
        """Take a SKU out."""
        wanted = self._wanted()
        if isinstance(sku, str) and wanted.pop(sku, 0):
            await self._keep(wanted)

    def _wanted(self) -> dict[str, int]:
        return read_cart(self.kept)

    def _put(self, sku: str, quantity: int, locale: str) -> None:
        """Add to the cart; raises InvalidInput when it is full."""
        wanted = self._wanted()
        if sku not in wanted and len(wanted) >= MOST_LINES:
            raise InvalidInput({"cart": say("cart_full", locale)})
        if is_quantity(quantity):
            wanted[sku] = min(wanted.get(sku, 0) + quantity, MOST_OF_ONE)
            self.kept = write_cart(wanted)

    def _empty(self) -> None:
        self.kept = "{}"
        self._show(Cart(()), "en")

    async def _keep(self, wanted: dict[str, int]) -> None:
        self.kept = write_cart(wanted)
        await self._price()

    async def _price(self) -> None:
        locale, wanted = await locale_of(self), self._wanted()
        self._show(await read(lambda tx: price_cart(tx, wanted)), locale)

    def _show(self, cart: Cart, locale: str) -> None:
        self.lines = [line_words(line, locale) for line in cart.lines]
        self._subtotal_poisha = cart.subtotal_poisha
        self._prices_poisha = {line.sku: line.price_poisha for line in cart.lines if line.sold}
        self.subtotal = said_amount(cart.subtotal_poisha, locale)
        self.orderable = cart.orderable
        self.priced = True


def line_words(line: CartLine, locale: str) -> dict[str, str]:
    """A line of the cart as it is shown, with the sentence of what is wrong with it."""
    trouble = ""
    if line.trouble:
        count = line.most if line.trouble == "many" else line.available or 0
        trouble = say(f"line.{line.trouble}", locale, count=said_digits(count, locale))
    return {
        "sku": line.sku, "title": line.titled(locale) or line.sku, "variant": line.variant_titled(locale),
        "slug": line.slug,
        "image": line.image, "quantity": said_digits(line.quantity, locale), "trouble": trouble,
        "each": say("each", locale, amount=said_amount(line.price_poisha, locale)) if line.quantity > 1 else "",
        "amount": said_amount(line.amount_poisha, locale) if line.sold else "",
    }  # fmt: skip
