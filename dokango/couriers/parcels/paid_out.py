"""What couriers paid out, as it was booked: each payout once, and what was found of every parcel in it."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from dokango.db.columns import check, row_id, strict, text, whole

_OPEN = sql("open_poisha <> 0")


class CourierPayout(SQLModel, table=True):
    """One payout of a courier (its name in the books), or a bill. `digest` tells the same one under another number."""

    __tablename__ = "courier_payout"
    __table_args__ = strict(
        Index("courier_payout_reference", "courier", "reference", unique=True),
        Index("courier_payout_digest", "courier", "digest", unique=True),
    )

    id: int | None = row_id()
    courier: str = text()
    reference: str = text()
    digest: str = text()
    source: str = text()  # "file" or "api"
    name: str = text("")  # of the file
    amount_poisha: int = whole()  # what arrived at the bank in all
    charges_poisha: int = whole()
    open_poisha: int = whole()  # of the amount: what belongs to no parcel of ours yet
    parcels: int = whole()
    differences: int = whole()  # how many lines are not simply paid as agreed
    event_id: int = whole(foreign_key="event.id")
    booked_by: str = text()
    booked_at: int = whole()


class CourierPayoutLine(SQLModel, table=True):
    """What was found of one line of a payout, or of a parcel that is missing in it; amounts are null where unsaid."""

    __tablename__ = "courier_payout_line"
    __table_args__ = strict(
        Index("courier_payout_line_payout", "payout_id", "id"),
        Index("courier_payout_line_shipment", "shipment_id"),
        Index("courier_payout_line_open", "payout_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: int | None = row_id()
    payout_id: int = whole(foreign_key="courier_payout.id")
    line: int = whole()  # of the file; 0 for a missing one
    name: str = text()  # of the parcel, as the courier writes it
    order_id: int | None = whole(None, foreign_key="order.id")
    shipment_id: int | None = whole(None, foreign_key="shipment.id")
    verdict: str = text()
    charge_verdict: str = text("")
    words: str = text("")
    collected_poisha: int | None = whole(None)
    charge_poisha: int | None = whole(None)
    paid_poisha: int | None = whole(None)  # what the courier says it paid for it
    amount_poisha: int = whole(0)  # what was booked on the order
    open_poisha: int = whole(0)
    claim_id: int | None = whole(None)
    claim_poisha: int = whole(0)  # of what arrived: what settles that claim


class CourierClearing(SQLModel, table=True):
    """So much of a sum of a payout that belonged to no parcel was cleared up; without a line, of its unexplained rest.

    Only ever inserted. `act` says how; `order_id` the order that it was for after all.
    """

    __tablename__ = "courier_clearing"
    __table_args__ = strict(
        check("act IN ('assigned', 'given_back', 'set_off')", "courier_clearing_act_known"),
        Index("courier_clearing_payout", "payout_id", "line_id"),
        Index("courier_clearing_line", "line_id"),
    )

    id: int | None = row_id()
    payout_id: int = whole(foreign_key="courier_payout.id")
    line_id: int | None = whole(None, foreign_key="courier_payout_line.id")
    act: str = text()
    order_id: int | None = whole(None, foreign_key="order.id")
    amount_poisha: int = whole()  # below 0: of what the courier took
    reference: str = text()
    event_id: int = whole(foreign_key="event.id")
    cleared_by: str = text()
    cleared_at: int = whole()
