"""`make mutants`: put each seeded bug into a copy of the tree, two at a time, and see that a test goes red."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

from dokango.settings import ROOT
from tests.mutants.bugs import BUGS, Bug

LEAST_CAUGHT = len(BUGS) - 1
AT_ONCE = 2
PATIENCE_S = 300.0  # a bug that makes a test wait for ever is caught as well
PASSED, FAILED = 0, 1  # pytest's exit codes; all others mean that the tests did not run
NOT_COPIED = (".git", ".venv", ".web", ".data", ".ci", "docs", "__pycache__", ".*_cache", ".hypothesis")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one bug: `caught`, `survived`, or `lost` (the row does not apply, or its tests do not run)."""

    bug: Bug
    outcome: str
    words: str


def main() -> int:
    """Print a line a bug; 1 when too many survive, or when a row no longer applies."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="dokango-mutants-") as folder:
        copies: Queue[Path] = Queue()
        for number in range(AT_ONCE):
            copies.put(copy_of_the_tree(Path(folder) / str(number)))
        if unsound := what_fails_without_a_bug(copies, BUGS):
            print(f"These fail without any bug, so they prove nothing:\n{unsound}")
            return 1
        with ThreadPoolExecutor(AT_ONCE) as threads:
            verdicts = []
            for verdict in threads.map(lambda bug: tried(copies, bug), BUGS):
                print(f"{verdict.outcome:9}{verdict.bug.name}  ({verdict.words})", flush=True)
                verdicts.append(verdict)
    caught = sum(verdict.outcome == "caught" for verdict in verdicts)
    lost = sum(verdict.outcome == "lost" for verdict in verdicts)
    print(f"{caught} of {len(BUGS)} bugs were caught, in {time.monotonic() - started:.0f} s.")
    if lost:
        print(f"{lost} rows of tests/mutants/bugs.py no longer apply. Bring them after the code.")
    return int(bool(lost) or caught < LEAST_CAUGHT)


def copy_of_the_tree(target: Path) -> Path:
    """The sources alone; packages are taken from the environment that runs this."""
    return shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns(*NOT_COPIED))


def what_fails_without_a_bug(copies: Queue[Path], bugs: Iterable[Bug]) -> str:
    """The end of pytest's words when the rows' tests fail twice in an unchanged copy; empty when they pass."""
    tests = sorted({test for bug in bugs for test in bug.tests})
    halves = (tests[::2], tests[1::2])
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return "\n".join(words for words in threads.map(lambda half: twice_failing(copies, half), halves) if words)


def twice_failing(copies: Queue[Path], tests: list[str]) -> str:
    """What pytest says when `tests` fail, and fail again: a busy machine is not to be taken for a broken test."""
    patience_s = PATIENCE_S * len(tests)
    with borrowed(copies) as copy:
        code, words = pytest_in(copy, tests, patience_s=patience_s)
        if code != PASSED:
            code, words = pytest_in(copy, tests, patience_s=patience_s)
    return "" if code == PASSED else words


def tried(copies: Queue[Path], bug: Bug) -> Verdict:
    """Put `bug` into one of the copies, run its tests, and take it out again."""
    with borrowed(copies) as copy:
        file = copy / bug.file
        text = file.read_text(encoding="utf-8")
        if (times := text.count(bug.old)) != 1:
            return Verdict(bug, "lost", f"its text stands {times} times in {bug.file}")
        try:
            write(file, text.replace(bug.old, bug.new))
            code, words = pytest_in(copy, bug.tests)
        finally:
            write(file, text)
    if code == PASSED:
        return Verdict(bug, "survived", ", ".join(bug.tests))
    if code == FAILED:
        return Verdict(bug, "caught", first_failure(words))
    return Verdict(bug, "lost", words.strip().splitlines()[-1])


def write(file: Path, text: str) -> None:
    """Write `text` with a time of its own: Python takes an old compiled copy for new within the same second."""
    file.write_text(text, encoding="utf-8")
    stamp = time.time_ns()
    os.utime(file, ns=(stamp, stamp + 1_000_000_000 * (hash(text) % 1_000_000)))


@contextmanager
def borrowed(copies: Queue[Path]) -> Iterator[Path]:
    """A copy that nobody else uses meanwhile."""
    copy = copies.get()
    try:
        yield copy
    finally:
        copies.put(copy)


def pytest_in(copy: Path, tests: Sequence[str], *, patience_s: float = PATIENCE_S) -> tuple[int, str]:
    """pytest's exit code and words: `tests` on SQLite, until the first fails."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:schemathesis",
        "-x",
        "-rfE",
        "--tb=no",
        "-k",
        "not postgresql",
        *tests,
    ]
    environment = {**os.environ, "PYTHONPATH": str(copy), "DOKANGO_DATA_DIR": str(copy / ".data")}
    try:
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, timeout=patience_s, check=False
        )
    except subprocess.TimeoutExpired:
        return FAILED, f"FAILED {' '.join(tests)} (it did not end)"
    return done.returncode, done.stdout + done.stderr


def first_failure(words: str) -> str:
    """The name of the test that went red."""
    lines = [line for line in words.splitlines() if line.startswith(("FAILED ", "SUBFAILED", "ERROR "))]
    return lines[0].split(" ", 1)[1].split(" - ")[0] if lines else "its tests"


if __name__ == "__main__":
    sys.exit(main())
