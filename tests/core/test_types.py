"""Rows and documents have types, so that mypy sees a misspelt column: nothing is of a type that takes any name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_overloads

import pytest

from dokango.db import Tx
from dokango.settings import ROOT

# The drivers' own values, and fields of a model whose type stands with the field; a migration reads what was once kept.
NOT_READ = ("dokango/db/", "dokango/migrations/")
MAY = {
    ("dokango/orders/acts/table.py", "AnyAct = Act[Any]"): "a row's functions take the form that the row names itself",
    ("dokango/orders/lifecycle/table.py", "decide: Callable[[Situation[OrderKind], Any], Decision]"):
        "a row's decision takes the command of its own action",
    ("dokango/paging.py", "query: Select[Any], by: Sequence[ColumnElement[Any]]"):
        "a SELECT of whichever columns; that they are the row's is looked at at import",
}  # fmt: skip


def is_left_out(path: Path) -> bool:
    """Whether a file is one of those that may take what comes."""
    return path.relative_to(ROOT).as_posix().startswith(NOT_READ)


def lines_of_any(path: Path) -> list[tuple[str, str]]:
    """The lines of a file that name the type, but for its import."""
    lines = path.read_text(encoding="utf-8").splitlines()
    name = path.relative_to(ROOT).as_posix()
    return [
        (name, line.strip()) for line in lines if re.search(r"\bAny\b", line) and "import" not in line.split("#")[0]
    ]


def test_nothing_in_the_shop_is_of_any_type_but_for_lines_with_a_reason() -> None:
    read = [path for path in (ROOT / "dokango").rglob("*.py") if not is_left_out(path)]
    assert len(read) > 300
    found = [line for path in sorted(read) for line in lines_of_any(path)]
    allowed = [key for key in MAY if any(file == key[0] and key[1] in line for file, line in found)]
    assert [f"{file}: {line}" for file, line in found if not any(file == at and may in line for at, may in MAY)] == []
    assert sorted(allowed) == sorted(MAY), "A line that was allowed has gone: take it out of MAY."


@pytest.mark.parametrize("read", [Tx.rows, Tx.one, Tx.only], ids=lambda read: read.__name__)
def test_a_row_without_a_type_cannot_be_read_by_name(read: object) -> None:
    answers = [overload.__annotations__["return"] for overload in get_overloads(read)]  # type: ignore[arg-type]
    assert len(answers) == 2 and not [answer for answer in answers if "Any" in answer]
