"""What is done outside requests about parcels: looking for lost bookings, checking what webhooks hinted at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from dokango.clock import US_PER_DAY, US_PER_S, Clock
from dokango.courier_errors import CourierUnavailable
from dokango.couriers import inbox
from dokango.couriers.desk import CourierDesk
from dokango.couriers.inbox import READ_NEWS, NewsRow
from dokango.couriers.kind.base import Booking, ParcelName
from dokango.couriers.kind.status import CarrierStatus, StatusReading, fold
from dokango.couriers.kind.webhook import News
from dokango.couriers.parcels import asking, shipments, told_payouts
from dokango.couriers.parcels.shipments import ParcelRow, told_poisha
from dokango.db import Database, Tx
from dokango.errors import NotFound
from dokango.jobs.queue import Payload, enqueue
from dokango.money import POISHA_PER_TAKA, taka
from dokango.orders.book import rows, search
from dokango.orders.cases import by_courier
from dokango.orders.cases.amounts import TELL_AMOUNT
from dokango.orders.cases.moves import Happened, about_parcel, open_case
from dokango.orders.lifecycle.perform import Context
from dokango.orders.parcels.beforehand import ASK_BUYER, ASK_STATIONS, ask_buyer, ask_stations
from dokango.orders.parcels.book import SETTLE_BOOKING, record_booking
from dokango.orders.parcels.cancel_booking import SETTLE_CANCEL, look_at_cancel
from dokango.orders.parcels.news import apply_reading, sync_shipment
from dokango.orders.parcels.tell_amount import tell_amount
from dokango.orders.parcels.tell_changes import SETTLE_CHANGE, look_at_change
from dokango.orders.parcels.uncertain import look_again
from dokango.people.actor import SYSTEM, Actor
from dokango.people.permissions import Role

SYNC_PARCEL = "sync_parcel"
# Their status answers are cached for a minute: what a webhook told may not show in the API yet.
CACHE_S, MOST_LOOKS = 65, 3
ASKED_FOR_DAYS, LONGEST_WAIT_S = 7, 900  # about an id that a webhook brought, while its courier does not answer

Handler = Callable[[CourierDesk, Database, Clock, Payload], None]


def settle_booking(desk: CourierDesk, db: Database, clock: Clock, payload: Payload) -> None:
    """Look again for a booking of unknown outcome."""
    look_again(desk, db, clock, int(payload["shipment_id"]), int(payload["look"]))


def read_courier_news(desk: CourierDesk, db: Database, clock: Clock, payload: Payload) -> None:
    """Ask the courier whether what its webhook hinted at is so."""
    news_id = int(payload["news_id"])
    stored = db.read(lambda tx: inbox.news_by_id(tx, news_id))
    if stored is None or stored.handled_at is not None:
        return
    news = inbox.read_news(stored)
    row = db.read(lambda tx: shipments.named(tx, stored.courier, news.consignment_id, news.invoice))
    if row is not None:
        try:
            _complete(desk, db, clock, row, news)
        except CourierUnavailable:
            if not _is_to_be_asked_later(db, clock, stored, int(payload.get("look", 1))):
                raise
            return
        _note_amount(db, clock, row, news)
        if news.counts is None and not _is_known(db, row.id, news.status, stored.received_at):
            _follow(desk, db, clock, row.id, news.status, look=1, mark=f"news/{news_id}")
        elif news.counts is not None:
            _count(db, clock, row.id, news.counts)
        _hear(db, clock, row, news, f"courier-news/{news_id}")
        if news.payout_id:
            db.write(partial(_in_payout, row=row, reference=news.payout_id, now_us=clock.now_us()))
    db.write(lambda tx: inbox.mark_handled(tx, news_id, clock.now_us()))


def sync_parcel(desk: CourierDesk, db: Database, clock: Clock, payload: Payload) -> None:
    """Ask again, after their cache has let go of the old answer."""
    _follow(
        desk, db, clock, int(payload["shipment_id"]), str(payload["hint"]), int(payload["look"]), str(payload["mark"])
    )


HANDLERS: dict[str, Handler] = {
    SETTLE_BOOKING: settle_booking,
    READ_NEWS: read_courier_news,
    SYNC_PARCEL: sync_parcel,
    ASK_STATIONS: ask_stations,
    ASK_BUYER: ask_buyer,
    TELL_AMOUNT: tell_amount,
    SETTLE_CANCEL: look_at_cancel,
    SETTLE_CHANGE: look_at_change,
}


def _complete(desk: CourierDesk, db: Database, clock: Clock, row: ParcelRow, news: News) -> None:
    """A webhook may bring what a lost answer left open: the id of an unsettled booking, or its tracking code."""
    if row.booking in ("requested", "uncertain", "refused") and news.consignment_id and row.invoice == news.invoice:
        try:
            reading = desk.courier(row.courier).status(ParcelName(consignment_id=news.consignment_id))
        except NotFound:
            return
        booking = Booking(
            news.consignment_id, news.tracking_code, raw_status=reading.raw, status=reading.status,
            charge_poisha=news.charge_poisha, return_leg=reading.return_leg,
        )  # fmt: skip
        db.write(lambda tx: _landed(tx, clock, row, booking))
    elif (news.tracking_code and not row.tracking_code) or (news.consignment_id and not row.consignment_id):
        db.write(lambda tx: _named_now(tx, row, news))


def _is_to_be_asked_later(db: Database, clock: Clock, stored: NewsRow, look: int) -> bool:
    """A courier that is down for a day must not cost the id that its webhook brought: it is asked again, for days."""
    now_us = clock.now_us()
    if now_us - stored.received_at > ASKED_FOR_DAYS * US_PER_DAY:
        return False
    payload = {"news_id": stored.id, "look": look + 1}
    db.write(
        lambda tx: enqueue(
            tx, READ_NEWS, f"{READ_NEWS}/{stored.id}/{look + 1}", payload, now_us=now_us,
            due_us=now_us + min(60 * look, LONGEST_WAIT_S) * US_PER_S, order_id=stored.order_id,
        )
    )  # fmt: skip
    return True


def _note_amount(db: Database, clock: Clock, row: ParcelRow, news: News) -> None:
    """They changed what the rider collects: a person compares it with what is paid out."""
    was, now = news.collect_was_poisha, news.collect_is_poisha
    if fold(news.status) == CarrierStatus.DELIVERED and news.collected_poisha not in (None, told_poisha(row)):
        was, now = told_poisha(row), news.collected_poisha
    if was is None or now is None:
        return
    words = f"{row.carrier} changed what is collected from {taka(was)} to {taka(now)}. Compare the payout with it."
    key = f"shipment/{row.id}/amount/{was // POISHA_PER_TAKA}-{now // POISHA_PER_TAKA}"
    db.write(
        lambda tx: open_case(tx, about_parcel(row), "amount_changed", Happened(key, words, clock.now_us(), _said(row)))
    )


def _is_known(db: Database, shipment_id: int, hint: str, since_us: int) -> bool:
    """Whether the courier was asked after the notification came, and said the same: it need not be asked again."""
    row = db.read(lambda tx: shipments.by_id(tx, shipment_id))
    return bool(hint) and (row.synced_at or 0) >= since_us and fold(row.raw_status) == fold(hint)


def _count(db: Database, clock: Clock, shipment_id: int, reading: StatusReading) -> None:
    """What no call can tell: it counts as it came, for a parcel that the courier is known to have."""

    def apply(tx: Tx) -> None:
        if shipments.by_id(tx, shipment_id).booking in ("booked", "superseded"):
            apply_reading(tx, clock, shipment_id, reading, clock.now_us())

    db.write(apply)


def _hear(db: Database, clock: Clock, row: ParcelRow, news: News, key: str) -> None:
    """The rider's words stand on the case that is open; no case is opened by words alone."""
    if news.message:
        heard = Happened(key, news.message, clock.now_us(), _said(row))
        db.write(lambda tx: by_courier.hear(tx, row, news.message, heard))


