"""Pictures and product files that staff send, and the pictures as everybody sees them."""

from __future__ import annotations

from urllib.parse import urlencode

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from dokango import process
from dokango.catalogue.pictures import TYPES, add_picture, picture_file, store_picture
from dokango.errors import InvalidInput
from dokango.importing.report import keep_report
from dokango.importing.run import import_products
from dokango.people.permissions import Permission
from dokango.settings import settings
from dokango_web.routes.callers import staff_of
from dokango_web.routes.uploads import take_upload
from state.kit.work import write

MOST_PICTURE_BYTES = 5_000_000
_A_YEAR = "public, max-age=31536000, immutable"


async def take_picture(request: Request) -> Response:
    """POST /upload/product-pictures/‹id›: a picture, then back to the product."""
    product_id = int(request.path_params["product_id"])
    actor = await staff_of(request, Permission.EDIT_PRODUCTS)
    try:
        upload = await take_upload(request, Permission.EDIT_PRODUCTS, kinds=tuple(TYPES), most_bytes=MOST_PICTURE_BYTES)
        address = await anyio.to_thread.run_sync(
            lambda: store_picture(settings().data_dir, upload.kind, upload.content)
        )
        await write(lambda tx: add_picture(tx, actor, process.clock(), product_id, address))
    except InvalidInput as error:
        return _back(f"/products/{product_id}", refused=str(error))
    return _back(f"/products/{product_id}")


async def take_products(request: Request) -> Response:
    """POST /upload/products: WooCommerce's CSV, then to its report."""
    actor = await staff_of(request, Permission.EDIT_PRODUCTS)
    try:
        upload = await take_upload(request, Permission.EDIT_PRODUCTS, kinds=("sheet",))
        report = await anyio.to_thread.run_sync(
            lambda: import_products(process.database(), actor, process.clock(), upload.content)
        )
    except InvalidInput as error:
        return _back("/products", refused=str(error))
    await write(lambda tx: keep_report(tx, actor, process.clock(), upload.name, report))
    return _back("/products", imported="1")


async def show_picture(request: Request) -> Response:
    """GET /media/‹name›: named by its content, so kept for ever."""
    path, kind = await anyio.to_thread.run_sync(lambda: picture_file(settings().data_dir, request.path_params["name"]))
    headers = {"Cache-Control": _A_YEAR, "Content-Security-Policy": "default-src 'none'; sandbox"}
    return FileResponse(path, media_type=kind, headers=headers)


def _back(path: str, **query: str) -> Response:
    return RedirectResponse(path + (f"?{urlencode(query)}" if query else ""), 303)


ROUTES = [
    Route("/upload/product-pictures/{product_id:int}", take_picture, methods=["POST"]),
    Route("/upload/products", take_products, methods=["POST"]),
    Route("/media/{name}", show_picture, methods=["GET"]),
]
