"""One open transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, overload

from sqlalchemy.sql import ClauseElement

from dokango.db.announcement import Announcement
from dokango.db.statement import Bare, Statement

Row = TypeVar("Row")


class Tx:
    """What a command or a query works with between BEGIN and COMMIT; it never outlives its function."""

    def __init__(self, connection: Any, dialect: str) -> None:
        self.connection = connection
        self.dialect = dialect
        self.announcement = Announcement()
        self._cursor = connection.cursor()

    @overload
    def rows(self, statement: Statement[Row], **params: Any) -> list[Row]: ...
    @overload
    def rows(self, statement: ClauseElement, **params: Any) -> list[Bare]: ...
    def rows(self, statement: Statement[object] | ClauseElement, **params: Any) -> list[Any]:
        """All rows, as named tuples: of the statement's own type where it is `typed`."""
        wrapped = _wrapped(statement)
        return [wrapped.row(r) for r in self._execute(wrapped, params).fetchall()]

    @overload
    def one(self, statement: Statement[Row], **params: Any) -> Row | None: ...
    @overload
    def one(self, statement: ClauseElement, **params: Any) -> Bare | None: ...
    def one(self, statement: Statement[object] | ClauseElement, **params: Any) -> Any:
        """The first row, or None."""
        wrapped = _wrapped(statement)
        found = self._execute(wrapped, params).fetchone()
        return None if found is None else wrapped.row(found)

    @overload
    def only(self, statement: Statement[Row], **params: Any) -> Row: ...
    @overload
    def only(self, statement: ClauseElement, **params: Any) -> Bare: ...
    def only(self, statement: Statement[object] | ClauseElement, **params: Any) -> Any:
        """The first row of what always has one (sums, counts, a row read before); raises LookupError without one."""
        wrapped = _wrapped(statement)
        found = self._execute(wrapped, params).fetchone()
        if found is None:
            raise LookupError("A statement that always has a row gave none.")
        return wrapped.row(found)

    def value(self, statement: Statement[object] | ClauseElement, **params: Any) -> Any:
        """The first column of the first row, or None."""
        found = self._execute(_wrapped(statement), params).fetchone()
        return None if found is None else found[0]

    def run(self, statement: Statement[object] | ClauseElement, **params: Any) -> int:
        """Execute for its effect; the number of rows it touched."""
        return int(self._execute(_wrapped(statement), params).rowcount)

    def insert_many(self, statement: Statement[object], rows: Iterable[Mapping[str, Any]]) -> None:
        """The same insert for each of `rows`, in one round trip where the driver can."""
        compiled = statement.compiled(self.dialect)
        bound = [compiled.bind(row) for row in rows]
        if bound:
            self._cursor.executemany(compiled.sql, bound)

    def script(self, sql: str) -> None:
        """Plain SQL without parameters, for BEGIN, SAVEPOINT and their kin."""
        self._cursor.execute(sql)

    def changed(self, *topics: str) -> None:
        """Say, once committed, to everyone who watches `topics` that they are out of date."""
        self.announcement.topics.update(topics)

    def recorded(self, event_id: int) -> None:
        """Name an event of the audit trail that this transaction writes: its commit announces it."""
        self.announcement.events.add(event_id)

    def close(self) -> None:
        """Give the cursor back."""
        self._cursor.close()

    def _execute(self, statement: Statement[object], params: Mapping[str, Any]) -> Any:
        compiled = statement.compiled(self.dialect)
        self._cursor.execute(compiled.sql, compiled.bind(params))
        return self._cursor


def _wrapped(statement: Statement[object] | ClauseElement) -> Statement[object]:
    return statement if isinstance(statement, Statement) else Statement(statement)
