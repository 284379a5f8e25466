"""Payouts that couriers told of by themselves or when asked, until somebody looks at them; nothing of it is booked."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from dokango.db.columns import check, row_id, strict, text, whole

_OPEN = sql("set_aside_at IS NULL")


class ToldPayout(SQLModel, table=True):
    """A payout as its courier calls it; amounts and times are null where it does not say."""

    __tablename__ = "told_payout"
    __table_args__ = strict(
        check("source IN ('api', 'notice')", "told_payout_source_known"),
        Index("told_payout_reference", "courier", "reference", unique=True),
        Index("told_payout_open", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: int | None = row_id()
    courier: str = text()
    reference: str = text()
    source: str = text()  # "api": its list was asked for; "notice": its webhook named it
    amount_poisha: int | None = whole(None)
    paid_at: int | None = whole(None)
    status: str = text("")  # its word
    heard_at: int = whole()
    set_aside_by: str = text("")
    set_aside_at: int | None = whole(None)


class ToldPayoutParcel(SQLModel, table=True):
    """A parcel that the courier says is in a payout."""

    __tablename__ = "told_payout_parcel"
    __table_args__ = strict(
        Index("told_payout_parcel_once", "told_payout_id", "shipment_id", unique=True),
        Index("told_payout_parcel_shipment", "shipment_id"),
    )

    id: int | None = row_id()
    told_payout_id: int = whole(foreign_key="told_payout.id")
    shipment_id: int = whole(foreign_key="shipment.id")


class PayoutTurn(SQLModel, table=True):
    """When a courier is asked for its payouts next. While somebody asks, that is when they are taken for dead."""

    __tablename__ = "payout_turn"
    __table_args__ = strict()

    id: int | None = row_id()
    courier: str = text(unique=True)
    next_at: int = whole()
