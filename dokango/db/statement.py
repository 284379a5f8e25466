"""A Core statement, compiled once a dialect and then run on the driver's own cursor.

SQLAlchemy writes the SQL for both databases; its per-execution work (a third of a millisecond an order's step) is left
out, because our columns are only integers and text, which both drivers take and give as they are.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Delete, Insert, Select, Update
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.selectable import CompoundSelect
from sqlalchemy.sql.visitors import cloned_traverse, iterate

DIALECTS = {"sqlite": SQLiteDialect_pysqlite(), "postgresql": PGDialect_psycopg()}  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Compiled:
    """The SQL of one dialect, the names its parameters come in, and the values that stand in the statement itself."""

    sql: str
    names: tuple[str, ...] | None
    constants: Mapping[str, Any]

    def bind(self, params: Mapping[str, Any]) -> Sequence[Any] | Mapping[str, Any]:
        """The parameters as the driver wants them; a name that is missing raises KeyError."""
        values = {**self.constants, **params} if self.constants else params
        return values if self.names is None else [values[name] for name in self.names]


class Statement:
    """Wrap a Core construct once, at module level; run it with `tx.rows`, `tx.one`, `tx.value`, `tx.run`.

    Inserts without values take the names of `columns`, each to be given at execution.
    """

    def __init__(self, clause: ClauseElement, columns: Sequence[str] | None = None) -> None:
        self._clause = clause
        self._columns = list(columns) if columns is not None else None
        self._compiled: dict[str, Compiled] = {}
        names = _result_names(clause)
        self.row: Callable[[Any], Any] = _row_maker(names) if names else tuple

    def compiled(self, dialect: str) -> Compiled:
        """The statement in `dialect`'s words ("sqlite" or "postgresql")."""
        found = self._compiled.get(dialect)
        if found is None:
            found = self._compiled[dialect] = compile_for(self._clause, dialect, self._columns)
        return found


def compile_for(clause: ClauseElement, dialect: str, columns: list[str] | None) -> Compiled:
    """`clause` in `dialect`'s words; an insert without values takes `columns`."""
    awaited = {str(bind.key) for bind in iterate(clause) if isinstance(bind, BindParameter) and bind.required}
    # SQLAlchemy wants every value at once where it renders a list (IN) in place; ours come at execution.
    relaxed: Any = cloned_traverse(clause, {}, {"bindparam": _relax})
    compiled: Any = relaxed.compile(
        dialect=DIALECTS[dialect], column_keys=columns, compile_kwargs={"render_postcompile": True}
    )
    awaited |= {name for name, bind in compiled.binds.items() if bind.required}
    positions = getattr(compiled, "positiontup", None)
    constants = {name: value for name, value in compiled.params.items() if name not in awaited}
    return Compiled(str(compiled), tuple(positions) if positions is not None else None, constants)


def _relax(bind: BindParameter[Any]) -> None:
    bind.required = False


def _result_names(clause: ClauseElement) -> list[str]:
    if isinstance(clause, Select | CompoundSelect):
        return [column.key or f"c{i}" for i, column in enumerate(clause.selected_columns)]
    if isinstance(clause, Insert | Update | Delete) and clause._returning:
        return [str(getattr(column, "key", "")) for column in clause._returning]
    return []


def _row_maker(names: list[str]) -> Callable[[Any], Any]:
    row_type: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]
    make: Callable[[Any], Any] = row_type._make
    return make
