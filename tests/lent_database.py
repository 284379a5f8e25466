"""A PostgreSQL database that is lent to one test after the other, and is as new each time.

To make one and to drop it costs the server ten times what emptying it does: a test leaves a few rows in a few tables.
What emptying cannot take back (a changed schema, a connection at work, a table grown large) ends the database instead.
"""

from __future__ import annotations

from typing import Any

import psycopg

from tests.kept_connection import KeptConnection

MOST_USES = 40  # then what is deleted, and never vacuumed, is in the way of those who read
MOST_BYTES = 2 << 20  # of one table with its indexes
_LOCK_WAIT = "1s"
_SCHEMA = (
    """SELECT {catalogues}, (SELECT sum(xmin::text::bigint * 31 + hashtext(setconfig::text)) FROM pg_db_role_setting)"""
)
_CATALOGUES = ("pg_class", "pg_attribute", "pg_attrdef", "pg_constraint", "pg_trigger", "pg_proc", "pg_type")
_OTHERS = """SELECT pid, state FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_LARGEST = """SELECT coalesce(max(pg_total_relation_size(oid)), 0)
 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"""
_RESTART = """SELECT setval(format('%I.%I', schemaname, sequencename), start_value, false)
 FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"""


class LentDatabase:
    """One database, by name; `empty` after each use says whether it may be lent again."""

    def __init__(self, name: str, url: str) -> None:
        self.name, self.url = name, url
        self._uses = 0
        self._line = psycopg.connect(url, autocommit=True)
        # What only ever grows is guarded by triggers; here they rest.
        self._line.execute(f"SET session_replication_role = replica; SET lock_timeout = '{_LOCK_WAIT}'", prepare=False)
        self._tables = [row[0] for row in self._line.execute(_TABLES)]
        self._full = self._with_rows()  # by its migrations: they stay
        self._schema, self._filled = self._schema_now(), self._filled_now()
        KeptConnection.urls.add(url)

    def empty(self) -> bool:
        """Make it as it was; False when it cannot be, or is no longer worth it."""
        self._uses += 1
        try:
            return self._uses < MOST_USES and self._is_left_alone() and self._is_small() and self._emptied()
        except psycopg.Error:
            return False

    def close(self) -> None:
        """Let all connections go."""
        KeptConnection.forget(self.url)
        self._line.close()

    def _is_left_alone(self) -> bool:
        """Whether nobody works in it any more; who idles is sent away."""
        kept = KeptConnection.at_rest(self.url)
        others = [row for row in self._line.execute(_OTHERS, prepare=True) if row[0] not in kept]
        for pid, state in others:
            if state not in ("idle", None):  # None: it is leaving
                return False
            self._line.execute("SELECT pg_terminate_backend(%s)", (pid,))
        return self._schema_now() == self._schema

    def _is_small(self) -> bool:
        return self._value(_LARGEST) < MOST_BYTES

    def _emptied(self) -> bool:
        deleting = "; ".join(f'DELETE FROM "{table}"' for table in sorted(self._with_rows() - self._full))
        if deleting:
            self._line.execute(deleting.encode(), prepare=False)
        self._line.execute(_RESTART, prepare=True)
        return bool(self._filled_now() == self._filled)

    def _with_rows(self) -> set[str]:
        asked = ", ".join(f'EXISTS (SELECT FROM "{table}")' for table in self._tables)
        found = self._line.execute(f"SELECT {asked}".encode(), prepare=True).fetchone() or ()
        return {table for table, has_rows in zip(self._tables, found, strict=True) if has_rows}

    def _schema_now(self) -> Any:
        """What changes with every change of the schema: each row of a catalogue knows who wrote it last."""
        sums = ", ".join(f"(SELECT (count(*), sum(xmin::text::bigint))::text FROM {name})" for name in _CATALOGUES)
        return self._line.execute(f"SELECT {sums}".encode(), prepare=True).fetchone()

    def _filled_now(self) -> Any:
        """All that stands in the tables which its migrations have filled."""
        sums = ", ".join(f"(SELECT string_agg(t::text, ' ') FROM {table} t)" for table in sorted(self._full))
        return self._line.execute(f"SELECT {sums}".encode(), prepare=True).fetchone()

    def _value(self, query: str) -> Any:
        row = self._line.execute(query.encode(), prepare=True).fetchone()
        return row[0] if row else None
