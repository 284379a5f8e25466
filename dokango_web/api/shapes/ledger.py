"""The books: balances, and the journal."""

from __future__ import annotations

from dokango_web.api.shapes.base import Shape


class AccountShape(Shape):
    """One account; balance is debit less credit."""

    account: str
    debit_poisha: int
    credit_poisha: int
    balance_poisha: int


class TrialBalanceShape(Shape):
    """All accounts at a time."""

    accounts: list[AccountShape]


class PostingShape(Shape):
    """An amount from the credit to the debit account."""

    debit: str
    credit: str
    amount_poisha: int


class EntryShape(Shape):
    """What one happening wrote into the books; `order` is null where it concerns none."""

    key: str
    order: str | None
    action: str
    happened_at: str
    written_at: str
    postings: list[PostingShape]


class EntriesShape(Shape):
    """The journal, oldest first; `next_cursor` leads on, null at the end."""

    entries: list[EntryShape]
    next_cursor: str | None
