"""A copy of the tree to try additions in: registering in the test is not enough where a name must stand in a file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.etree import ElementTree as Xml

from tests.to_add.rows import Addition, Row

ROOT = Path(__file__).resolve().parents[2]
ADDED = Path(__file__).parent / "gifts"
COPIED = ("dokango", "dokango_web", "components", "state", "tests", "assets")
FILES = ("README.md", "pyproject.toml", "rxconfig.py")


def copy_of_the_tree(at: Path) -> None:
    """Everything that the tests of the core, of states and of the API need; no built pages, no data."""
    for name in COPIED:
        shutil.copytree(ROOT / name, at / name, ignore=shutil.ignore_patterns("__pycache__", "gifts", ".web"))
    for name in FILES:
        shutil.copy(ROOT / name, at / name)


def add(at: Path, additions: Iterable[Addition]) -> None:
    """Do in the copy at `at` what each of `additions` says, and put the proofs beside the tests."""
    head = max(path.name[:4] for path in (at / "dokango/migrations/versions").glob("[0-9]*.py"))
    for addition in additions:
        for file in addition.files:
            text = (ADDED / file).read_text().replace("‹head›", head)
            (at / file).write_text(text)
        for row in addition.rows:
            _add_row(at / row.path, row)
    shutil.copytree(ADDED / "tests", at / "tests", dirs_exist_ok=True)


def _add_row(path: Path, row: Row) -> None:
    text = path.read_text()
    assert text.count(row.after) == 1, f"{row.path} has {row.after!r} {text.count(row.after)} times: mend rows.py"
    path.write_text(text.replace(row.after, row.after + row.new))


def outcomes(at: Path, tests: Iterable[str]) -> Mapping[str, str]:
    """Run `tests` in the copy; "" under the name of each that passed, else what it said."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "DOKANGO_DATA_DIR": str(at / ".data")}
    report = at / "report.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *tests]
    run = subprocess.run(command, cwd=at, env=environment, capture_output=True, text=True, timeout=300)
    assert report.exists(), run.stdout + run.stderr
    cases = Xml.parse(report).iter("testcase")  # noqa: S314  written by the run above
    return {case.get("name", "").partition("[")[0]: _failure(case) for case in cases}


def _failure(case: Xml.Element) -> str:
    return "\n".join(part.text or "failed" for part in case if part.tag in ("failure", "error", "skipped"))
