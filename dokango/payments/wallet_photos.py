"""Photos and screenshots of a wallet: kept beside the line, or the order's claim, that they prove; never taken away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, func, or_, select

from dokango import topics
from dokango.db import Statement, Tx, Upsert, table_of, typed
from dokango.errors import InvalidInput
from dokango.payments.models import WalletPhoto
from dokango.people.actor import Actor
from dokango.people.permissions import Permission

MOST_PHOTOS = 8  # beside one line, or one order
FOLDER = "wallet-photos"  # not the storefront's: a screenshot shows numbers and balances
_W = table_of(WalletPhoto)


class Photo(NamedTuple):
    """One photo: its file's name, and who put it there."""

    name: str
    added_by: str
    added_at: int


_ADD = Upsert(_W, ["evidence_id", "order_id", "name", "added_by", "added_at"])
_PHOTO = select(_W.c.name, _W.c.added_by, _W.c.added_at)
_OF_LINE = typed(Photo, _PHOTO.where(_W.c.evidence_id == bindparam("evidence_id")).order_by(_W.c.id))
_OF_ORDER = typed(Photo, _PHOTO.where(_W.c.order_id == bindparam("order_id")).order_by(_W.c.id))
_HOW_MANY = Statement(
    select(func.count()).where(
        or_(_W.c.evidence_id == bindparam("evidence_id"), _W.c.order_id == bindparam("order_id"))
    )
)


class _First(NamedTuple):
    evidence_id: int
    name: str


def add_photo(
    tx: Tx, actor: Actor, name: str, now_us: int, *, evidence_id: int | None = None, order_id: int | None = None
) -> None:
    """Put the photo kept as `name` beside a line or an order, which exists. The same photo twice is one.

    Raises NotAllowed, InvalidInput (under `file`) for too many.
    """
    actor.require(Permission.VERIFY_PAYMENT)
    if int(tx.value(_HOW_MANY, evidence_id=evidence_id, order_id=order_id)) >= MOST_PHOTOS:
        raise InvalidInput({"file": f"At most {MOST_PHOTOS} photos stand beside one payment."})
    tx.run(_ADD, evidence_id=evidence_id, order_id=order_id, name=name, added_by=actor.name, added_at=now_us)
    tx.changed(topics.EVIDENCE)


def photos_of_line(tx: Tx, evidence_id: int) -> list[Photo]:
    """Those beside a wallet's line, the oldest first."""
    return tx.rows(_OF_LINE, evidence_id=evidence_id)


def photos_of_order(tx: Tx, order_id: int) -> list[Photo]:
    """Those beside an order's claim, the oldest first."""
    return tx.rows(_OF_ORDER, order_id=order_id)


def lines_with_photos(tx: Tx, evidence_ids: Sequence[int]) -> dict[int, str]:
    """Of these lines those that have photos, each with the name of its first."""
    query = (
        select(_W.c.evidence_id, func.min(_W.c.name).label("name"))
        .where(_W.c.evidence_id.in_(evidence_ids))
        .group_by(_W.c.evidence_id)
    )
    return {row.evidence_id: row.name for row in tx.rows(typed(_First, query))} if evidence_ids else {}
