"""All of one claim: its order and parcel, what it is for, its photos, how the parcel left, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass

from dokango import audit
from dokango.couriers import inbox
from dokango.couriers.parcels import shipments
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.db import Tx
from dokango.orders.book import rows as orders
from dokango.orders.book.rows import OrderRow
from dokango.orders.claims import rows
from dokango.orders.claims.rows import ClaimedRow, ClaimOnCourier, PhotoRow
from dokango.orders.parcels import manifest
from dokango.orders.parcels.manifest import Manifest

# What a courier may read of the order's own history; money and the staff's remarks are none of it.
_TOLD = {
    "place": "ordered", "pack": "packed", "ship": "handed to the courier",
    "hand_over": "scanned out with the rider's list", "not_handed_over": "not taken by the rider",
    "receive_return": "came back", "inspect": "inspected",
    "lose_parcel": "given up as lost", "open_claim": "claimed",
}  # fmt: skip
_WITH_WORDS = ("inspect",)
MOST_HAPPENINGS = 60


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing on the parcel's way; `by_courier`: in its own words."""

    at_us: int
    words: str
    by_courier: bool = False


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim as a page and a paper show it; `handover` is None for a parcel that was never scanned out."""

    claim: ClaimOnCourier
    order: OrderRow
    parcel: ParcelRow
    lines: tuple[ClaimedRow, ...]
    photos: tuple[PhotoRow, ...]
    handover: Manifest | None
    happenings: tuple[Happening, ...]

    @property
    def place(self) -> int:
        """Where in the rider's list the parcel stood, from 1; 0 without one."""
        listed = self.handover.rows if self.handover is not None else ()
        return next((at for at, row in enumerate(listed, 1) if row.shipment_id == self.parcel.id), 0)


def claim_view(tx: Tx, claim_id: int) -> ClaimView:
    """One claim; raises NotFound."""
    claim = rows.by_id(tx, claim_id)
    order = orders.by_number(tx, orders.number_of(tx, claim.order_id))
    parcel = shipments.by_id(tx, claim.shipment_id)
    return ClaimView(
        claim, order, parcel, tuple(rows.lines_of(tx, claim_id)), tuple(rows.photos_of(tx, claim_id)),
        manifest.handed_over_with(tx, parcel), _happenings(tx, claim, parcel),
    )  # fmt: skip


def _happenings(tx: Tx, claim: ClaimOnCourier, parcel: ParcelRow) -> tuple[Happening, ...]:
    """Of the order's history what a courier may read, and all that it said of this parcel, the first first."""
    ours = [
        Happening(event.happened_at, _words(event.action, event.note))
        for event in audit.of_order(tx, claim.order_id)
        if event.action in _TOLD
    ]
    theirs = [
        Happening(at, news.message or news.status, by_courier=True)
        for at, news in inbox.news_of(tx, claim.order_id)
        if news.invoice in ("", parcel.invoice) and (news.message or news.status)
    ]
    return tuple(sorted([*ours, *theirs], key=lambda one: one.at_us)[-MOST_HAPPENINGS:])


def _words(action: str, note: str) -> str:
    return f"{_TOLD[action]}: {note}" if action in _WITH_WORDS and note else _TOLD[action]
