"""The database: open it here, read and write through it; nothing else in the shop commits."""

from dokango.db.database import Database
from dokango.db.open import open_database
from dokango.db.statement import Statement
from dokango.db.tx import Tx

__all__ = ["Database", "Statement", "Tx", "open_database"]
