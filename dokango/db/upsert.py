"""INSERT … ON CONFLICT: written once here for both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import ClauseElement

from dokango.db.statement import Compiled, Statement, compile_for

# Their inserts share no base that knows ON CONFLICT.
_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Upsert(Statement):
    """Insert a row; where its `unique` columns are taken already, `change` that row, or leave it when nothing is given.

    `values` are the columns to be given at execution, or what each of them is. `returning` names the columns that come
    back: nothing does when the row was left as it is.
    """

    def __init__(
        self,
        target: Table,
        values: Mapping[str, Any] | Sequence[str],
        *,
        unique: Sequence[str] = (),
        change: Mapping[str, Any] | None = None,
        returning: str = "",
    ) -> None:
        given = values if isinstance(values, Mapping) else {name: bindparam(name) for name in values}
        self._clauses: dict[str, ClauseElement] = {}
        for dialect, insert in _INSERTS.items():
            put = insert(target).values(given)
            put = (
                put.on_conflict_do_update(index_elements=list(unique), set_=dict(change))
                if change
                else put.on_conflict_do_nothing(index_elements=list(unique) or None)
            )
            self._clauses[dialect] = put.returning(target.c[returning]) if returning else put
        super().__init__(self._clauses["sqlite"])

    def compiled(self, dialect: str) -> Compiled:
        """The statement in `dialect`'s words."""
        found = self._compiled.get(dialect)
        if found is None:
            found = self._compiled[dialect] = compile_for(self._clauses[dialect], dialect, None)
        return found
