"""One order's parcels in full, as the drawer of the shipping page shows them."""

from __future__ import annotations

from typing import Any

from dokango.audit import said_actor
from dokango.clock import said
from dokango.couriers.kind.status import MEANINGS
from dokango.couriers.kind.webhook import News
from dokango.couriers.parcels.return_asks import Asked, said_status
from dokango.couriers.parcels.shipments import status_of
from dokango.couriers.registry import is_by_api
from dokango.orders.lifecycle.faces import FACES
from dokango.orders.lifecycle.table import ENDED
from dokango.orders.parcels.lists import ParcelFile
from state.shipping.charge_text import charge_words
from state.shipping.text import Row, code_words, collect_words, expected_words, sent_words


def facts_of(file: ParcelFile, *, with_cost: bool) -> list[Row]:
    """What is known of the parcel, each with its label; what is not known is left out, cost for who may not see it."""
    order, parcel = file.order, file.parcel
    live = parcel if parcel is not None and parcel.live else None
    collects = collect_words(order.due_poisha, live) if order.status not in ENDED else ""
    pairs = [("Customer", order.name), ("To collect", collects)]
    if parcel is not None:
        confirmed = said(parcel.synced_at) if parcel.synced_at else ""
        back = parcel.return_leg.replace("_", " ").capitalize()
        pairs = [
            ("Carried by", parcel.carrier or parcel.courier),
            ("Tracking", code_words(parcel)),
            ("Consignment id", parcel.consignment_id),
            ("Parcel name", parcel.invoice if is_by_api(parcel.courier) else ""),
            ("The courier says", MEANINGS[status_of(parcel)].words if parcel.booking == "booked" else ""),
            ("In its own word", parcel.raw_status),
            ("Way back", back),
            *(("Asked back", asked_back_words(asked)) for asked in file.asked_back),
            ("Expected", expected_words(parcel)),
            ("Handed over", said(parcel.booked_at) if parcel.booked_at else ""),
            ("Last confirmed", confirmed),
            ("Courier's charge", charge_words(parcel) if with_cost else ""),
            *pairs,
        ]
    return [{"label": label, "value": value} for label, value in pairs if value]


def asked_back_words(asked: Asked) -> str:
    """A request to bring it back: since when, and what the courier says."""
    return f"{said(asked.asked_at)}: {said_status(asked.status)} ({asked.status}, {said(asked.changed_at)})"


def sent_of(file: ParcelFile) -> list[Row]:
    """Exactly what the courier was sent, by field; how we call the parcel stands among the facts."""
    parcel = file.parcel
    if parcel is None:
        return []
    return [row for row in sent_words(parcel.courier, file.sent) if row["value"] != parcel.invoice]


def told_of(news: tuple[tuple[int, News], ...]) -> list[Row]:
    """The courier's notifications, the latest first. For staff only."""
    return [
        {
            "when": said(at),
            "words": told.message or _in_payout(told) or told.status or told.kind or "A notification without words",
        }
        for at, told in reversed(news)
    ]


def _in_payout(told: News) -> str:
    return f"In payout {told.payout_id}" if told.payout_id else ""


def steps_of(events: tuple[Any, ...]) -> list[Row]:
    """What happened to the parcel, the latest first."""
    return [
        {
            "when": said(event.happened_at),
            "who": said_actor(event.actor, event.actor_kind),
            "title": FACES[event.action].on_parcel,
            "words": event.note,
        }
        for event in reversed(events)
        if event.action in FACES and FACES[event.action].on_parcel
    ]
