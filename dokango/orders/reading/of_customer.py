"""A customer's page: their record, what was written down of them, and a page of their orders, in one snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from sqlalchemy import BindParameter, bindparam, select

from dokango.customers.acts import NoteRow, labels_of, notes_of
from dokango.customers.rows import CustomerRow, asked, phones_of
from dokango.db import Tx
from dokango.orders.book.rows import ORDER
from dokango.paging import ROWS, Page, Paged
from dokango.payments.credits import EntryRow, newest_of
from dokango.people.actor import Actor
from dokango.people.permissions import Permission

MOST_NOTES = 50
MOST_CREDITS = 20


class CustomersOrder(NamedTuple):
    """An order in its customer's list."""

    id: int
    number: str
    status: str
    money: str
    phone: str
    district: str
    units: int
    total_poisha: int
    paid_poisha: int
    due_poisha: int
    refund_due_poisha: int
    placed_at: int


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """`phones`: all of their numbers, the one they are known by first. Notes and credit: the newest first, of which
    `MOST_NOTES` and `MOST_CREDITS`."""

    customer: CustomerRow
    phones: tuple[str, ...]
    labels: tuple[str, ...]
    notes: Page[NoteRow]
    credits: tuple[EntryRow, ...]
    orders: Page[CustomersOrder]


def customer_page(tx: Tx, actor: Actor, phone: str, cursor: str = "", size: int = ROWS) -> CustomerPage:
    """All of one customer by any of their numbers, empty for one that nobody ordered with.

    Raises NotAllowed, NotFound (no number), NotOurCursor.
    """
    actor.require(Permission.VIEW_CUSTOMERS)
    customer = asked(tx, phone)
    phones = phones_of(tx, customer.phone)
    moves = sorted((entry for one in phones for entry in newest_of(tx, one, MOST_CREDITS)), key=lambda e: -e.id)
    return CustomerPage(
        customer,
        tuple(phones),
        tuple(labels_of(tx, customer.id)),
        notes_of(tx, customer.id, size=MOST_NOTES),
        tuple(moves[:MOST_CREDITS]),
        orders_of(tx, phones, cursor, size),
    )


def orders_of(tx: Tx, phones: list[str], cursor: str = "", size: int = ROWS) -> Page[CustomersOrder]:
    """A page of the orders of these numbers, the newest first; found by the index of phones."""
    named = {f"phone_{i}": phone for i, phone in enumerate(phones)}
    return _orders(len(phones)).page(tx, cursor, size, **named)


@cache
def _orders(count: int) -> Paged[CustomersOrder]:
    phones: list[BindParameter[str]] = [bindparam(f"phone_{i}") for i in range(count)]
    columns = (ORDER.c[name] for name in CustomersOrder._fields)
    where = ORDER.c.phone == phones[0] if count == 1 else ORDER.c.phone.in_(phones)
    return Paged(CustomersOrder, select(*columns).where(where), by=(ORDER.c.id,), descending=True)
