"""Papers as files: GET /papers/‹kind›.pdf?orders=1042,1043, for staff who may see orders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dokango import process
from dokango.clock import day_of
from dokango.db import Tx
from dokango.errors import InvalidInput, NotFound
from dokango.orders.parcels import manifest
from dokango.papers import gathering, press
from dokango.papers.cards import OrderPaper, ShopCard
from dokango.people.permissions import Permission
from dokango_web.routes.callers import staff_of

_BY_ORDER: dict[str, Callable[[ShopCard, Sequence[OrderPaper]], bytes]] = {
    "labels": press.labels,
    "label-sheets": lambda shop, orders: press.labels(shop, orders, on_sheets=True),
    "slips": press.slips,
    "invoices": press.invoices,
}
_PICK_LIST = "pick-list"


async def paper(request: Request) -> Response:
    """One PDF of all the orders asked for, to be shown by the browser and printed from there."""
    await staff_of(request, Permission.VIEW_ORDERS)
    kind = request.path_params["kind"]
    if kind not in (*_BY_ORDER, _PICK_LIST):
        raise NotFound("paper", kind[:40])
    numbers = gathering.numbers_in(request.query_params.get("orders", ""))
    made = await anyio.to_thread.run_sync(_press, kind, numbers)
    name = f"{kind}-{numbers[0]}.pdf" if len(numbers) == 1 else f"{kind}.pdf"
    ascii_name = name.encode("ascii", "ignore").decode().replace('"', "")
    headers = {"Content-Disposition": f'inline; filename="{ascii_name}"', "Cache-Control": "no-store"}
    return Response(made, media_type="application/pdf", headers=headers)


def _press(kind: str, numbers: list[str]) -> bytes:
    def gather(tx: Tx) -> Callable[[], bytes]:
        shop, orders = gathering.shop_card(tx), gathering.papers(tx, numbers)
        if kind != _PICK_LIST:
            return lambda: _BY_ORDER[kind](shop, orders)
        lines = gathering.pick_lines(tx, numbers)
        left_out = gathering.left_out(tx, numbers)
        return lambda: press.pick_list(
            shop, lines, len(numbers) - len(left_out), process.clock().now_us(), left_out=left_out
        )

    return process.database().read(gather)()


async def handover(request: Request) -> Response:
    """GET /papers/handover.pdf?courier=‹key›&day=2026-11-28: what the rider takes; today without a day."""
    await staff_of(request, Permission.VIEW_ORDERS)
    who, asked = request.query_params.get("courier", "")[:60], request.query_params.get("day", "")
    now_us = process.clock().now_us()
    try:
        day = date.fromisoformat(asked) if asked else day_of(now_us)
    except ValueError:
        raise InvalidInput({"day": "Name the day as 2026-11-28."}) from None

    def pressed() -> bytes:
        shop, found = process.database().read(
            lambda tx: (gathering.shop_card(tx), manifest.manifest(tx, who, day, now_us))
        )
        return press.manifest(shop, found, now_us)

    made = await anyio.to_thread.run_sync(pressed)
    headers = {"Content-Disposition": f'inline; filename="handover-{day}.pdf"', "Cache-Control": "no-store"}
    return Response(made, media_type="application/pdf", headers=headers)


ROUTES = [Route("/papers/handover.pdf", handover, methods=["GET"]), Route("/papers/{kind}.pdf", paper, methods=["GET"])]
