"""The cart for plain HTML: the browser's script keeps a copy of it in a cookie (assets/storefront.js), forms change it.

`dokango_cart` holds what local storage holds; `dokango_cart_new` says that a form changed it. Then the next page begins
with TAKE_OVER, which brings it to local storage before the live page reads that.

Browsers drop a cookie of more than 4,096 bytes without a word, and a Bangla letter takes nine. A form that would make a
longer one changes nothing and says that the cart is full; a cart of the live page that is longer leaves TOO_LONG there.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from dokango.orders.placing.cart import is_quantity, read_cart, write_cart
from dokango.orders.placing.request import MOST_LINES, MOST_OF_ONE
from dokango_web.routes.store.visitor import page, see_other, typed_in

COOKIE, CHANGED = "dokango_cart", "dokango_cart_new"
TAKE_OVER = (
    "(()=>{const all=document.cookie.split('; ');"
    "const kept=(name)=>all.find((pair)=>pair.startsWith(name+'='))?.slice(name.length+1);"
    f"if(!kept('{CHANGED}'))return;"
    f"localStorage.setItem('{COOKIE}',decodeURIComponent(kept('{COOKIE}')||'{{}}'));"
    f"document.cookie='{CHANGED}=; path=/; max-age=0; samesite=lax'}})()"
)
_MONTH_S = 30 * 24 * 3_600
MOST_CHARS = 3_900  # of the value as it is written, as in the script; its name and what stands beside it take the rest
TOO_LONG = "too-long"
FULL = "full"  # in the address of the checkout


def cart_in(request: Request) -> dict[str, int]:
    """SKU → quantity of the visitor's cart."""
    return read_cart(unquote(request.cookies.get(COOKIE, "")))


def was_changed(request: Request) -> bool:
    """Whether a form changed the cart, and no page of scripts has taken it over since."""
    return CHANGED in request.cookies


def is_too_long(request: Request) -> bool:
    """Whether the live page has a cart that no cookie holds: nothing may be made of the one that is not seen here."""
    return request.cookies.get(COOKIE) == TOO_LONG


def keep_cart(response: Response, wanted: dict[str, int]) -> Response:
    """`response`, with `wanted` as the visitor's cart from now on; what is no SKU is not written, as it is not read."""
    response.set_cookie(COOKIE, _written(wanted), max_age=_MONTH_S, samesite="lax")
    response.set_cookie(CHANGED, "1", max_age=_MONTH_S, samesite="lax")
    return response


def _written(wanted: dict[str, int]) -> str:
    return quote(write_cart(read_cart(write_cart(wanted))), safe="")


def _changed(wanted: dict[str, int]) -> Response:
    """The cart as it is now, or that there is no room for this."""
    if len(_written(wanted)) > MOST_CHARS:
        return _full()
    return keep_cart(see_other("/checkout"), wanted)


def _full() -> Response:
    return see_other(f"/checkout?{FULL}=1")


async def put_in(request: Request) -> Response:
    """Add `quantity` of `sku`, and show the cart; what is no quantity, or too much, is cut to what may be asked for.

    Where there is no room, the checkout says so and the cart stays.
    """
    typed, wanted = await typed_in(request), cart_in(request)
    sku, said = typed.get("sku", ""), typed.get("quantity", "1")
    quantity = min(int(said), MOST_OF_ONE) if said.isascii() and said.isdigit() and len(said) < 6 else 1
    if is_too_long(request) or (sku not in wanted and len(wanted) >= MOST_LINES):
        return _full()
    if sku and is_quantity(quantity):
        wanted[sku] = min(wanted.get(sku, 0) + quantity, MOST_OF_ONE)
    return _changed(wanted)


async def change(request: Request) -> Response:
    """One more or one fewer of `sku` (`by` 1 or -1), or none of it (`by` 0)."""
    typed, wanted = await typed_in(request), cart_in(request)
    sku, by = typed.get("sku", ""), typed.get("by", "")
    if sku in wanted and by in ("1", "-1"):
        wanted[sku] = max(1, min(wanted[sku] + int(by), MOST_OF_ONE))
    elif by == "0":
        wanted.pop(sku, None)
    return _full() if is_too_long(request) else _changed(wanted)


ROUTES = [*page("/cart", put_in, post=True), *page("/cart/change", change, post=True)]
