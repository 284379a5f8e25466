"""Parcels as the couriers know them, and what couriers told us, raw."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from dokango.db.columns import check, row_id, strict, text, whole

_TO_ASK = sql("ask_at IS NOT NULL")
_OPEN = sql("closed_at IS NULL")


_NOBODYS = sql("order_id IS NULL")
_TRAVELS = sql("live = 1 AND booking = 'booked' AND late_at IS NULL AND status <> 'delivered'")


class Shipment(SQLModel, table=True):
    """One parcel of an order. `live` is 1 for the one that counts and null for superseded, refused or ended ones."""

    __table_args__ = strict(
        check("booking IN ('requested', 'booked', 'refused', 'uncertain', 'superseded')", "shipment_booking_known"),
        check("live IS NULL OR live = 1", "shipment_live_flag"),
        check("cod_poisha >= 0", "shipment_cod_not_negative"),
        Index("shipment_one_live", "order_id", "live", unique=True),
        Index("shipment_consignment", "courier", "consignment_id"),
        Index("shipment_tracking", "tracking_code"),
        Index("shipment_status", "live", "status"),
        Index("shipment_due", "estimated_delivery", "id", sqlite_where=_TRAVELS, postgresql_where=_TRAVELS),
        Index("shipment_booked_at", "booked_at"),
        Index("shipment_to_ask", "courier", "ask_at", sqlite_where=_TO_ASK, postgresql_where=_TO_ASK),
    )

    id: int | None = row_id()
    order_id: int = whole(foreign_key="order.id")
    live: int | None = whole(1)
    courier: str = text()  # a key of COURIERS
    carrier: str = text("")  # the courier's name; of a manual courier, who carries it
    booking: str = text()
    invoice: str = text(unique=True)
    consignment_id: str = text("")
    tracking_code: str = text("")
    tracking_link: str = text("")
    status: str = text("")
    raw_status: str = text("")
    return_leg: str = text("")  # how far it is on its way back
    problem: str = text("")
    cod_poisha: int = whole(0)  # what the courier was told to collect
    asked_cod_poisha: int | None = whole(None)  # what it was asked to collect instead, until somebody knows
    weight_g: int = whole(0)  # what it was told of the weight; 0: nothing
    payload: str = text("{}")  # exactly what was sent
    told: str = text("{}")  # by field of a parcel: [what the courier knows, what the order said then]
    answer: str = text("")  # exactly what came back
    estimated_delivery: str = text("")  # a Dhaka day, ISO: by which it comes
    usual_delivery: str | None = text(None)  # by which half of the shop's own do; None without a history
    late_at: int | None = whole(None)  # when its customer was told of another day
    requested_at: int = whole()
    booked_at: int | None = whole(None)
    status_at: int | None = whole(None)
    synced_at: int | None = whole(None)  # when the courier last said how it fares
    ask_at: int | None = whole(None)  # when it is asked about next; null: never
    handed_over_at: int | None = whole(None)  # when it was scanned out of the door
    expected_charge_poisha: int | None = whole(None)  # by the courier's tariff; null where nobody knows
    expected_back_poisha: int | None = whole(None)  # the same, in case it comes back
    charge_poisha: int | None = whole(None)  # what the courier really charged, as booked; null until that is known


class ParcelRequest(SQLModel, table=True):
    """What a courier was asked to do with a booked parcel: written before the call, settled after it.

    `open` is 1 until it is known what came of it, and null from then on: one of a kind at a time.
    """

    __tablename__ = "parcel_request"
    __table_args__ = strict(
        check("what IN ('cancel', 'change')", "parcel_request_what_known"),
        check("state IN ('asked', 'accepted', 'uncertain', 'done', 'refused')", "parcel_request_state_known"),
        check("(open IS NULL) = (state IN ('done', 'refused'))", "parcel_request_open_flag"),
        check("(open IS NULL) = (settled_at IS NOT NULL)", "parcel_request_settled_once"),
        Index("parcel_request_one_open", "shipment_id", "what", "open", unique=True),
    )

    id: int | None = row_id()
    shipment_id: int = whole(foreign_key="shipment.id")
    what: str = text()
    state: str = text()
    open: int | None = whole(1)
    reason: str = text("")
    sent: str = text("{}")  # of a change: by field of a parcel, what the courier is told
    answer: str = text("")  # their words, or ours about how it ended
    asked_by: str = text()
    asked_at: int = whole()
    settled_at: int | None = whole(None)


class CourierNews(SQLModel, table=True):
    """A webhook as it arrived, kept before it is believed. `key` is the sender's, or the body's hash."""

    __tablename__ = "courier_news"
    __table_args__ = strict(
        Index("courier_news_order", "order_id"),
        Index("courier_news_courier", "courier", "id"),
        Index("courier_news_nobodys", "courier", "received_at", sqlite_where=_NOBODYS, postgresql_where=_NOBODYS),
    )

    id: int | None = row_id()
    key: str = text(unique=True)
    courier: str = text()
    order_id: int | None = whole(None, foreign_key="order.id")
    body: str = text()
    received_at: int = whole()
    handled_at: int | None = whole(None)


class CourierSession(SQLModel, table=True):
    """Signed in at a courier: one row an account, whose token is sealed. Times in microseconds."""

    __tablename__ = "courier_session"
    __table_args__ = strict()

    id: int | None = row_id()
    name: str = text(unique=True)  # the courier and a print of the account's keys
    courier: str = text()
    sealed: str = text("")
    renewing_until: int = whole(0)  # somebody signs in until then; 0: nobody does
    next_call_at: int = whole(0)  # when the next call may begin, at the pace that the owner set


class CourierAreaList(SQLModel, table=True):
    """A courier's list of places as it was fetched. `key` names whose, which level, and under which place."""

    __tablename__ = "courier_area_list"
    __table_args__ = strict()

    id: int | None = row_id()
    key: str = text(unique=True)
    areas: str = text()
    fetched_at: int = whole()


