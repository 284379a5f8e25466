"""Couriers' payouts: sent as files or fetched by API, looked at on /cod, and booked as they were previewed."""

from __future__ import annotations

from urllib.parse import urlencode

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dokango import process
from dokango.courier_errors import CourierError
from dokango.couriers.process_desk import courier_desk
from dokango.couriers.registry import account_part
from dokango.db import Tx
from dokango.errors import Conflict, InvalidInput, NotFound
from dokango.importing.remembered import PAYOUTS, remember
from dokango.orders import Context
from dokango.payouts import columns
from dokango.payouts.asked import fetch, fetched
from dokango.payouts.book import book_payout
from dokango.payouts.waiting import keep, waiting_payout
from dokango.people.permissions import Permission
from dokango.settings import settings
from dokango.text import plain
from dokango_web.routes.callers import staff_of
from dokango_web.routes.uploads import take_upload
from state.kit.work import write

_LONGEST = 60


async def take_payout(request: Request) -> Response:
    """POST /upload/payouts: a courier's file, then to its preview."""
    try:
        upload = await take_upload(request, Permission.SETTLE_COD, kinds=("xlsx", "sheet"))
        form = await request.form()
        courier, reference = (plain(str(form.get(name, "")))[:_LONGEST] for name in ("courier", "reference"))
        if not courier:
            raise InvalidInput({"courier": "Say whose payout this is."})
        token = await anyio.to_thread.run_sync(
            lambda: keep(settings().data_dir, upload.name, account_part(None, courier), reference, upload.content)
        )
    except InvalidInput as error:
        return _back(refused=str(error))
    return _back(file=token)


async def book(request: Request) -> Response:
    """POST /upload/payouts/book: the waiting file, its columns and the print of its preview; booked once."""
    actor = await staff_of(request, Permission.SETTLE_COD)
    form = await request.form(max_files=0)
    token, seen = str(form.get("file", "")), str(form.get("seen", ""))
    context = Context(actor, process.clock())
    try:
        waiting = await anyio.to_thread.run_sync(lambda: waiting_payout(settings().data_dir, token))
        sheet = await anyio.to_thread.run_sync(waiting.sheet)
        choice = {heading: str(form.get(f"column-{at}", "")) for at, heading in enumerate(columns.asked(sheet))}
        statement = waiting.statement(sheet, choice)

        def done(tx: Tx) -> int:
            payout_id = book_payout(tx, context, statement, seen)
            remember(tx, sheet, choice, by=actor.name, now_us=context.clock.now_us(), kind=PAYOUTS)
            return payout_id

        payout_id = await write(done)
    except NotFound as error:
        return _back(refused=f"{error} Choose the file again.")
    except (InvalidInput, Conflict) as error:
        return _back(file=token, refused=str(error))
    return _back(done=str(payout_id))


async def take_fetched(request: Request) -> Response:
    """POST /upload/payouts/fetch: one payout that a courier told of, then to its preview."""
    await staff_of(request, Permission.SETTLE_COD)
    form = await request.form(max_files=0)
    courier, payment = (plain(str(form.get(name, "")))[:_LONGEST] for name in ("courier", "payment"))
    try:
        token = await anyio.to_thread.run_sync(lambda: fetch(courier_desk(), settings().data_dir, courier, payment))
    except (NotFound, CourierError) as error:
        return _back(refused=f"{error} Nothing was booked.")
    return _back(fetched=token)


async def book_fetched(request: Request) -> Response:
    """POST /upload/payouts/fetched/book: the payout that waits, with the print of its preview; booked once."""
    actor = await staff_of(request, Permission.SETTLE_COD)
    form = await request.form(max_files=0)
    token, seen = str(form.get("fetched", "")), str(form.get("seen", ""))
    context = Context(actor, process.clock())
    try:
        statement = await anyio.to_thread.run_sync(lambda: fetched(settings().data_dir, token))
        payout_id = await write(lambda tx: book_payout(tx, context, statement, seen))
    except NotFound as error:
        return _back(refused=f"{error} Ask the courier again.")
    except Conflict as error:
        return _back(fetched=token, refused=str(error))
    return _back(done=str(payout_id))


def _back(**query: str) -> Response:
    return RedirectResponse(f"/cod?{urlencode(query)}", 303)


ROUTES = [
    Route("/upload/payouts", take_payout, methods=["POST"]),
    Route("/upload/payouts/book", book, methods=["POST"]),
    Route("/upload/payouts/fetch", take_fetched, methods=["POST"]),
    Route("/upload/payouts/fetched/book", book_fetched, methods=["POST"]),
]
