"""PostgreSQL: a pool, explicit transactions, whole commands retried when the server asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import uuid4

import psycopg
from psycopg import sql
from psycopg.abc import Buffer
from psycopg.types.numeric import NumericLoader
from psycopg_pool import ConnectionPool, PoolTimeout

from dokango.db.database import Listener
from dokango.db.hearing import CHANNEL, Hearing, payload_of
from dokango.db.tx import Tx
from dokango.errors import Busy, CannotKeep, OutcomeUnknown, Unreachable

T = TypeVar("T")

TRIES = 4  # the first and at most three more
POOL_MOST = 12
_GONE = {"08", "57"}  # connection exceptions; shut down, crashed or starting (PostgreSQL's appendix A)
_LOST_WAIT_S = 1.0  # while the server is known to be gone
_RECONNECT_S = 3.0  # then the pool asks when it is asked, not at ever longer intervals
_CONNECT_S = 5
_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class _WholeNumbers(NumericLoader):
    """Sums of 64-bit integers come as numeric; here they are ints, as SQLite gives them."""

    def load(self, data: Buffer) -> Any:
        number = super().load(data)
        return int(number) if number == number.to_integral_value() else number


def _configure(connection: psycopg.Connection[Any]) -> None:
    connection.adapters.register_loader("numeric", _WholeNumbers)


class PostgresDatabase:
    """READ COMMITTED with row locks taken in sorted order; serialization failures and deadlocks are tried again."""

    dialect = "postgresql"
    cannot_keep = ""

    def __init__(self, url: str) -> None:
        self.url = url
        self._listeners: list[Listener] = []
        self._lost = False
        self._name = uuid4().hex
        self._hearing: Hearing | None = None
        self._pool = ConnectionPool(
            url,
            min_size=1,
            max_size=POOL_MOST,
            kwargs={"autocommit": True, "prepare_threshold": 2, "connect_timeout": _CONNECT_S},
            configure=_configure,
            reconnect_timeout=_RECONNECT_S,
            open=True,
        )

    def listen(self, listener: Listener) -> None:
        """Call `listener` with what each commit that names a topic announces."""
        self._listeners.append(listener)

    def hear(self, listener: Listener) -> None:
        """Call `listener` with what other processes' commits announce, as it comes, in a thread of the database's own.

        When the server was gone meanwhile, with everything: nobody knows what was missed.
        """
        if self._hearing is None:
            self._hearing = Hearing(self.url, self._name, _CONNECT_S)
        self._hearing.add(listener)

    def read(self, query: Callable[[Tx], T]) -> T:
        """Run `query` on one snapshot."""
        return self._transact(query, _READ)

    def write(self, command: Callable[[Tx], T]) -> T:
        """Run `command` and commit; on 40001 and 40P01 all of it again, three times at most, then Busy.

        A unique key that somebody else took meanwhile (23505) is tried again too: the command then finds what they
        wrote and says so, or answers with it (an Idempotency-Key sent twice at once).
        """
        for left in reversed(range(TRIES)):
            try:
                return self._transact(command, "BEGIN")
            except (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected) as error:
                if not left:
                    raise Busy from error
            except psycopg.errors.UniqueViolation:
                if not left:
                    raise
        raise Busy

    def _transact(self, work: Callable[[Tx], T], begin: str) -> T:
        try:
            with self._pool.connection(_LOST_WAIT_S if self._lost else None) as connection:
                tx = Tx(connection, self.dialect)
                try:
                    tx.script(begin)
                    result = work(tx)
                    _commit(tx, connection, self._name, is_read=begin == _READ)
                finally:
                    if (
                        connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE
                        and not connection.closed
                    ):
                        connection.rollback()
                    tx.close()
        except PoolTimeout as error:
            raise (Unreachable() if self._lost else Busy()) from error
        except (psycopg.errors.DiskFull, psycopg.errors.ReadOnlySqlTransaction) as error:
            refused = CannotKeep("The database's server took nothing")
            self.cannot_keep = str(refused)
            raise refused from error
        except psycopg.OperationalError as error:
            self._lost = _is_lost(error)
            if self._lost:
                raise Unreachable from error
            raise
        self._lost = False
        if begin != _READ:
            self.cannot_keep = ""
        if tx.announcement.topics:
            for listener in self._listeners:
                listener(tx.announcement)
        return result

    def close(self) -> None:
        """Let the connections go."""
        if self._hearing is not None:
            self._hearing.close()
        self._pool.close()


def _commit(tx: Tx, connection: psycopg.Connection[Any], name: str, *, is_read: bool) -> None:
    """Commit, and in the same round trip tell other processes what changed.

    Raises OutcomeUnknown when the server's answer to the COMMIT of something written does not come.
    """
    try:
        if tx.announcement.topics:
            told = sql.Literal(payload_of(tx.announcement, name)).as_string(connection)
            # Two statements in one message: never prepared (psycopg's documentation, "Multiple statements").
            connection.execute(f"NOTIFY {CHANNEL}, {told}; COMMIT", prepare=False)
        else:
            tx.script("COMMIT")
    except psycopg.OperationalError as error:
        if connection.closed and not is_read:
            raise OutcomeUnknown from error
        raise


def _is_lost(error: psycopg.OperationalError) -> bool:
    """Whether there is no server to speak to, and not only a quarrel of two transactions."""
    return error.sqlstate is None or error.sqlstate[:2] in _GONE
