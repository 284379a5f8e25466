"""Every package that is imported is pinned, so that a fresh machine has it."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from dokango.settings import ROOT

OURS = {"dokango", "dokango_web", "components", "state", "tests", "benchmarks", "rxconfig"}


@pytest.mark.parametrize(
    ("folders", "files"),
    [
        (("dokango", "dokango_web", "components", "state"), ("requirements.txt",)),
        (("tests", "benchmarks"), ("requirements.txt", "requirements-dev.txt")),
    ],
)
def test_what_is_imported_is_pinned(folders: tuple[str, ...], files: tuple[str, ...]) -> None:
    pinned = {name for file in files for name in _pinned(ROOT / file)}
    distributions = packages_distributions()
    missing = {
        f"{name} (imported by {path.relative_to(ROOT)})"
        for folder in folders
        for path, name in _imports(ROOT / folder)
        if not any(_plain(d) in pinned or d.startswith("reflex") for d in distributions.get(name, [name]))
    }
    assert missing == set()


def _pinned(file: Path) -> Iterator[str]:
    for line in file.read_text().splitlines():
        if match := re.match(r"([A-Za-z0-9._-]+)(\[[a-z,]+\])?==", line):
            yield _plain(match[1])


def _imports(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in names:
                top = name.split(".")[0]
                if top not in sys.stdlib_module_names and top not in OURS:
                    yield path, top


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