def _in_payout(tx: Tx, row: ParcelRow, reference: str, now_us: int) -> None:
    """Also of a parcel that nobody knew when its payout was told of."""
    told_payouts.hear_of_parcel(tx, row.courier, reference, row.id, now_us)


def _said(row: ParcelRow) -> Actor:
    return Actor(0, row.carrier or row.courier, Role.SYSTEM)


def _landed(tx: Tx, clock: Clock, row: ParcelRow, booking: Booking) -> None:
    record_booking(tx, Context(SYSTEM, clock), rows.number_of(tx, row.order_id), row.id, booking)


def _named_now(tx: Tx, row: ParcelRow, news: News) -> None:
    shipments.change(
        tx,
        row.id,
        tracking_code=row.tracking_code or news.tracking_code,
        consignment_id=row.consignment_id or news.consignment_id,
    )
    search.add_words(tx, row.order_id, [news.tracking_code, news.consignment_id])


def _follow(desk: CourierDesk, db: Database, clock: Clock, shipment_id: int, hint: str, look: int, mark: str) -> None:
    """Sync, and once more a minute later while the API does not say what the webhook did."""
    try:
        sync_shipment(desk, db, clock, shipment_id)
    except CourierUnavailable:
        # it does not answer now: who follows parcels asks as soon as it does
        db.write(lambda tx: asking.ask_first(tx, shipments.by_id(tx, shipment_id)))
        return
    row = db.read(lambda tx: shipments.by_id(tx, shipment_id))
    if not hint or fold(row.raw_status) == fold(hint) or look >= MOST_LOOKS:
        return
    now_us = clock.now_us()
    payload: Payload = {"shipment_id": shipment_id, "hint": hint, "look": look + 1, "mark": mark}
    db.write(
        lambda tx: enqueue(
            tx, SYNC_PARCEL, f"{SYNC_PARCEL}/{mark}/{look + 1}", payload, now_us=now_us,
            due_us=now_us + CACHE_S * US_PER_S, order_id=row.order_id,
        )
    )  # fmt: skip
