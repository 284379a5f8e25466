"""Pictures and product files that staff send, and the pictures as everybody sees them."""

from __future__ import annotations

from urllib.parse import urlencode

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from dokango import process
from dokango.catalogue.pictures import TYPES, add_picture, picture_file, store_picture
from dokango.errors import InvalidInput, NotFound
from dokango.importing.arranging import Choice
from dokango.importing.columns import unknown
from dokango.importing.remembered import recall
from dokango.importing.report import keep_report
from dokango.importing.run import import_products
from dokango.importing.table_file import read_sheet
from dokango.importing.waiting import drop_waiting, keep_waiting, waiting_file
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.settings import settings
from dokango_web.routes.callers import staff_of
from dokango_web.routes.uploads import Upload, take_upload
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


async def keep_picture(request: Request) -> Response:
    """POST /upload/pictures: a picture for a product that is not saved yet; its address as JSON, or why not."""
    try:
        upload = await take_upload(request, Permission.EDIT_PRODUCTS, kinds=tuple(TYPES), most_bytes=MOST_PICTURE_BYTES)
    except InvalidInput as error:
        return JSONResponse({"refused": str(error)}, 422)
    address = await anyio.to_thread.run_sync(lambda: store_picture(settings().data_dir, upload.kind, upload.content))
    return JSONResponse({"address": address})


async def take_products(request: Request) -> Response:
    """POST /upload/products: a CSV, then to its report; first to its columns when nobody has said yet what they are."""
    actor = await staff_of(request, Permission.EDIT_PRODUCTS)
    try:
        upload = await take_upload(request, Permission.EDIT_PRODUCTS, kinds=("sheet",))
        ask = bool((await request.form()).get("columns"))
        token = await anyio.to_thread.run_sync(lambda: _waiting(upload, ask=ask))
        if token:
            return _back("/products/import", file=token)
        return await _import(actor, upload.name, upload.content)
    except InvalidInput as error:
        return _back("/products", refused=str(error))


async def take_columns(request: Request) -> Response:
    """POST /upload/product-columns: what the columns of a waiting file are, then to the report of its import."""
    actor = await staff_of(request, Permission.EDIT_PRODUCTS)
    form = await request.form(max_files=0)
    token = str(form.get("file", ""))
    try:
        waiting = await anyio.to_thread.run_sync(lambda: waiting_file(settings().data_dir, token))
        headings = await anyio.to_thread.run_sync(lambda: unknown(read_sheet(waiting.raw)))
        choice = {heading: str(form.get(f"column-{at}", "")) for at, heading in enumerate(headings)}
        done = await _import(actor, waiting.name, waiting.raw, choice)
    except NotFound as error:
        return _back("/products", refused=f"{error} Choose the file again.")
    except InvalidInput as error:
        return _back("/products/import", file=token, refused=str(error))
    await anyio.to_thread.run_sync(lambda: drop_waiting(settings().data_dir, token))
    return done


async def _import(actor: Actor, name: str, raw: bytes, choice: Choice | None = None) -> Response:
    """Import, keep the report, and lead to it. Raises InvalidInput."""
    report = await anyio.to_thread.run_sync(
        lambda: import_products(process.database(), actor, process.clock(), raw, choice)
    )
    await write(lambda tx: keep_report(tx, actor, process.clock(), name, report))
    return _back("/products", imported="1")


def _waiting(upload: Upload, *, ask: bool) -> str:
    """The token of a file that waits for somebody to name its columns; "" for one that can be imported at once."""
    sheet = read_sheet(upload.content)
    said = process.database().read(lambda tx: recall(tx, sheet))
    if not unknown(sheet) or (said is not None and not ask):
        return ""
    return keep_waiting(settings().data_dir, upload.name, upload.content)


async def show_picture(request: Request) -> Response:
    """GET /media/‹name›: named by its content, so kept for ever."""
    path, kind = await anyio.to_thread.run_sync(lambda: picture_file(settings().data_dir, request.path_params["name"]))
    headers = {"Cache-Control": _A_YEAR, "Content-Security-Policy": "default-src 'none'; sandbox"}
    return FileResponse(path, media_type=kind, headers=headers)


def _back(path: str, **query: str) -> Response:
    return RedirectResponse(path + (f"?{urlencode(query)}" if query else ""), 303)


ROUTES = [
    Route("/upload/pictures", keep_picture, methods=["POST"]),
    Route("/upload/product-pictures/{product_id:int}", take_picture, methods=["POST"]),
    Route("/upload/products", take_products, methods=["POST"]),
    Route("/upload/product-columns", take_columns, methods=["POST"]),
    Route("/media/{name}", show_picture, methods=["GET"]),
]
