"""The books and reports as files: `/export/<name>.csv` and `.xlsx`, for whoever may see them on the page."""

from __future__ import annotations

from datetime import date

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dokango import process
from dokango.clock import day_of
from dokango.errors import NotFound
from dokango.reports.books.bases import BOOKED, known_basis
from dokango.reports.kit.periods import parse_day, period
from dokango.reports.kit.places import Asked, File
from dokango.reports.kit.spreadsheet import FILE_KINDS
from dokango.reports.register import standing
from dokango_web.routes.callers import staff_of


async def export(request: Request) -> Response:
    """One sheet; `from`, `to` are Dhaka days (default: this month until today), `by` is day or month.

    The journal takes `order` and `account` too.
    """
    name, kind = request.path_params["name"], request.path_params["kind"]
    file = next((file for file in standing(File) if file.key == name), None)
    if file is None or kind not in FILE_KINDS:
        raise NotFound("sheet", f"{name}.{kind}"[:80])
    await staff_of(request, file.wants)
    asked = _asked(request)
    write, media_type = FILE_KINDS[kind]
    content = await anyio.to_thread.run_sync(lambda: process.database().read(lambda tx: write(file.make(tx, asked))))
    headers = {
        "Content-Disposition": f'attachment; filename="{name}-{asked.span.last}.{kind}"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=media_type, headers=headers)


def _asked(request: Request) -> Asked:
    today = day_of(process.clock().now_us())
    query = request.query_params
    last: date = parse_day(query["to"], "to") if query.get("to") else today
    first = parse_day(query["from"], "from") if query.get("from") else last.replace(day=1)
    order, account = query.get("order", "").lstrip("#"), query.get("account", "")
    basis = known_basis(query.get("basis") or BOOKED)
    return Asked(period(first, last), query.get("by", "day"), order or None, account or None, basis)


ROUTES = [Route("/export/{name}.{kind}", export)]
