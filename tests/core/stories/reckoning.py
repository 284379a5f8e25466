"""The plain model: what books and shelf must say of an order, reckoned from what happened to it and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import bindparam, func, select

from dokango.catalogue.models import Variant
from dokango.db import Statement, Tx, table_of
from dokango.ledger.models import Posting
from dokango.stock.models import Movement
from tests.small_shop import SHELF

_P, _M, _V = table_of(Posting), table_of(Movement), table_of(Variant)
CUSTOMERS, REFUNDS, SALES, DELIVERY = "receivable:customers", "payable:refunds", "revenue:sales", "revenue:delivery"
STOCK, COST, LOSS, BANK, CHARGES = (
    "asset:inventory",
    "expense:cogs",
    "expense:write-off",
    "cash:bank",
    "expense:courier",
)
RETURNED, HOLDERS = "revenue:returns", ("receivable:courier:",)


@dataclass
class Reckoned:
    """One order: its lines (sku, units), its delivery charge, who carries it; then told what happens."""

    lines: dict[str, int]
    delivery: int
    courier: str
    books: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    shelf: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    sales: int = 0
    due: int = 0
    told: dict[str, int] = field(default_factory=dict)
    carrier: str = ""
    ships: int = 0
    took: int | None = None
    refund: int = 0
    collected_part: int | None = None
    is_paid_oddly: bool = False  # the courier paid out what it does not owe for this order: a person's matter

    def __post_init__(self) -> None:
        self.sales = sum(SHELF[sku][1] * units for sku, units in self.lines.items())

    @property
    def holder(self) -> str:
        return f"{HOLDERS[0]}{self.courier}"

    def said(self, books: Mapping[str, int]) -> dict[str, int]:
        """Those of `books` that the model speaks of, where they are not even."""
        silent = (*HOLDERS, BANK, CHARGES) if self.is_paid_oddly else ()
        return {account: poisha for account, poisha in books.items() if poisha and not account.startswith(silent)}

    def book(self, debit: str, credit: str, poisha: int) -> None:
        self.books[debit] += poisha
        self.books[credit] -= poisha

    def place(self) -> None:
        self.book(CUSTOMERS, SALES, self.sales)
        self.book(CUSTOMERS, DELIVERY, self.delivery)
        self.due = self.sales + self.delivery

    def verify_payment(self, poisha: int) -> None:
        self.book("cash:bkash", CUSTOMERS, poisha)
        self.due -= poisha

    def ship(self, carrier: str) -> None:
        """This one's rider is told to collect what is due."""
        self.told[carrier] = self.due
        self.ships += 1
        self.carrier = carrier

    def deliver(self) -> None:
        """All of it is sold; the rider took what they were told, and what of it was paid meanwhile is due back."""
        for sku, units in self.lines.items():
            self._leaves(sku, units, COST)
        self._take(self.told[self.carrier])

    def deliver_part(self, kept: dict[str, int], collected: int) -> None:
        """What was not kept is taken off what is owed, then off what was paid."""
        back = sum(SHELF[sku][1] * (units - kept[sku]) for sku, units in self.lines.items())
        owed_less = min(back, self.due)
        self.book(RETURNED, CUSTOMERS, owed_less)
        self.book(RETURNED, REFUNDS, back - owed_less)
        self.due -= owed_less
        self.refund += back - owed_less
        for sku, units in kept.items():
            self._leaves(sku, units, COST)
        self._take(collected)
        self.collected_part = collected

    def _take(self, collected: int) -> None:
        settled = min(self.due, collected)
        self.book(self.holder, CUSTOMERS, settled)
        self.book(self.holder, REFUNDS, collected - settled)
        self.due -= settled
        self.refund += collected - settled

    def come_back(self) -> None:
        """As if never placed; what was paid is due back."""
        self.book(SALES, CUSTOMERS, self.sales)
        self.book(DELIVERY, CUSTOMERS, self.delivery)
        self.book(CUSTOMERS, REFUNDS, self.sales + self.delivery - self.due)
        self.refund += self.sales + self.delivery - self.due
        self.due = 0

    def lose(self, lost: dict[str, int]) -> None:
        for sku, units in lost.items():
            self._leaves(sku, units, LOSS)

    def send_again(self) -> None:
        self.place()
        not_given_back = self.refund
        self.book(REFUNDS, CUSTOMERS, not_given_back)
        self.due -= not_given_back
        self.refund = 0

    def refund_paid(self, poisha: int) -> None:
        self.book(REFUNDS, "cash:bkash", poisha)
        self.refund -= poisha

    def pay_out(self, amount: int, charge: int) -> None:
        self.book(BANK, self.holder, amount)
        self.book(CHARGES, self.holder, charge)

    def _leaves(self, sku: str, units: int, account: str) -> None:
        self.shelf[sku] -= units
        self.book(account, STOCK, SHELF[sku][2] * units)


_BOOKS = Statement(
    select(_P.c.debit, _P.c.credit, func.sum(_P.c.amount_poisha).label("poisha"))
    .where(_P.c.order_id == bindparam("order_id"))
    .group_by(_P.c.debit, _P.c.credit)
)
_SHELF = Statement(
    select(_V.c.sku, func.sum(_M.c.on_hand_delta).label("units"), func.sum(_M.c.reserved_delta).label("reserved"))
    .select_from(_M.join(_V, _V.c.id == _M.c.variant_id))
    .where(_M.c.order_id == bindparam("order_id"))
    .group_by(_V.c.sku)
)


def books_of(tx: Tx, order_id: int) -> dict[str, int]:
    """Every account that the order's postings leave uneven, debit less credit."""
    found: dict[str, int] = defaultdict(int)
    for debit, credit, poisha in tx.rows(_BOOKS, order_id=order_id):
        found[debit] += int(poisha)
        found[credit] -= int(poisha)
    return {account: poisha for account, poisha in found.items() if poisha}


def shelf_of(tx: Tx, order_id: int) -> tuple[dict[str, int], int]:
    """What its movements took off the shelf by SKU, and how many units it still keeps reserved."""
    rows = tx.rows(_SHELF, order_id=order_id)
    return {row.sku: int(row.units) for row in rows if row.units}, sum(int(row.reserved) for row in rows)
