"""What was brought from the wallets as lists: money to book, claimed by nobody, booked, no income, not understood."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, Text, cast, func, literal, or_, select

from dokango.audit import Event
from dokango.db import Statement, Tx, table_of
from dokango.paging import Page, Paged
from dokango.payments.evidence import COLUMNS, EvidenceRow
from dokango.payments.messages import INCOME, NOT_INCOME, NOT_UNDERSTOOD
from dokango.payments.models import Claim, CreditEntry, GivenBack, Payment, WalletEvidence
from dokango.payments.money_out import BOOKED_KINDS
from dokango.payments.parts import used_of
from dokango.payments.turns import STANDS

WAITING, NOBODYS, BOOKED, OUT = "waiting", "nobodys", "booked", "out"
TABS = {
    WAITING: "To book",
    NOBODYS: "Matches no order",
    BOOKED: "Booked",
    OUT: "Money out",
    NOT_UNDERSTOOD: "Not understood",
    NOT_INCOME: "No income",
}
_V = table_of(Event)
_C, _E, _P = table_of(Claim), table_of(WalletEvidence), table_of(Payment)
_PARTS = [table_of(part) for part in (Payment, CreditEntry, GivenBack)]


def _of_line(table: Table, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    of_it = select(table.c.method).where(table.c.method == _E.c.method, table.c.trx_id == _E.c.trx_id, *conditions)
    return of_it.exists()


# Most lines have no part at all, or one payment that took them whole: sums are looked up for shared ones alone.
_SHARED_OUT = sum((used_of(part) for part in _PARTS[1:]), used_of(_PARTS[0])) >= _E.c.amount_poisha
_BOOKED = (_of_line(_P, STANDS), *(_of_line(part) for part in _PARTS[1:]))
_PAID = or_(*_BOOKED) & or_(_of_line(_P, _P.c.part == 0, STANDS), _SHARED_OUT)
_CLAIMED = select(_C.c.id).where(_C.c.trx_id == _E.c.trx_id, _C.c.state == "waiting").exists()
_OUT_BOOKED = select(_V.c.id).where(_V.c.key == literal("wallet_out/") + cast(_E.c.id, Text)).exists()
_CONDITIONS = {
    WAITING: (_E.c.reading == INCOME, ~_PAID),
    NOBODYS: (_E.c.reading == INCOME, ~_PAID, ~_CLAIMED),
    BOOKED: (_E.c.reading == INCOME, _PAID),
    OUT: (_E.c.reading == NOT_INCOME, _E.c.kind.in_(BOOKED_KINDS), _E.c.amount_poisha < 0, ~_OUT_BOOKED),
    NOT_UNDERSTOOD: (_E.c.reading == NOT_UNDERSTOOD,),
    NOT_INCOME: (_E.c.reading == NOT_INCOME,),
}
_LISTS = {
    tab: Paged(EvidenceRow, select(*COLUMNS).where(*asked), by=(_E.c.id,), descending=True)
    for tab, asked in _CONDITIONS.items()
}
MOST_COUNTED = 999
_COUNT = Statement(
    select(func.count()).select_from(select(_E.c.id).where(*_CONDITIONS[WAITING]).limit(MOST_COUNTED).subquery())
)


def page(tx: Tx, tab: str, cursor: str = "") -> Page[EvidenceRow]:
    """A page of one of TABS, newest first; raises NotOurCursor."""
    return _LISTS[tab].page(tx, cursor)


def waiting(tx: Tx) -> int:
    """How many payments of the wallets are booked on no order; counting stops after MOST_COUNTED."""
    return int(tx.value(_COUNT))
