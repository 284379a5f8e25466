"""In the scratch copy: what was added to the core is there and works."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from dokango import process
from dokango.__main__ import main
from dokango.clock import ManualClock
from dokango.clocks.worker import make_worker
from dokango.db import open_database
from dokango.errors import NotAllowed
from dokango.migrations.upgrade import upgrade
from dokango.orders.packing import gifts
from dokango.orders.reading.lists import counts
from dokango.people.actor import Actor
from dokango.people.permissions import Permission, Role
from dokango.reports.overview import overview
from dokango.settings import settings
from tests.core.test_readme import test_the_settings_table_is_the_settings
from tests.small_shop import Shop, open_shop

SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DAY = date(2026, 11, 22)


def test_an_invariant(tmp_path, clock, owner, monkeypatch, capsys) -> None:
    url = f"sqlite:///{tmp_path / 'gifts.sqlite3'}"
    upgrade(url)
    database = open_database(url)
    open_shop(database, clock, owner).place(("SARI", 1), note="a gift, not wrapped")
    database.close()
    monkeypatch.setenv("DOKANGO_DATABASE_URL", url)
    monkeypatch.setenv("DOKANGO_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    process.use(None)
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    assert "#1001 holds a gift that is not wrapped" in said
    process.database().close()
    process.use(None)
    settings.cache_clear()


@SQLITE_ALONE
def test_a_report(shop: Shop) -> None:
    shop.place(("SARI", 1), note="a gift, wrapped")
    seen = shop.db.read(lambda tx: overview(tx, DAY, DAY, "day", shop.clock.now_us()))
    assert dict(seen.tiles)["Gifts"].value == "1"
    assert [(line.name, line.value) for line in seen.lists["gifts-list"]] == [("a gift, wrapped", "1")]
    assert seen.charts["gifts"]["data"][0]["text"] == ["1"]


def test_a_permission() -> None:
    packer, viewer = Actor(1, "p", Role.PACKER), Actor(2, "v", Role.VIEWER)
    assert packer.may(Permission.WRAP_GIFTS) and not viewer.may(Permission.WRAP_GIFTS)
    with pytest.raises(NotAllowed):
        viewer.require(Permission.WRAP_GIFTS)


@SQLITE_ALONE
def test_a_clock_and_a_kind_of_job(shop: Shop, clock: ManualClock, practice_courier) -> None:
    worker = make_worker(shop.db, clock, practice_courier, settings())
    worker.run_due()
    worker.run_due()
    assert gifts.WRAPPED == ["red"]


def test_a_command(capsys) -> None:
    assert main(["wrap-gifts", "--paper", "blue"]) == 0
    assert capsys.readouterr().out == "Wrapped in blue paper.\n"
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "Wrap what is to be wrapped." in " ".join(capsys.readouterr().out.split())


def test_a_setting(monkeypatch) -> None:
    monkeypatch.setenv("DOKANGO_GIFT_PAPER", "silk")
    settings.cache_clear()
    assert settings().gift_paper == "silk"
    settings.cache_clear()
    test_the_settings_table_is_the_settings()


@SQLITE_ALONE
def test_a_tab(shop: Shop) -> None:
    shop.place(("SARI", 1), note="a gift, wrapped")
    shop.place(("SARI", 1))
    assert shop.db.read(counts)["gifts"] == 1
    plan = shop.db.read(
        lambda tx: tx.rows(text("""EXPLAIN QUERY PLAN SELECT count(*) FROM "order" WHERE note LIKE 'a gift%'"""))
    )
    assert "order_gifts" in str(plan)
