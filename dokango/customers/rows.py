"""A customer's row: made when they are first heard of, and found by any of their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from sqlalchemy import Select, bindparam, func, select

from dokango.customers.models import CustomerWord
from dokango.customers.record import ALIAS, CUSTOMER, of_phone
from dokango.db import Tx, Upsert, table_of, typed
from dokango.errors import InvalidInput, NotFound
from dokango.people.phones import normalise_phone
from dokango.words import words_of

Columns = TypeVar("Columns")

WORD = table_of(CustomerWord)


class CustomerRow(NamedTuple):
    """A customer with what all their orders come to, in counts and poisha."""

    id: int
    phone: str
    name: str
    email: str
    created_at: int
    last_at: int
    orders: int
    open_orders: int
    delivered: int
    undelivered: int
    returned: int
    cancelled: int
    ordered_poisha: int
    paid_poisha: int
    refunded_poisha: int
    due_poisha: int
    refund_due_poisha: int
    credit_poisha: int
    blocked_at: int | None
    blocked_by: str
    blocked_reason: str

    @property
    def ended(self) -> int:
        """Parcels that went out and came to an end."""
        return self.delivered + self.undelivered + self.returned

    @property
    def came_back(self) -> int:
        """How many of them came back, or never arrived."""
        return self.undelivered + self.returned

    @property
    def back_per_cent(self) -> int | None:
        """How many of a hundred came back; None before any has ended."""
        return round(100 * self.came_back / self.ended) if self.ended else None


_NOBODY = CustomerRow(0, "", "", "", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, None, "", "")
_SHOWN = 30  # of what is no number
COLUMNS = tuple(CUSTOMER.c[name] for name in CustomerRow._fields)
_KNOWN = Upsert(
    CUSTOMER,
    {
        **{name: bindparam(name) for name in ("phone", "name", "email", "created_at", "last_at")},
        **{
            name: 0
            for name in CustomerRow._fields
            if name not in ("id", "phone", "name", "email", "created_at", "last_at") and "blocked" not in name
        },
        "blocked_by": "",
        "blocked_reason": "",
    },
    unique=["phone"],
    change={
        "name": func.coalesce(func.nullif(bindparam("name"), ""), CUSTOMER.c.name),
        "last_at": bindparam("last_at"),
    },
    returning="id",
)
_WORD = Upsert(WORD, ["word", "customer_id"], unique=["word", "customer_id"])
_BY_PHONE = typed(CustomerRow, select(*COLUMNS).where(of_phone))


class _Alias(NamedTuple):
    phone: str


_ALIASES = typed(_Alias, select(ALIAS.c.phone).where(ALIAS.c.main_phone == bindparam("main")).order_by(ALIAS.c.phone))


def known(tx: Tx, phone: str, now_us: int, *, name: str = "", email: str = "") -> int:
    """The row of who has `phone`, made or brought up to date (a name stays where none is given); its id."""
    customer_id = int(tx.value(_KNOWN, phone=phone, name=name, email=email, created_at=now_us, last_at=now_us))
    find_by(tx, customer_id, words_of(name))
    return customer_id


def find_by(tx: Tx, customer_id: int, words: Iterable[str]) -> None:
    """Let a customer be found by `words` too, folded."""
    for word in dict.fromkeys(words):
        tx.run(_WORD, word=word, customer_id=customer_id)


def by_phone(tx: Tx, phone: str) -> CustomerRow | None:
    """Whose record `phone` (as it is kept) leads to, or None for a number that nobody ordered with."""
    return tx.one(_BY_PHONE, who=phone)


def asked(tx: Tx, phone: str) -> CustomerRow:
    """The same by a number as people write it; for one that nobody ordered with, an empty record.

    Raises NotFound for what is no number.
    """
    try:
        kept = normalise_phone(phone)
    except InvalidInput:
        raise NotFound("customer", phone[:_SHOWN]) from None
    return by_phone(tx, kept) or _NOBODY._replace(phone=kept)


def phones_of(tx: Tx, main_phone: str) -> list[str]:
    """All numbers of one customer, the one they are known by first."""
    return [main_phone, *(alias.phone for alias in tx.rows(_ALIASES, main=main_phone))]


def listed(query: Select[Columns]) -> Select[Columns]:
    """`query` over customers without those that are known by another number."""
    return query.where(~select(ALIAS.c.phone).where(ALIAS.c.phone == CUSTOMER.c.phone).exists())
