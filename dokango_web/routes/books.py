"""The books and reports as files: `/export/<name>.csv` and `.xlsx`, for whoever may see them on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dokango import process
from dokango.clock import day_of
from dokango.db import Tx
from dokango.errors import NotFound
from dokango.people.permissions import Permission
from dokango.reports import books_sheets as sheets
from dokango.reports.periods import Period, parse_day, period
from dokango.reports.spreadsheet import Sheet, as_csv, as_xlsx
from dokango_web.routes.callers import staff_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS: dict[str, tuple[Callable[[Sheet], bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, _XLSX),
}
_Make = Callable[[Tx, Period, Mapping[str, str]], Sheet]


def _journal(tx: Tx, span: Period, asked: Mapping[str, str]) -> Sheet:
    return sheets.journal_sheet(tx, span, asked.get("order", "").lstrip("#") or None, asked.get("account") or None)


_SHEETS: dict[str, tuple[Permission, _Make]] = {
    "trial-balance": (Permission.SEE_BOOKS, lambda tx, span, asked: sheets.trial_balance_sheet(tx, span.last)),
    "balance-sheet": (Permission.SEE_BOOKS, lambda tx, span, asked: sheets.balance_sheet_sheet(tx, span.last)),
    "profit-and-loss": (Permission.SEE_BOOKS, lambda tx, span, asked: sheets.profit_and_loss_sheet(tx, span)),
    "journal": (Permission.SEE_BOOKS, _journal),
    "profit": (Permission.SEE_PROFIT, lambda tx, span, asked: sheets.profit_sheet(tx, span, asked.get("by", "day"))),
    "inventory": (Permission.SEE_COST, lambda tx, span, asked: sheets.inventory_sheet(tx, None)),
}


async def export(request: Request) -> Response:
    """One sheet; `from`, `to` are Dhaka days (default: this month until today), `by` is day or month.

    The journal takes `order` and `account` too.
    """
    name, kind = request.path_params["name"], request.path_params["kind"]
    if name not in _SHEETS or kind not in _KINDS:
        raise NotFound("sheet", f"{name}.{kind}"[:80])
    permission, make = _SHEETS[name]
    await staff_of(request, permission)
    span, asked = _span(request), request.query_params
    write, media_type = _KINDS[kind]
    content = await anyio.to_thread.run_sync(lambda: process.database().read(lambda tx: write(make(tx, span, asked))))
    headers = {
        "Content-Disposition": f'attachment; filename="{name}-{span.last}.{kind}"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=media_type, headers=headers)


def _span(request: Request) -> Period:
    today = day_of(process.clock().now_us())
    query = request.query_params
    last: date = parse_day(query["to"], "to") if query.get("to") else today
    first = parse_day(query["from"], "from") if query.get("from") else last.replace(day=1)
    return period(first, last)


ROUTES = [Route("/export/{name}.{kind}", export)]
