"""The books in words: rows as the books page shows them, amounts exact to the poisha."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dokango.audit import said_actor
from dokango.checks import CheckResult
from dokango.clock import said
from dokango.ledger.balances import Balance
from dokango.money import taka
from dokango.orders.lifecycle.faces import FACES
from dokango.reports.books.account_names import account_name
from dokango.reports.books.journal import Entry
from dokango.reports.books.statements import AccountLine

_MOST_PROBLEMS = 50


def _what(action: str) -> str:
    face = FACES.get(action)
    return face.in_books if face and face.in_books else action.replace("_", " ").capitalize()


Names = Mapping[str, str]  # how couriers without an API are written, by their name in the books


def exact(amount_poisha: int) -> str:
    """A column of the books: always two decimals."""
    return taka(amount_poisha, exact=True)


def unless_nothing(amount_poisha: int) -> str:
    """The same, and an empty cell for nothing: figures stand out where there are any."""
    return exact(amount_poisha) if amount_poisha else ""


def balance_in_words(
    balances: Sequence[Balance], url_of: Callable[[str], str], names: Names
) -> tuple[list[dict[str, str]], dict[str, str]]:
    """The trial balance: its rows, and the totals under them."""
    rows = [
        {
            "account": balance.account,
            "name": account_name(balance.account, names),
            "debit": unless_nothing(balance.debit_poisha),
            "credit": unless_nothing(balance.credit_poisha),
            "balance": unless_nothing(balance.balance_poisha),
            "url": url_of(balance.account),
        }
        for balance in balances
    ]
    sums = (
        sum(balance.debit_poisha for balance in balances),
        sum(balance.credit_poisha for balance in balances),
        sum(balance.balance_poisha for balance in balances),
    )
    return rows, dict(zip(("debit", "credit", "balance"), map(unless_nothing, sums), strict=True))


def statement_in_words(
    parts: Mapping[str, Sequence[AccountLine]], totals: tuple[int, int, int], url_of: Callable[[str], str], names: Names
) -> tuple[dict[str, list[dict[str, str]]], dict[str, str]]:
    """The two parts of a statement with their totals, and what is left."""
    shown = {
        part: [
            {
                "name": account_name(line.account, names),
                "amount": exact(line.amount_poisha),
                "url": url_of(line.account),
            }
            for line in lines
            if line.amount_poisha
        ]
        for part, lines in parts.items()
    }
    sums = (*parts, "profit")
    return shown, {name: exact(total) for name, total in zip(sums, totals, strict=True)}


def entry_in_words(entry: Entry, names: Names) -> dict[str, Any]:
    """One happening with its postings."""
    return {
        "key": entry.key,
        "what": _what(entry.action),
        "order": entry.order or "",
        "who": said_actor(entry.actor, entry.actor_kind),
        "note": entry.note,
        "when": said(entry.happened_at),
        "postings": [
            {
                "debit": account_name(posting.debit, names),
                "credit": account_name(posting.credit, names),
                "amount": exact(posting.amount_poisha),
            }
            for posting in entry.postings
        ],
    }


def check_in_words(result: CheckResult) -> dict[str, Any]:
    """One invariant: whether it holds, and the rows that break it."""
    return {
        "name": result.name.capitalize(),
        "sentence": result.sentence,
        "level": "good" if result.ok else "bad",
        "problems": list(result.problems[:_MOST_PROBLEMS]),
        "more": f"and {len(result.problems) - _MOST_PROBLEMS} more" if len(result.problems) > _MOST_PROBLEMS else "",
    }
