"""Photos and screenshots of wallets as staff send and see them, beside a line of a wallet or an order's claim."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from dokango.catalogue.pictures import TYPES, picture_file, store_picture
from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.numbers import whole_number
from dokango.orders.book import rows
from dokango.papers.photos import check_photo
from dokango.payments.evidence import by_id
from dokango.payments.wallet_photos import FOLDER, add_photo
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.settings import settings
from dokango_web.routes.callers import staff_of
from dokango_web.routes.uploads import take_upload
from state.kit.work import now_us, read, write

MOST_PHOTO_BYTES = 9_500_000  # as a phone's camera makes them
INBOX = "/wallet"
Beside = Callable[[Tx, Actor, str], None]


async def take_of_line(request: Request) -> Response:
    """POST /upload/wallet-photos/lines/‹id›: a photo beside a wallet's line, then back to the wallet."""
    line_id = whole_number(request.path_params["line_id"], "line", 1, 2**53)
    await staff_of(request, Permission.VERIFY_PAYMENT)
    await read(lambda tx: by_id(tx, line_id))

    def beside(tx: Tx, actor: Actor, name: str) -> None:
        add_photo(tx, actor, name, now_us(), evidence_id=by_id(tx, line_id).id)

    return await _taken(request, beside, INBOX)


async def take_of_order(request: Request) -> Response:
    """POST /upload/wallet-photos/orders/‹number›: a photo beside what its customer claims, then back to the order."""
    number = request.path_params["number"]
    await staff_of(request, Permission.VERIFY_PAYMENT)
    order = await read(lambda tx: rows.by_number(tx, number))

    def beside(tx: Tx, actor: Actor, name: str) -> None:
        add_photo(tx, actor, name, now_us(), order_id=order.id)

    return await _taken(request, beside, f"/orders/{order.number}")


async def show_photo(request: Request) -> Response:
    """GET /wallet/photos/‹name›, for staff who may verify payments."""
    await staff_of(request, Permission.VERIFY_PAYMENT)
    name = request.path_params["name"]
    path, kind = await anyio.to_thread.run_sync(lambda: picture_file(settings().data_dir, name, folder=FOLDER))
    headers = {"Cache-Control": "private, no-store", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return FileResponse(path, media_type=kind, headers=headers)


async def _taken(request: Request, beside: Beside, back: str) -> Response:
    """Keep the photo and what it stands beside; back to the page, with what was wrong."""
    actor = await staff_of(request, Permission.VERIFY_PAYMENT)
    try:
        upload = await take_upload(request, Permission.VERIFY_PAYMENT, kinds=tuple(TYPES), most_bytes=MOST_PHOTO_BYTES)
        await anyio.to_thread.run_sync(lambda: check_photo(upload.content, upload.kind))
        address = await anyio.to_thread.run_sync(
            lambda: store_picture(settings().data_dir, upload.kind, upload.content, folder=FOLDER)
        )
        await write(lambda tx: beside(tx, actor, address.rpartition("/")[2]))
    except InvalidInput as error:
        if back != INBOX:
            raise  # told as a page of one sentence
        return RedirectResponse(f"{INBOX}?{urlencode({'refused': str(error)})}", 303)
    said = f"?{urlencode({'kept': 'The photo is kept.'})}" if back == INBOX else ""
    return RedirectResponse(f"{back}{said}", 303)


ROUTES = [
    Route("/upload/wallet-photos/lines/{line_id}", take_of_line, methods=["POST"]),
    Route("/upload/wallet-photos/orders/{number}", take_of_order, methods=["POST"]),
    Route("/wallet/photos/{name}", show_photo, methods=["GET"]),
]
