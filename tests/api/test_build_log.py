"""What the build prints: our own lines alone; what its tools say is kept in a log."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dokango_web.build import BuildFailed, export

HINT = "Success: Initialized. Run `uv run reflex run` to start the app."


def saying(words: str, code: int) -> list[str]:
    return [sys.executable, "-c", f"import sys; print({words!r}); print('err', file=sys.stderr); sys.exit({code})"]


def test_what_a_tool_says_while_it_builds_is_kept_in_the_log_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    export(saying(HINT, 0), tmp_path / "build.log")
    assert capfd.readouterr() == ("", "")
    assert set((tmp_path / "build.log").read_text().splitlines()) == {HINT, "err"}


def test_a_build_that_fails_shows_the_end_of_its_log(tmp_path: Path) -> None:
    with pytest.raises(BuildFailed, match=r"(?s)could not be built.*No matching export"):
        export(saying("No matching export", 3), tmp_path / "build.log")
