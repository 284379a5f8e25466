"""Orders placed before words were folded are found as new ones are, even if folding them was stopped."""

from __future__ import annotations

import importlib
from types import ModuleType, SimpleNamespace

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine, text

from dokango.migrations.upgrade import engine_url
from tests.core.test_search import each, placed, whom
from tests.small_shop import Shop

FOLDING = importlib.import_module("dokango.migrations.versions.0004_order_search_folded")
AS_BEFORE = importlib.import_module("dokango.migrations.versions.0003_order_search")
NAMES = ["রহিমা বেগম", "Élodie Nuñez", "Md. A K M Shafiq", "নুসরাত জাহান", "Tanvir Hasan"]


class Stopped(Exception):
    """The machine went down."""


def migrate(shop: Shop, migration: ModuleType | SimpleNamespace) -> None:
    engine = create_engine(engine_url(shop.db.url))
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"transaction_per_migration": True})
            with context.begin_transaction(_per_migration=True), Operations.context(context):
                migration.upgrade()
            connection.commit()
    finally:
        engine.dispose()


def as_it_was(shop: Shop) -> None:
    """The table of before, with words as they were written then."""
    shop.db.write(lambda tx: tx.script("DROP TABLE order_search"))
    migrate(shop, AS_BEFORE)
    key = "rowid" if shop.db.dialect == "sqlite" else "order_id"
    words = "number || ' ' || name || ' ' || phone || ' ' || email || ' TRX' || number"
    shop.db.write(
        lambda tx: tx.script(f'INSERT INTO order_search ({key}, words) SELECT id, {words} FROM "order" ORDER BY id')
    )


def stopped_after(batches: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folding two orders at a time, and the machine goes down behind the last of `batches`."""
    left = [2 * batches]

    def fold_or_stop(dialect: str, texts: list[str]) -> str:
        left[0] -= 1
        if left[0] < 0:
            raise Stopped
        return str(ORIGINAL(dialect, texts))

    monkeypatch.setattr(FOLDING, "BATCH", 2)
    monkeypatch.setattr(FOLDING, "kept_words", fold_or_stop)


ORIGINAL = FOLDING.kept_words


@pytest.mark.parametrize("batches", [0, 1, 2])
def test_old_orders_are_found_after_a_migration_that_was_stopped(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, batches: int
) -> None:
    for name in NAMES:
        placed(shop, name, "01711222333")
    as_it_was(shop)
    stopped_after(batches, monkeypatch)
    with pytest.raises(Stopped):
        migrate(shop, FOLDING)
    kept = shop.db.read(lambda tx: tx.value(text("SELECT count(*) FROM order_search_folded")))
    monkeypatch.undo()

    migrate(shop, FOLDING)

    assert kept == 2 * batches
    assert whom(shop, "+880 1711-222333", "2333") == each(["+880 1711-222333", "2333"], *NAMES)
    expected = {
        "বেগম রহিমা": ["রহিমা বেগম"],
        "nunez elodie": ["Élodie Nuñez"],
        "a k md": ["Md. A K M Shafiq"],
        "জাহান": ["নুসরাত জাহান"],
        "trx1005": ["Tanvir Hasan"],
    }
    assert whom(shop, *expected) == expected
    placed(shop, "মিতু হক")
    assert whom(shop, "হক") == {"হক": ["মিতু হক"]}
