"""Claims on couriers, what they are for, and the photos that prove them."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from dokango.db.columns import check, row_id, strict, text, whole

_OPEN = sql("closed_at IS NULL")


class CourierClaim(SQLModel, table=True):
    """What is claimed for one parcel. Of a parcel one claim is open at most; `due_at` ends the courier's window."""

    __tablename__ = "courier_claim"
    __table_args__ = strict(
        check("kind IN ('lost', 'damaged', 'short_weight')", "courier_claim_kind_known"),
        check("state IN ('open', 'paid', 'part_paid', 'refused')", "courier_claim_state_known"),
        check("(state = 'open') = (closed_at IS NULL)", "courier_claim_closed_says_when"),
        check("claimed_poisha > 0 AND paid_poisha >= 0", "courier_claim_amounts"),
        Index("courier_claim_one_open", "shipment_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("courier_claim_order", "order_id", "id"),
        Index("courier_claim_due", "due_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: int | None = row_id()
    order_id: int = whole(foreign_key="order.id")
    shipment_id: int = whole(foreign_key="shipment.id")
    kind: str = text()
    state: str = text()
    words: str = text()
    claimed_poisha: int = whole()
    paid_poisha: int = whole()
    packed_g: int = whole()  # weight at packing; 0: not known
    found_g: int = whole()  # weight as it arrived; 0: not known
    handed_at: int = whole()
    opened_at: int = whole()
    opened_by: str = text()
    due_at: int = whole()
    reference: str = text()
    reason: str = text()  # why it was refused, or paid in part
    closed_at: int | None = whole(None)
    closed_by: str = text()


class ClaimLine(SQLModel, table=True):
    """So many of a line of the order that the claim is for."""

    __tablename__ = "claim_line"
    __table_args__ = strict(
        check("quantity > 0", "claim_line_quantity_positive"),
        Index("claim_line_once", "claim_id", "line_id", unique=True),
    )

    id: int | None = row_id()
    claim_id: int = whole(foreign_key="courier_claim.id")
    line_id: int = whole(foreign_key="order_line.id")
    quantity: int = whole()


class ClaimPhoto(SQLModel, table=True):
    """A photo of a claim: `name` is its file's, made of its content."""

    __tablename__ = "claim_photo"
    __table_args__ = strict(Index("claim_photo_once", "claim_id", "name", unique=True))

    id: int | None = row_id()
    claim_id: int = whole(foreign_key="courier_claim.id")
    name: str = text()
    added_by: str = text()
    added_at: int = whole()
