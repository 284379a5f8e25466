"""What one reads at once stays small: files under 300 lines, functions of at most 40."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from dokango.settings import ROOT

ROOMS = ("dokango", "state", "components", "dokango_web")
WRITTEN_ONCE = "dokango/migrations/"  # and never changed again
MOST_IN_A_FILE, MOST_IN_A_FUNCTION = 299, 40


def sources() -> Iterator[tuple[str, str]]:
    """Each file that people change, and its text."""
    for path in sorted(path for room in ROOMS for path in Path(ROOT, room).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(WRITTEN_ONCE):
            yield name, path.read_text(encoding="utf-8")


def test_no_file_is_longer_than_one_reads_at_once() -> None:
    lines = {name: text.count("\n") for name, text in sources()}
    assert len(lines) > 500
    assert {name: count for name, count in lines.items() if count > MOST_IN_A_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{name}:{node.lineno} {node.name}, {node.end_lineno - node.lineno + 1} lines"
        for name, text in sources()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > MOST_IN_A_FUNCTION
    ]
    assert long == []