class CourierContact(SQLModel, table=True):
    """The line to one courier: `asks` has the lease on asking about parcels until `held_until`."""

    __tablename__ = "courier_contact"
    __table_args__ = strict()

    id: int | None = row_id()
    courier: str = text(unique=True)  # a key of COURIERS
    asks: str = text("")
    held_until: int | None = whole(None)
    next_round_at: int = whole(0)
    answered_at: int | None = whole(None)
    silent_since: int | None = whole(None)
    why: str = text("")
    moves_found: int = whole(0)  # by asking, since found_from, without a webhook
    found_from: int | None = whole(None)


class CourierAnswer(SQLModel, table=True):
    """What a courier answered about places or a buyer. `tried_at` without an answer leaves an older one as it is."""

    __tablename__ = "courier_answer"
    __table_args__ = strict()

    id: int | None = row_id()
    key: str = text(unique=True)
    body: str = text("")
    answered_at: int | None = whole(None)
    tried_at: int = whole()


class ReturnAsk(SQLModel, table=True):
    """A request to bring a parcel back, as the courier keeps it; looked at again at `ask_at` until it is closed."""

    __tablename__ = "return_ask"
    __table_args__ = strict(
        UniqueConstraint("courier", "request_id"),
        Index("return_ask_shipment", "shipment_id"),
        Index("return_ask_open", "ask_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: int | None = row_id()
    shipment_id: int = whole(foreign_key="shipment.id")
    courier: str = text()
    request_id: str = text()
    status: str = text()
    reason: str = text()
    asked_at: int = whole()
    changed_at: int = whole()
    ask_at: int = whole()
    closed_at: int | None = whole(None)


class DeliveryDays(SQLModel, table=True):
    """How many parcels of a courier (as the books call it) came to a district within so many days."""

    __tablename__ = "delivery_days"
    __table_args__ = strict(
        check("days >= 0 AND days <= 60", "delivery_days_within"),
        check("deliveries > 0", "delivery_days_counted"),
    )

    courier: str = text(primary_key=True)
    district: str = text(primary_key=True)
    days: int = whole(primary_key=True)
    deliveries: int = whole()


class CourierRecord(SQLModel, table=True):
    """What else is counted of a courier (as the books call it) in a district: see `parcels.record`."""

    __tablename__ = "courier_record"
    __table_args__ = strict(
        check("undelivered >= 0", "courier_record_undelivered"),
        check("charged >= 0", "courier_record_charged"),
    )

    courier: str = text(primary_key=True)
    district: str = text(primary_key=True)
    undelivered: int = whole()  # parcels that came back, or were lost
    charged: int = whole()  # parcels whose charge is booked
    charge_poisha: int = whole()  # all of these together
