"""Claims as the desk lists them: what waits first, by the end of its courier's window, then what is closed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, case, func, select

from dokango.couriers.models import Shipment
from dokango.db import Statement, Tx, table_of, typed
from dokango.orders.book.rows import ORDER
from dokango.orders.claims.rows import CLAIM, PHOTO
from dokango.paging import Page, Paged

_FAR = 4 * 10**18  # microseconds; no window ends as late, so what is closed stands below what waits
_S = table_of(Shipment)


class ListedClaim(NamedTuple):
    """One claim with its order and parcel; `place` is where it stands in the list."""

    id: int
    place: int
    number: str
    name: str
    courier: str
    carrier: str
    invoice: str
    consignment_id: str
    kind: str
    state: str
    words: str
    claimed_poisha: int
    paid_poisha: int
    due_at: int
    opened_at: int
    opened_by: str
    closed_at: int | None
    closed_by: str
    reference: str
    reason: str
    photos: int


_place = case((CLAIM.c.closed_at.is_(None), CLAIM.c.due_at), else_=_FAR - CLAIM.c.closed_at).label("place")
_photos = select(func.count()).where(PHOTO.c.claim_id == CLAIM.c.id).scalar_subquery().label("photos")
_LISTED = (
    select(
        CLAIM.c.id, _place, ORDER.c.number, ORDER.c.name, _S.c.courier, _S.c.carrier, _S.c.invoice,
        _S.c.consignment_id, CLAIM.c.kind, CLAIM.c.state, CLAIM.c.words, CLAIM.c.claimed_poisha, CLAIM.c.paid_poisha,
        CLAIM.c.due_at, CLAIM.c.opened_at, CLAIM.c.opened_by, CLAIM.c.closed_at, CLAIM.c.closed_by,
        CLAIM.c.reference, CLAIM.c.reason, _photos,
    )
    .join(ORDER, ORDER.c.id == CLAIM.c.order_id)
    .join(_S, _S.c.id == CLAIM.c.shipment_id)
)  # fmt: skip
_ALL = Paged(ListedClaim, _LISTED, by=(_place, CLAIM.c.id))
_OF_ORDER = typed(ListedClaim, _LISTED.where(ORDER.c.number == bindparam("number")).order_by(CLAIM.c.id))
_OPEN = Statement(select(func.count()).where(CLAIM.c.closed_at.is_(None)))


def page(tx: Tx, cursor: str = "") -> Page[ListedClaim]:
    """One page of all claims; raises NotOurCursor."""
    return _ALL.page(tx, cursor)


def listed(tx: Tx, ids: Sequence[int]) -> list[ListedClaim]:
    """The claims with these ids, as they stand now."""
    return tx.rows(typed(ListedClaim, _LISTED.where(CLAIM.c.id.in_(list(ids))))) if ids else []


def of_number(tx: Tx, number: str) -> list[ListedClaim]:
    """The claims of one order, the first first."""
    return tx.rows(_OF_ORDER, number=number)


def how_many_open(tx: Tx) -> int:
    """How many wait for their couriers."""
    return int(tx.value(_OPEN))
