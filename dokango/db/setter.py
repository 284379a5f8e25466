"""An UPDATE of whichever columns are given, compiled once for each set of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam, update

from dokango.db.statement import Statement
from dokango.db.tx import Tx


class Setter:
    """Set columns of the rows of `table` that `where` names; `where` takes its parameters as `row_…` binds."""

    def __init__(self, table: Table, where: ColumnElement[bool]) -> None:
        self._table, self._where = table, where
        self._statements: dict[frozenset[str], Statement] = {}

    def run(self, tx: Tx, values: Mapping[str, Any], **where: Any) -> int:
        """Write `values`; the number of rows touched."""
        names = frozenset(values)
        statement = self._statements.get(names)
        if statement is None:
            new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
            statement = self._statements[names] = Statement(update(self._table).where(self._where).values(new))
        return tx.run(statement, **where, **{f"new_{name}": value for name, value in values.items()})
