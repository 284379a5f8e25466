"""The database: open it here, read and write through it; nothing else in the shop commits."""

from dokango.db.announcement import EVERYTHING, Announcement
from dokango.db.columns import table_of
from dokango.db.database import Database
from dokango.db.open import open_database
from dokango.db.statement import Statement, typed
from dokango.db.tx import Tx
from dokango.db.upsert import Upsert

__all__ = [
    "EVERYTHING", "Announcement", "Database", "Statement", "Tx", "Upsert", "open_database", "table_of", "typed",
]  # fmt: skip
