"""What each command does first: the data folder is there, the schema up to date, the database open."""

from __future__ import annotations

from dokango import process
from dokango.db import Database
from dokango.migrations.upgrade import upgrade
from dokango.settings import settings


def open_shop() -> Database:
    """The shop's database at its newest schema."""
    shop = settings()
    shop.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    upgrade(shop.database)
    return process.database()
