"""A customer's credit with the shop, by phone: kept from what came too much, spent on the next order, paid out.

Guarded: two orders that spend one credit at once are two updates of one row, and the second finds what is left.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, insert, select, update

from dokango.customers.record import move_credit
from dokango.customers.rows import known
from dokango.db import Statement, Tx, Upsert, table_of, typed
from dokango.ledger.entries import Happening
from dokango.payments.models import Credit, CreditEntry
from dokango.payments.refusals import CreditSpent

KEPT, FROM_REFUND, SPENT, PAID_OUT = "kept", "from_refund", "spent", "paid_out"
_C, _E = table_of(Credit), table_of(CreditEntry)
_BALANCE = Statement(select(_C.c.balance_poisha).where(_C.c.phone == bindparam("phone")))
_ADD = Upsert(
    _C,
    {"phone": bindparam("who"), "balance_poisha": bindparam("amount")},
    unique=["phone"],
    change={"balance_poisha": _C.c.balance_poisha + bindparam("amount")},
)
_TAKE = Statement(
    update(_C)
    .where(_C.c.phone == bindparam("who"), _C.c.balance_poisha >= bindparam("amount"))
    .values(balance_poisha=_C.c.balance_poisha - bindparam("amount"))
)
_ENTRY = Statement(
    insert(_E),
    columns=["phone", "event_id", "order_id", "kind", "amount_poisha", "method", "trx_id", "happened_at", "by"],
)


class EntryRow(NamedTuple):
    """Credit that came (above 0) or went (below 0)."""

    id: int
    phone: str
    order_id: int | None
    kind: str
    amount_poisha: int
    method: str
    trx_id: str
    happened_at: int
    by: str


ENTRY_COLUMNS = tuple(_E.c[name] for name in EntryRow._fields)
_OF_PHONE = typed(EntryRow, select(*ENTRY_COLUMNS).where(_E.c.phone == bindparam("phone")).order_by(_E.c.id))
_NEWEST = typed(
    EntryRow,
    select(*ENTRY_COLUMNS).where(_E.c.phone == bindparam("phone")).order_by(_E.c.id.desc()).limit(bindparam("most")),
)
_OF_ORDER = typed(EntryRow, select(*ENTRY_COLUMNS).where(_E.c.order_id == bindparam("order_id")).order_by(_E.c.id))


def credit_of(tx: Tx, phone: str) -> int:
    """What of a customer's money waits for their next order, in poisha; `phone` as it is kept."""
    return int(tx.value(_BALANCE, phone=phone) or 0)


def entries_of(tx: Tx, phone: str) -> list[EntryRow]:
    """How a customer's credit came about, the oldest first."""
    return tx.rows(_OF_PHONE, phone=phone)


def newest_of(tx: Tx, phone: str, most: int) -> list[EntryRow]:
    """The same, the newest first, at most so many."""
    return tx.rows(_NEWEST, phone=phone, most=most)


def entries_of_order(tx: Tx, order_id: int) -> list[EntryRow]:
    """What of a customer's credit one order used, or made."""
    return tx.rows(_OF_ORDER, order_id=order_id)


class Source(NamedTuple):
    """Where credit came from, or went: a kind of entry, by whom, of which TrxID."""

    kind: str
    by: str
    method: str = ""
    trx_id: str = ""


def add_credit(tx: Tx, happening: Happening, phone: str, amount_poisha: int, source: Source) -> None:
    """Keep `amount_poisha` more for `phone`."""
    tx.run(_ADD, who=phone, amount=amount_poisha)
    known(tx, phone, happening.written_at)
    move_credit(tx, phone, amount_poisha)
    note(tx, happening, phone, amount_poisha, source)


def take_credit(tx: Tx, happening: Happening, phone: str, amount_poisha: int, source: Source) -> None:
    """Take `amount_poisha` of the credit of `phone`. Raises CreditSpent when it has less (by now)."""
    spend(tx, phone, amount_poisha)
    note(tx, happening, phone, -amount_poisha, source)


def spend(tx: Tx, phone: str, amount_poisha: int) -> None:
    """Make the credit of `phone` so much less, before the entry that says why is noted. Raises CreditSpent."""
    if not tx.run(_TAKE, who=phone, amount=amount_poisha):
        raise CreditSpent(amount_poisha, credit_of(tx, phone))
    move_credit(tx, phone, -amount_poisha)


def note(tx: Tx, happening: Happening, phone: str, amount_poisha: int, source: Source) -> None:
    """Write down why the credit of `phone` is so much more, or (below 0) less."""
    tx.run(
        _ENTRY, phone=phone, event_id=happening.event_id, order_id=happening.order_id, kind=source.kind,
        amount_poisha=amount_poisha, method=source.method, trx_id=source.trx_id, happened_at=happening.happened_at,
        by=source.by,
    )  # fmt: skip
