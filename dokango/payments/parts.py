"""What of a wallet's line is still nobody's: its amount less what was booked on orders, kept as credit, given back."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ScalarSelect, Table, bindparam, func, select

from dokango.db import Statement, Tx, Upsert, table_of, typed
from dokango.errors import InvalidInput, TrxIdTaken
from dokango.money import taka
from dokango.payments.messages import INCOME
from dokango.payments.models import CreditEntry, GivenBack, Payment, TakenTrxId, WalletEvidence
from dokango.payments.refusals import NothingLeft
from dokango.payments.trx_owner import owner_of, reserved_for
from dokango.payments.turns import STANDS, turn_now

_E, _PARTS = table_of(WalletEvidence), tuple(table_of(table) for table in (Payment, CreditEntry, GivenBack))
_OF_LINE = (_E.c.method == bindparam("method"), _E.c.trx_id == bindparam("trx_id"), _E.c.reading == INCOME)
_TAKE = Upsert(table_of(TakenTrxId), ["method", "trx_id", "order_id", "taken_at", "turn"])
_LOCK = Statement(select(_E.c.id).where(*_OF_LINE).with_for_update())


def used_of(part: Table) -> ScalarSelect[int]:
    """The sum of one kind of parts of a wallet's line, for a query over the lines."""
    sums = select(func.coalesce(func.sum(part.c.amount_poisha), 0))
    if part is _PARTS[0]:  # of payments those that were not taken back
        sums = sums.where(STANDS)
    return sums.where(part.c.method == _E.c.method, part.c.trx_id == _E.c.trx_id).scalar_subquery()


class Standing(NamedTuple):
    """A line's amount, and what became of it, in poisha."""

    amount_poisha: int
    on_orders_poisha: int
    kept_poisha: int
    given_back_poisha: int

    @property
    def left_poisha(self) -> int:
        """What is nobody's yet."""
        return self.amount_poisha - self.on_orders_poisha - self.kept_poisha - self.given_back_poisha

    @property
    def words(self) -> str:
        """What became of it, for people."""
        ends = ((self.on_orders_poisha, "stands on orders"), (self.kept_poisha, "was kept as credit"),
                (self.given_back_poisha, "was given back"))  # fmt: skip
        return "".join(f"{taka(amount)} {end}. " for amount, end in ends if amount).strip()


_USED = zip(_PARTS, Standing._fields[1:], strict=True)
_STANDING = typed(
    Standing, select(_E.c.amount_poisha, *(used_of(part).label(name) for part, name in _USED)).where(*_OF_LINE)
)


def standing(tx: Tx, method: str, trx_id: str) -> Standing | None:
    """How the money under a TrxID stands; None when no line of the wallet tells of it."""
    return tx.one(_STANDING, method=method, trx_id=trx_id)


def lock_line(tx: Tx, method: str, trx_id: str) -> None:
    """Nobody else takes of a line, or puts something back, until the end of the transaction."""
    if tx.dialect == "postgresql":  # SQLite has one writer
        tx.value(_LOCK, method=method, trx_id=trx_id)


def take_part(tx: Tx, method: str, trx_id: str, now_us: int, amount_poisha: int | None = None) -> int:
    """Make `amount_poisha` of what came under a TrxID somebody's (None: all that is left), how much that is.

    Nobody else takes of it until the end of the transaction. Raises InvalidInput when no line of the wallet tells of
    it, TrxIdTaken when one payment took it whole, and NothingLeft.
    """
    lock_line(tx, method, trx_id)
    kept_for = reserved_for(tx, method, trx_id)
    if kept_for is not None:
        raise TrxIdTaken(method, trx_id, kept_for.number)
    turn = turn_now(tx, method, trx_id)
    if not tx.run(_TAKE, method=method, trx_id=trx_id, order_id=None, taken_at=now_us, turn=turn):
        owner = owner_of(tx, method, trx_id)
        if owner is not None and owner.whole:
            raise TrxIdTaken(method, trx_id, owner.number)
    stands = standing(tx, method, trx_id)
    if stands is None:
        raise InvalidInput(
            {"transaction_id": "No message of the wallet tells of this TrxID. Bring it in first: parts are counted "
             "against what it says."}
        )  # fmt: skip
    wanted = stands.left_poisha if amount_poisha is None else amount_poisha
    if not 0 < wanted <= stands.left_poisha:
        raise NothingLeft(trx_id, stands.left_poisha, stands.words)
    return wanted
