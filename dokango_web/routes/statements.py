"""Statements of wallets: a file sent, looked at on /wallet, and its lines kept as evidence."""

from __future__ import annotations

from urllib.parse import urlencode

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dokango import process
from dokango.db import Tx
from dokango.errors import InvalidInput, NotFound
from dokango.people.permissions import Permission
from dokango.settings import settings
from dokango.statements import columns
from dokango.statements.keeping import keep_statement
from dokango.statements.lines import Wallet, lines_of
from dokango.statements.waiting import keep, remember_choice, waiting_statement, wallet_of
from dokango.text import plain
from dokango_web.routes.callers import staff_of
from dokango_web.routes.uploads import take_upload
from state.kit.work import write

_LONGEST = 60


async def take_statement(request: Request) -> Response:
    """POST /upload/statements: a wallet's file, then to its preview."""
    try:
        upload = await take_upload(request, Permission.VERIFY_PAYMENT, kinds=("xlsx", "sheet"))
        method = plain(str((await request.form()).get("wallet", "")))[:_LONGEST]
        token = await anyio.to_thread.run_sync(lambda: keep(settings().data_dir, upload.name, method, upload.content))
    except InvalidInput as error:
        return _back(refused=str(error))
    return _back(file=token)


async def keep_lines(request: Request) -> Response:
    """POST /upload/statements/keep: the waiting file and its columns; each line is kept once."""
    actor = await staff_of(request, Permission.BRING_EVIDENCE)
    form = await request.form(max_files=0)
    token, db, clock = str(form.get("file", "")), process.database(), process.clock()
    try:
        waiting = await anyio.to_thread.run_sync(lambda: waiting_statement(settings().data_dir, token))
        sheet = await anyio.to_thread.run_sync(waiting.sheet)
        choice = {heading: str(form.get(f"column-{at}", "")) for at, heading in enumerate(columns.asked(sheet))}
        columns.refuse_unfit(sheet, choice)

        def known(tx: Tx) -> Wallet:
            remember_choice(tx, sheet, choice, actor, clock.now_us())
            return wallet_of(tx, waiting.method)

        wallet = await write(known)
        lines = await anyio.to_thread.run_sync(lambda: lines_of(sheet, choice, wallet))
        outcome = await anyio.to_thread.run_sync(lambda: keep_statement(db, actor, clock, lines))
    except NotFound as error:
        return _back(refused=f"{error} Choose the file again.")
    except InvalidInput as error:
        return _back(file=token, refused=str(error))
    return _back(kept=outcome.words)


def _back(**query: str) -> Response:
    return RedirectResponse(f"/wallet?{urlencode(query)}", 303)


ROUTES = [
    Route("/upload/statements", take_statement, methods=["POST"]),
    Route("/upload/statements/keep", keep_lines, methods=["POST"]),
]
