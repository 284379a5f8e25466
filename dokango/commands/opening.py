"""What each command does first: the data folder is there, the schema up to date, the database open."""

from __future__ import annotations

from pathlib import Path

from dokango import process
from dokango.db import Database
from dokango.migrations.fitness import remember, require_fit
from dokango.migrations.upgrade import upgrade
from dokango.settings import settings


def open_shop() -> Database:
    """The shop's database at its newest schema. Raises Unfit when there is one that must not be opened, or none where
    one was."""
    shop = settings()
    shop.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    bring_up_to_date(shop.database, shop.data_dir)
    return process.database()


def bring_up_to_date(url: str, data_dir: Path) -> None:
    """Look at the database before it is touched, migrate it, and note whose it is. Raises Unfit."""
    require_fit(url, data_dir)
    upgrade(url)
    remember(url, data_dir)
