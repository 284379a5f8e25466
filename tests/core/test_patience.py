"""Tests in a browser do not lean on luck: what they do waits (tests/pages/quiet.py), and none goes around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dokango.settings import ROOT

FOLDERS = ("tests/pages", "tests/e2e")
KEEPERS = {"quiet.py", "site.py", "warm.py", "test_door.py"}  # which hold the waits; the last has bare sockets
LUCK = {
    r"\bwait_for_timeout\((?!wait_ms\))": "a while that was enough once: wait for what is to come, or `until(…)`",
    r"\btime\.sleep\(": "a while that was enough once: `until(…)`",
    r"networkidle": "a socket is never idle: whatever is done next waits by itself",
    r"assert [^\n]*\bpage\.url\b": "an address that may still change: `expect(page).to_have_url(…)`",
    r"\.database\b": "the database without a wait for what was clicked: `site.db`",
    r"timeout=\d{1,4}\b(?!_)": "patience that a busy machine uses up: leave it to the default",
    r"_impl_obj": "the inside of Playwright",
}
ALLOWED = {
    ("test_quiet.py", r"timeout=\d{1,4}\b(?!_)"),  # what must not be there yet, after the wait
}


def sources() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted((ROOT / folder).glob("*.py"))


@pytest.mark.parametrize("pattern", LUCK, ids=lambda pattern: re.sub(r"\W+", " ", pattern).strip())
def test_no_test_of_the_browser_leans_on_luck(pattern: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {LUCK[pattern]}"
        for path in sources()
        if path.name not in KEEPERS and (path.name, pattern) not in ALLOWED
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "page.wait_for_timeout(50)", "time.sleep(0.2)", 'page.wait_for_load_state("networkidle")',
        'assert "peek" not in page.url', "site.database.read(x)", "expect(button).to_be_visible(timeout=500)",
    ],
)  # fmt: skip
def test_what_is_refused_is_recognised(line: str) -> None:
    assert any(re.search(pattern, line) for pattern in LUCK)
