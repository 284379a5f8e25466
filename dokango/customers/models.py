"""Who buys, by phone, and what the shop wrote down about them."""

from __future__ import annotations

from sqlalchemy import Index, PrimaryKeyConstraint
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from dokango.db.columns import check, row_id, strict, text, whole

BACK = "undelivered + returned"
# What a list of customers may be narrowed to: its rows alone are in its index.
PREDICATES = {
    "blocked": "blocked_at IS NOT NULL",
    "owed": "refund_due_poisha > 0",
    "owing": "due_poisha > 0",
    "credit": "credit_poisha > 0",
    # at least two parcels came back, and at least a quarter of those that went out
    "returns": f"{BACK} >= 2 AND ({BACK}) * 4 >= delivered + {BACK}",
}


def _narrowed(name: str, where: str) -> Index:
    return Index(f"customer_{name}", "last_at", "id", sqlite_where=sql(where), postgresql_where=sql(where))


class Customer(SQLModel, table=True):
    """A buyer, known by a phone number of 11 digits, with what all their orders come to.

    The figures are moved by the transaction that moves an order, or credit; a check proves them. Those of a number that
    is the same person's as another stand with that other (`CustomerAlias`).
    """

    __table_args__ = strict(
        Index("customer_last", "last_at", "id"), *[_narrowed(name, where) for name, where in PREDICATES.items()]
    )

    id: int | None = row_id()
    phone: str = text(unique=True)
    name: str = text()
    email: str = text("")
    created_at: int = whole()
    last_at: int = whole(0)  # when they ordered last, or money was kept for them
    orders: int = whole(0)
    open_orders: int = whole(0)
    delivered: int = whole(0)
    undelivered: int = whole(0)  # parcels that did not reach them: refused, or lost on the way
    returned: int = whole(0)  # orders that were delivered and came back whole
    cancelled: int = whole(0)
    ordered_poisha: int = whole(0)  # totals of what is open or delivered
    paid_poisha: int = whole(0)
    refunded_poisha: int = whole(0)
    due_poisha: int = whole(0)
    refund_due_poisha: int = whole(0)
    credit_poisha: int = whole(0)
    blocked_at: int | None = whole(None)
    blocked_by: str = text("")
    blocked_reason: str = text("")


class CustomerWord(SQLModel, table=True):
    """A word by which customers are found: of the names they ordered under, and of their labels."""

    __tablename__ = "customer_word"
    __table_args__ = strict(
        PrimaryKeyConstraint("word", "customer_id", name="customer_word_pk"),
        Index("customer_word_customer", "customer_id", "word"),
    )

    word: str = text()
    customer_id: int = whole(foreign_key="customer.id")


class CustomerNote(SQLModel, table=True):
    """What somebody wrote down about a customer, or did to them. Only ever inserted."""

    __tablename__ = "customer_note"
    __table_args__ = strict(
        check("kind IN ('note', 'labels', 'block', 'unblock', 'consent', 'merge', 'separate')", "customer_note_known"),
        Index("customer_note_customer", "customer_id", "id"),
    )

    id: int | None = row_id()
    customer_id: int = whole(foreign_key="customer.id")
    kind: str = text()
    words: str = text()
    by: str = text()
    written_at: int = whole()


class CustomerLabel(SQLModel, table=True):
    """A label that a customer has: wholesale, neighbour, press."""

    __tablename__ = "customer_label"
    __table_args__ = strict(PrimaryKeyConstraint("customer_id", "label", name="customer_label_pk"))

    customer_id: int = whole(foreign_key="customer.id")
    label: str = text()
    by: str = text()
    put_at: int = whole()


class CustomerAlias(SQLModel, table=True):
    """A number of somebody who is known by another: while this row stands, both lead to one page. No order changes."""

    __tablename__ = "customer_alias"
    __table_args__ = strict(Index("customer_alias_main", "main_phone"))

    phone: str = text(primary_key=True)
    main_phone: str = text()
    by: str = text()
    merged_at: int = whole()
