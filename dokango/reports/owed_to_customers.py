"""What is owed to customers, and since when? Refunds that are due, and credit that waits for their next order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select

from dokango.audit import Event
from dokango.clock import US_PER_DAY
from dokango.db import Tx, table_of, typed
from dokango.ledger import accounts
from dokango.ledger.balances import Balance
from dokango.money import taka
from dokango.orders.book.models import Order
from dokango.payments.credits import ENTRY_COLUMNS, EntryRow
from dokango.payments.models import Credit
from dokango.reports.kit.places import Line, Told, account_url, counted
from dokango.reports.kit.snapshot import Snapshot, balances

REFUND, CREDIT = "refund_due", "credit"
AGES = ((3, "up to 3 days"), (7, "4 to 7 days"), (30, "8 to 30 days"), (10**6, "over 30 days"))
_WORDS = {REFUND: "Refunds due", CREDIT: "Credit"}
_ACCOUNTS = {REFUND: accounts.PAYABLE_REFUNDS, CREDIT: accounts.PAYABLE_CREDITS}
_O, _E, _C = table_of(Order), table_of(Event), table_of(Credit)


class _Due(NamedTuple):
    number: str
    phone: str
    refund_due_poisha: int
    since: int


_REFUNDS = typed(
    _Due,
    select(_O.c.number, _O.c.phone, _O.c.refund_due_poisha, func.max(_E.c.happened_at).label("since"))
    .join(_E, _E.c.order_id == _O.c.id)
    .where(_O.c.money == "refund_due", _E.c.action.notin_(("note", "mark", "refund", "keep_as_credit")))
    .group_by(_O.c.id, _O.c.number, _O.c.phone, _O.c.refund_due_poisha)
    .order_by(_O.c.id),
)
_CREDITS = typed(
    EntryRow,
    select(*ENTRY_COLUMNS)
    .where(ENTRY_COLUMNS[1].in_(select(_C.c.phone).where(_C.c.balance_poisha > 0)))
    .order_by(ENTRY_COLUMNS[1], ENTRY_COLUMNS[0]),
)


@dataclass(frozen=True, slots=True)
class Owed:
    """So much that one customer is owed, of one kind; `order` is "" for credit."""

    kind: str
    phone: str
    order: str
    amount_poisha: int
    since_us: int

    def days(self, now_us: int) -> int:
        """How long it is owed."""
        return max(0, now_us - self.since_us) // US_PER_DAY


@dataclass(frozen=True, slots=True)
class Band:
    """What is owed of one kind in one band of age."""

    kind: str
    band: str
    amount_poisha: int
    customers: int


def owed(tx: Tx) -> tuple[Owed, ...]:
    """All that customers are owed, the longest first. Credit is as old as the oldest of it that was not used."""
    refunds = [Owed(REFUND, r.phone, r.number, r.refund_due_poisha, r.since) for r in tx.rows(_REFUNDS)]
    return tuple(sorted([*refunds, *_unused(tx.rows(_CREDITS))], key=lambda one: one.since_us))


def owed_in_books(found: Iterable[Balance]) -> int:
    """Of a trial balance, what is owed to customers."""
    return -sum(balance.balance_poisha for balance in found if balance.account in _ACCOUNTS.values())


def by_age(all_owed: Iterable[Owed], now_us: int) -> tuple[Band, ...]:
    """Summed by kind and band of AGES, youngest band first; bands that hold nothing are left out."""
    sums: dict[tuple[str, int], list[int]] = {}
    for one in all_owed:
        position = next(i for i, (most, _) in enumerate(AGES) if one.days(now_us) <= most)
        band = sums.setdefault((one.kind, position), [0, 0])
        band[0] += one.amount_poisha
        band[1] += 1
    kinds = list(_WORDS)
    ordered = sorted(sums.items(), key=lambda item: (kinds.index(item[0][0]), item[0][1]))
    return tuple(Band(kind, AGES[position][1], amount, count) for (kind, position), (amount, count) in ordered)


def _unused(entries: Iterable[EntryRow]) -> list[Owed]:
    """What is left of each entry that came, when what went takes the oldest first."""
    came: dict[str, list[list[int]]] = {}
    for entry in entries:
        parts = came.setdefault(entry.phone, [])
        if entry.amount_poisha > 0:
            parts.append([entry.amount_poisha, entry.happened_at])
            continue
        goes = -entry.amount_poisha
        for part in parts:
            used = min(goes, part[0])
            part[0], goes = part[0] - used, goes - used
    return [
        Owed(CREDIT, phone, "", amount, since) for phone, parts in came.items() for amount, since in parts if amount
    ]


def told(seen: Snapshot) -> Told:
    """The tile: what customers are owed, and how many of them."""
    phones = {one.phone for one in owed(seen.tx)}
    return Told(taka(owed_in_books(seen.the(balances))), "#owed", hint=counted(len(phones), "customer"))


def lines(seen: Snapshot) -> list[Line]:
    """The list: by kind and age; each opens the account behind it."""
    return [
        Line(
            f"{_WORDS[band.kind]}, {band.band}", taka(band.amount_poisha, exact=True),
            account_url(_ACCOUNTS[band.kind]), counted(band.customers, "time"),
        )
        for band in by_age(owed(seen.tx), seen.now_us)
    ]  # fmt: skip
