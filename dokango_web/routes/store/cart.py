"""The cart for plain HTML: the browser's script keeps a copy of it in a cookie (assets/storefront.js), forms change it.

`dokango_cart` holds what local storage holds; `dokango_cart_new` says that a form changed it. Then the next page begins
with TAKE_OVER, which brings it to local storage before the live page reads that.
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


def cart_in(request: Request) -> dict[str, int]:
    """SKU → quantity of the visitor's cart."""
    return read_cart(unquote(request.cookies.get(COOKIE, "")))


def was_changed(request: Request) -> bool:
    """Whether a form changed the cart, and no page of scripts has taken it over since."""
    return CHANGED in request.cookies


def keep_cart(response: Response, wanted: dict[str, int]) -> Response:
    """`response`, with `wanted` as the visitor's cart from now on; what is no SKU is not written, as it is not read."""
    kept = write_cart(read_cart(write_cart(wanted)))
    response.set_cookie(COOKIE, quote(kept, safe=""), max_age=_MONTH_S, samesite="lax")
    response.set_cookie(CHANGED, "1", max_age=_MONTH_S, samesite="lax")
    return response


async def put_in(request: Request) -> Response:
    """Add `quantity` of `sku`, and show the cart; what is no quantity, or too much, is cut to what may be asked for."""
    typed, wanted = await typed_in(request), cart_in(request)
    sku, said = typed.get("sku", ""), typed.get("quantity", "1")
    quantity = min(int(said), MOST_OF_ONE) if said.isascii() and said.isdigit() and len(said) < 6 else 1
    if sku and is_quantity(quantity) and (sku in wanted or len(wanted) < MOST_LINES):
        wanted[sku] = min(wanted.get(sku, 0) + quantity, MOST_OF_ONE)
    return keep_cart(see_other("/checkout"), wanted)


async def change(request: Request) -> Response:
    """One more or one fewer of `sku` (`by` 1 or -1), or none of it (`by` 0)."""
    typed, wanted = await typed_in(request), cart_in(request)
    sku, by = typed.get("sku", ""), typed.get("by", "")
    if sku in wanted and by in ("1", "-1"):
        wanted[sku] = max(1, min(wanted[sku] + int(by), MOST_OF_ONE))
    elif by == "0":
        wanted.pop(sku, None)
    return keep_cart(see_other("/checkout"), wanted)


ROUTES = [*page("/cart", put_in, post=True), *page("/cart/change", change, post=True)]
