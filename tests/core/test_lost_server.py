"""PostgreSQL behind a line that breaks: what is known is said, what is not known is not called undone."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator

import pytest

from dokango.db import Database, Tx, open_database
from dokango.errors import OutcomeUnknown, Unreachable
from dokango.shop.profile import read_setting, write_setting
from tests.core.cut_line import CutLine, line_to

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
_TRIES = 40


@pytest.fixture
def line(database_url: str) -> Iterator[CutLine]:
    """A line to the database."""
    with line_to(database_url) as line:
        yield line


@pytest.fixture
def far(line: CutLine) -> Iterator[Database]:
    """The database at the other end of the line."""
    database = open_database(line.url)
    yield database
    database.close()


def keep(tx: Tx) -> None:
    """Something that can be seen later."""
    write_setting(tx, "kept", "yes", by="test", now_us=1)


@pytest.mark.parametrize(("cut", "kept"), [("before", None), ("after", "yes")])
def test_a_commit_whose_answer_never_came_is_not_called_undone(
    line: CutLine, far: Database, db: Database, cut: str, kept: str | None
) -> None:
    line.cut = cut
    with pytest.raises(OutcomeUnknown, match="it is not known whether it was done"):
        far.write(keep)
    assert db.read(lambda tx: read_setting(tx, "kept")) == kept
    assert far.read(lambda tx: read_setting(tx, "kept")) == kept


def test_a_line_that_breaks_before_anything_was_kept_says_that_nothing_was_changed(
    line: CutLine, far: Database, db: Database
) -> None:
    def keep_and_lose(tx: Tx) -> None:
        keep(tx)
        line.go_down()
        keep(tx)

    with pytest.raises(Unreachable, match="Nothing was changed"):
        far.write(keep_and_lose)
    line.come_up()
    assert db.read(lambda tx: read_setting(tx, "kept")) is None


def test_while_the_server_is_gone_everybody_is_told_and_when_it_is_back_it_is_used_again(
    line: CutLine, far: Database
) -> None:
    far.write(keep)
    line.go_down()
    for ask in (lambda: far.write(keep), lambda: far.read(lambda tx: read_setting(tx, "kept"))):
        with pytest.raises(Unreachable):
            ask()
    line.come_up()
    for tries in itertools.count(1):
        with contextlib.suppress(Unreachable):
            assert far.read(lambda tx: read_setting(tx, "kept")) == "yes"
            break
        assert tries < _TRIES
