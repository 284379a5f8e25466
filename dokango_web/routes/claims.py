"""A claim's photos as staff send and see them, and the claim as one PDF."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from dokango import process
from dokango.catalogue.pictures import TYPES, picture_file, store_picture
from dokango.db import Tx
from dokango.errors import DokangoError, NotFound
from dokango.orders import Context
from dokango.orders.claims import rows, steps
from dokango.papers.claims import claim_paper, print_claim
from dokango.papers.photos import check_photo
from dokango.people.permissions import Permission
from dokango.settings import settings
from dokango_web.routes.callers import staff_of
from dokango_web.routes.uploads import take_upload
from state.kit.work import read, write
from state.problems.text import CLAIMS_PAGE

MOST_PHOTO_BYTES = 9_500_000  # as a phone's camera makes them
FOLDER = "claim-photos"  # not the storefront's: a photo shows an address


async def take_photo(request: Request) -> Response:
    """POST /upload/claim-photos/‹id›: a photo of a claim, then back to its page."""
    claim_id = int(request.path_params["claim_id"])
    actor = await staff_of(request, Permission.SHIP)
    await read(lambda tx: rows.by_id(tx, claim_id))
    try:
        upload = await take_upload(request, Permission.SHIP, kinds=tuple(TYPES), most_bytes=MOST_PHOTO_BYTES)
        await anyio.to_thread.run_sync(lambda: check_photo(upload.content, upload.kind))
        address = await anyio.to_thread.run_sync(
            lambda: store_picture(settings().data_dir, upload.kind, upload.content, folder=FOLDER)
        )
        name = address.rpartition("/")[2]
        await write(lambda tx: steps.add_photo(tx, Context(actor, process.clock()), claim_id, name))
    except DokangoError as error:
        return RedirectResponse(f"{CLAIMS_PAGE}/{claim_id}?{urlencode({'refused': str(error)})}", 303)
    return RedirectResponse(f"{CLAIMS_PAGE}/{claim_id}", 303)


async def show_photo(request: Request) -> Response:
    """GET /claims/photos/‹name›, for staff who may see orders."""
    await staff_of(request, Permission.VIEW_ORDERS)
    name = request.path_params["name"]
    path, kind = await anyio.to_thread.run_sync(lambda: picture_file(settings().data_dir, name, folder=FOLDER))
    headers = {"Cache-Control": "private, no-store", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return FileResponse(path, media_type=kind, headers=headers)


async def show_paper(request: Request) -> Response:
    """GET /papers/claims/‹id›.pdf: all of a claim, to send to the courier."""
    await staff_of(request, Permission.VIEW_ORDERS)
    claim_id = int(request.path_params["claim_id"])
    made = await anyio.to_thread.run_sync(_press, claim_id)
    headers = {"Content-Disposition": f'inline; filename="claim-{claim_id}.pdf"', "Cache-Control": "no-store"}
    return Response(made, media_type="application/pdf", headers=headers)


def _press(claim_id: int) -> bytes:
    def gather(tx: Tx) -> bytes:
        paper = claim_paper(tx, claim_id)
        return print_claim(paper, {name: path for name in paper.photos if (path := _file(name)) is not None})

    return process.database().read(gather)


def _file(name: str) -> Path | None:
    try:
        return picture_file(settings().data_dir, name, folder=FOLDER)[0]
    except NotFound:
        return None


ROUTES = [
    Route("/upload/claim-photos/{claim_id:int}", take_photo, methods=["POST"]),
    Route("/claims/photos/{name}", show_photo, methods=["GET"]),
    Route("/papers/claims/{claim_id:int}.pdf", show_paper, methods=["GET"]),
]
