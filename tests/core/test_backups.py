"""The shop copies itself: when it is due, once, proved before it counts, kept by a plan, and said when it fails."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dokango.archive import BACKUPS
from dokango.backups.automatic import CASE, keep_backups, last_backup, made_at, make_backup
from dokango.backups.plan import stays
from dokango.backups.verified import verify
from dokango.checks import run_checks
from dokango.clock import ManualClock
from dokango.db import Database, open_database
from dokango.errors import InvalidInput
from dokango.orders.cases.rows import open_about
from dokango.people.actor import Actor
from dokango.settings import Settings
from tests.small_shop import Shop, open_shop

HOUR_S = 3_600
EVERY_H = 24


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shop's data folder."""
    (tmp_path / "data" / "pictures").mkdir(parents=True)
    (tmp_path / "data" / "pictures" / "mug.webp").write_bytes(b"a mug")
    return tmp_path / "data"


@pytest.fixture
def on_disk(sqlite_template: Path, folder: Path, clock: ManualClock, owner: Actor) -> Iterator[Shop]:
    """A shop with an order, in a file: a copy is made of a file."""
    database = open_database(f"sqlite:///{shutil.copy(sqlite_template, folder / 'dokango.sqlite3')}")
    shop = open_shop(database, clock, owner)
    shop.bring_to("delivered", ("MUG", 2))
    yield shop
    assert all(result.ok for result in database.read(run_checks))
    database.close()


def settings_of(shop: Shop, folder: Path, **changes: object) -> Settings:
    wanted = {"backup_every_h": EVERY_H, "backup_to": None, **changes}
    return Settings.model_construct(data_dir=folder, database_url=shop.db.url, **wanted)


def copies(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.glob("auto-*.tar.gz"))


def test_the_first_is_made_after_its_time_and_then_each_time_once(on_disk: Shop, folder: Path) -> None:
    asked = settings_of(on_disk, folder)
    turns = []
    for hours in (0, 23, 1, 1, 23, 0):
        on_disk.clock.advance(hours * HOUR_S)
        turns.append(keep_backups(on_disk.db, on_disk.clock, asked))
    assert turns == [0, 0, 1, 0, 1, 0]
    assert len(copies(folder / BACKUPS)) == 2
    assert on_disk.db.read(last_backup).file == copies(folder / BACKUPS)[-1]


def test_a_clock_that_is_set_back_makes_none_too_many(on_disk: Shop, folder: Path) -> None:
    asked = settings_of(on_disk, folder)
    keep_backups(on_disk.db, on_disk.clock, asked)
    on_disk.clock.advance(EVERY_H * HOUR_S)
    assert keep_backups(on_disk.db, on_disk.clock, asked) == 1
    on_disk.clock.advance(-HOUR_S)
    assert keep_backups(on_disk.db, on_disk.clock, asked) == 0
    on_disk.clock.advance(HOUR_S)
    assert keep_backups(on_disk.db, on_disk.clock, asked) == 0


def test_none_is_made_where_none_is_wanted(on_disk: Shop, folder: Path) -> None:
    asked = settings_of(on_disk, folder, backup_every_h=0)
    on_disk.clock.advance(100 * HOUR_S)
    assert keep_backups(on_disk.db, on_disk.clock, asked) == 0
    assert copies(folder / BACKUPS) == []


def test_a_copy_holds_the_orders_and_every_invariant(on_disk: Shop, folder: Path) -> None:
    last = make_backup(on_disk.db, on_disk.clock, settings_of(on_disk, folder))
    verdict = verify(folder / BACKUPS / last.file)
    assert verdict.is_good
    assert verdict.holds is not None
    assert verdict.holds.orders == 1


def test_a_second_place_gets_each_copy_whole(on_disk: Shop, folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "other disk"
    last = make_backup(on_disk.db, on_disk.clock, settings_of(on_disk, folder, backup_to=place))
    assert [file.name for file in place.iterdir()] == [last.file]
    assert verify(place / last.file).is_good
    assert (place / last.file).stat().st_mode & 0o077 == 0


def test_a_copy_that_is_not_sound_is_no_good_one_and_somebody_is_told(on_disk: Shop, folder: Path) -> None:
    on_disk.db.write(lambda tx: tx.script("UPDATE stock_level SET on_hand = on_hand + 1"))
    last = make_backup(on_disk.db, on_disk.clock, settings_of(on_disk, folder))
    assert last.good_us == 0
    assert "levels are explained by movements" in last.words
    assert on_disk.db.read(lambda tx: open_about(tx, CASE, CASE)) is not None
    on_disk.db.write(lambda tx: tx.script("UPDATE stock_level SET on_hand = on_hand - 1"))
    assert make_backup(on_disk.db, on_disk.clock, settings_of(on_disk, folder)).words == ""
    assert on_disk.db.read(lambda tx: open_about(tx, CASE, CASE)) is None


def test_a_second_place_that_cannot_be_written_to_is_told_and_the_copy_here_stays(
    on_disk: Shop, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "a file").write_text("in the way")
    last = make_backup(on_disk.db, on_disk.clock, settings_of(on_disk, folder, backup_to=tmp_path / "a file"))
    assert "No backup was made" in last.words
    assert len(copies(folder / BACKUPS)) == 1


def test_two_workers_at_once_make_one(on_disk: Shop, folder: Path) -> None:
    asked = settings_of(on_disk, folder)
    other: Database = open_database(on_disk.db.url)
    keep_backups(on_disk.db, on_disk.clock, asked)
    on_disk.clock.advance(EVERY_H * HOUR_S)
    assert keep_backups(on_disk.db, on_disk.clock, asked) + keep_backups(other, on_disk.clock, asked) == 1
    other.close()


NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


def test_the_plan_keeps_all_of_two_days_then_days_then_weeks_and_the_newest_always() -> None:
    hourly = [NOW - timedelta(hours=hours) for hours in range(24 * 90)]
    kept = stays(hourly, NOW)
    ages_h = sorted((NOW - at) / timedelta(hours=1) for at in kept)
    assert [age for age in ages_h if age <= 48] == list(range(49))
    daily = [at for at in kept if timedelta(days=2) < NOW - at <= timedelta(days=14)]
    assert len(daily) == len({at.date() for at in daily}) >= 12
    weekly = [at for at in kept if timedelta(days=14) < NOW - at]
    assert len(weekly) == len({at.isocalendar()[:2] for at in weekly}) >= 6
    assert max(ages_h) <= 60 * 24
    old = NOW - timedelta(days=400)
    assert stays([old], NOW) == {old}


@pytest.mark.parametrize("name", ["dokango-2026-11-28-120000.tar.gz", "auto-yesterday.tar.gz", "auto-.tar.gz"])
def test_a_file_of_another_name_is_nobody_s_to_delete(name: str) -> None:
    assert made_at(Path(name)) is None


def test_what_is_no_archive_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.tar.gz").write_bytes(b"nothing")
    with pytest.raises(InvalidInput, match="cannot be read"):
        verify(tmp_path / "x.tar.gz")
