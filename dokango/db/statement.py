"""A Core statement, compiled once a dialect and then run on the driver's own cursor.

SQLAlchemy writes the SQL for both databases; its per-execution work (a third of a millisecond an order's step) is left
out, because our columns are only integers and text, which both drivers take and give as they are.

Rows have a type. Beside its SELECT stands a NamedTuple whose fields are the columns, in their order:

    class Held(NamedTuple):
        number: str
        courier: str | None

    _HELD = typed(Held, select(_O.c.number, _S.c.courier).select_from(…))

    for row in tx.rows(_HELD):      # list[Held]: mypy knows row.number and refuses row.nubmer
    tx.one(_HELD)                   # Held | None

A column that the type does not name, or names elsewhere, is a TypeError at import. Where a statement is put together at
run time, wrap it there: `tx.rows(typed(Held, wanted.limit(26)))`. The rows of a plain
`Statement(select(…))` mypy lets nobody read by name.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Generic, NamedTuple, TypeAlias, Union, get_args, get_origin, get_type_hints

from sqlalchemy import BindParameter, Delete, Insert, Select, Update
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.selectable import CompoundSelect
from sqlalchemy.sql.visitors import cloned_traverse, iterate
from typing_extensions import TypeVar

DIALECTS = {"sqlite": SQLiteDialect_pysqlite(), "postgresql": PGDialect_psycopg()}  # type: ignore[no-untyped-call]

Bare: TypeAlias = tuple[object, ...]  # a row whose statement has no type: nothing is known of its columns
Row_co = TypeVar("Row_co", covariant=True, default=Bare)
TypedRow = TypeVar("TypedRow", bound=NamedTuple)


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


class Statement(Generic[Row_co]):
    """Wrap a Core construct once, at module level; run it with `tx.rows`, `tx.one`, `tx.value`, `tx.run`.

    Its rows are named tuples of which mypy knows nothing; `typed` gives them a type. Inserts without values take the
    names of `columns`, each to be given at execution.
    """

    def __init__(self, clause: ClauseElement, columns: Sequence[str] | None = None) -> None:
        self._clause = clause
        self._columns = list(columns) if columns is not None else None
        self._compiled: dict[str, Compiled] = {}
        names = [_name_of(column, i) for i, column in enumerate(_result_columns(clause))]
        self.row: Callable[[Any], Row_co] = _row_maker(names) if names else _bare

    def compiled(self, dialect: str) -> Compiled:
        """The statement in `dialect`'s words ("sqlite" or "postgresql")."""
        found = self._compiled.get(dialect)
        if found is None:
            found = self._compiled[dialect] = compile_for(self._clause, dialect, self._columns)
        return found


class _Typed(Statement[TypedRow]):
    def __init__(self, row_type: type[TypedRow], clause: ClauseElement) -> None:
        self._clause, self._columns = clause, None
        self._compiled = {}
        self.row = row_type._make


def typed(row_type: type[TypedRow], clause: ClauseElement) -> Statement[TypedRow]:
    """`clause` with rows of `row_type`, a NamedTuple with a field for each column, of the same name and place.

    Raises TypeError where they part: another name, another place, an int declared for text or text for an int. Whether
    a column may be NULL the type says itself (`str | None`); nothing is checked row by row.
    """
    columns = _result_columns(clause)
    names = tuple(_name_of(column, i) for i, column in enumerate(columns))
    if names != row_type._fields:
        raise TypeError(
            f"{row_type.__qualname__} has the fields {row_type._fields}, its statement the columns {names}."
        )
    for name, declared, column in zip(names, _declared(row_type), columns, strict=True):
        if {declared, _stored(column)} == {int, str}:
            raise TypeError(
                f"{row_type.__qualname__}.{name} is declared {declared}; the column holds {_stored(column)}."
            )
    return _Typed(row_type, clause)


@cache
def _declared(row_type: type[NamedTuple]) -> tuple[Any, ...]:
    """The types of the fields, without their None."""
    return tuple(map(_without_none, get_type_hints(row_type).values()))


def _without_none(hint: Any) -> Any:
    if get_origin(hint) not in (Union, UnionType):
        return hint
    others = [arg for arg in get_args(hint) if arg is not NoneType]
    return others[0] if len(others) == 1 else hint


def _stored(column: Any) -> Any:
    try:
        return column.type.python_type
    except (AttributeError, NotImplementedError):
        return None


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


def _result_columns(clause: ClauseElement) -> list[Any]:
    if isinstance(clause, Select | CompoundSelect):
        return list(clause.selected_columns)
    if isinstance(clause, Insert | Update | Delete):
        return list(clause._returning)
    return []


def _name_of(column: Any, place: int) -> str:
    return str(getattr(column, "key", None) or f"c{place}")


def _row_maker(names: list[str]) -> Callable[[Any], Any]:
    row_type: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]
    make: Callable[[Any], Any] = row_type._make
    return make


def _bare(values: Any) -> Any:
    return tuple(values)
