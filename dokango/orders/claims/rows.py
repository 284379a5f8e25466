"""Reading claims, what they are for, and their photos."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from sqlalchemy import bindparam, case, func, or_, select

from dokango.db import Statement, Tx, table_of, typed
from dokango.errors import NotFound
from dokango.ledger import accounts
from dokango.ledger.models import Posting
from dokango.orders.book.models import OrderLine
from dokango.orders.claims.models import ClaimLine, ClaimPhoto, CourierClaim

CLAIM, PHOTO, CLAIMED = table_of(CourierClaim), table_of(ClaimPhoto), table_of(ClaimLine)
_LINE, _P = table_of(OrderLine), table_of(Posting)
MOST = 500


class ClaimOnCourier(NamedTuple):
    """All columns of a claim; what each holds stands with the model."""

    id: int
    order_id: int
    shipment_id: int
    kind: str
    state: str
    words: str
    claimed_poisha: int
    paid_poisha: int
    packed_g: int
    found_g: int
    handed_at: int
    opened_at: int
    opened_by: str
    due_at: int
    reference: str
    reason: str
    closed_at: int | None
    closed_by: str

    @property
    def is_open(self) -> bool:
        """Whether the courier has neither paid nor refused."""
        return self.closed_at is None


class PhotoRow(NamedTuple):
    """One photo of a claim."""

    name: str
    added_by: str
    added_at: int


class ClaimedRow(NamedTuple):
    """So many of a line that was `sent`, at its price."""

    line_id: int
    sku: str
    title: str
    variant_title: str
    quantity: int
    sent: int
    unit_price_poisha: int


_BY_ID = typed(ClaimOnCourier, select(*CLAIM.c).where(CLAIM.c.id == bindparam("row")))
_OF_ORDER = typed(
    ClaimOnCourier, select(*CLAIM.c).where(CLAIM.c.order_id == bindparam("order_id")).order_by(CLAIM.c.id)
)
_OPEN = typed(
    ClaimOnCourier, select(*CLAIM.c).where(CLAIM.c.closed_at.is_(None)).order_by(CLAIM.c.due_at, CLAIM.c.id).limit(MOST)
)
_PHOTOS = typed(
    PhotoRow,
    select(PHOTO.c.name, PHOTO.c.added_by, PHOTO.c.added_at)
    .where(PHOTO.c.claim_id == bindparam("claim_id"))
    .order_by(PHOTO.c.id),
)
_LINES = typed(
    ClaimedRow,
    select(
        CLAIMED.c.line_id, _LINE.c.sku, _LINE.c.title, _LINE.c.variant_title, CLAIMED.c.quantity,
        _LINE.c.quantity.label("sent"), _LINE.c.unit_price_poisha,
    )
    .join(_LINE, _LINE.c.id == CLAIMED.c.line_id)
    .where(CLAIMED.c.claim_id == bindparam("claim_id"))
    .order_by(_LINE.c.id),
)  # fmt: skip
_LOSS_LEFT = Statement(
    select(
        func.coalesce(
            func.sum(case((_P.c.debit == accounts.WRITE_OFF, _P.c.amount_poisha), else_=-_P.c.amount_poisha)), 0
        )
    ).where(
        _P.c.order_id == bindparam("order_id"),
        or_(_P.c.debit == accounts.WRITE_OFF, _P.c.credit == accounts.WRITE_OFF),
    )
)


def by_id(tx: Tx, claim_id: int) -> ClaimOnCourier:
    """One claim; raises NotFound."""
    found = tx.one(_BY_ID, row=claim_id)
    if found is None:
        raise NotFound("claim", claim_id)
    return found


def of_order(tx: Tx, order_id: int) -> list[ClaimOnCourier]:
    """Every claim of an order, the oldest first."""
    return tx.rows(_OF_ORDER, order_id=order_id)


def of_parcels(tx: Tx, shipment_ids: Sequence[int]) -> Iterator[ClaimOnCourier]:
    """Every claim of these parcels, the first first; in a few queries however many parcels there are."""
    rest = iter(shipment_ids)
    while part := list(islice(rest, MOST)):
        yield from tx.rows(
            typed(ClaimOnCourier, select(*CLAIM.c).where(CLAIM.c.shipment_id.in_(part)).order_by(CLAIM.c.id))
        )


def open_ones(tx: Tx) -> list[ClaimOnCourier]:
    """The claims that wait for their couriers, the one whose window ends first on top."""
    return tx.rows(_OPEN)


def photos_of(tx: Tx, claim_id: int) -> list[PhotoRow]:
    """A claim's photos, as they were added."""
    return tx.rows(_PHOTOS, claim_id=claim_id)


def lines_of(tx: Tx, claim_id: int) -> list[ClaimedRow]:
    """What the claim is for."""
    return tx.rows(_LINES, claim_id=claim_id)


def loss_left_poisha(tx: Tx, order_id: int) -> int:
    """What was written off of an order at cost, on the way or when it was back, and no claim has brought in yet."""
    return max(0, int(tx.value(_LOSS_LEFT, order_id=order_id)))
