"""The only two kinds of columns: 64-bit integers and text.

Flags are 0 or 1, instants are microseconds, documents are JSON text.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Integer, Table, Text
from sqlmodel import Field, SQLModel

BigInt = BigInteger().with_variant(Integer(), "sqlite")


def row_id() -> Any:
    """The surrogate key, given by the database."""
    return Field(default=None, primary_key=True, sa_type=BigInt)


def whole(default: Any = ..., **options: Any) -> Any:
    """A 64-bit integer."""
    return Field(default=default, sa_type=BigInt, **options)


def text(default: Any = ..., **options: Any) -> Any:
    """Text of any length."""
    return Field(default=default, sa_type=Text, **options)


def strict(*constraints: Any) -> tuple[Any, ...]:
    """Table arguments: the constraints, and STRICT typing where the database has it (SQLite)."""
    return (*constraints, {"sqlite_strict": True})


def check(rule: str, name: str) -> CheckConstraint:
    """A CHECK with a name, so that both databases and the migrations speak of it alike."""
    return CheckConstraint(rule, name=name)


def flag(column: str, table: str) -> CheckConstraint:
    """`column` is 0 or 1."""
    return check(f"{column} IN (0, 1)", f"{table}_{column}_flag")


def table_of(model: type[SQLModel]) -> Table:
    """The table of `model`, for statements: SQLModel keeps it where types do not see it."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table
