"""A claim on a courier as pages show it: plain words, ready for a cell."""

from __future__ import annotations

from collections.abc import Sequence

from dokango.clock import said, said_day
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.money import taka
from dokango.orders.claims.lists import ListedClaim
from dokango.orders.claims.steps import KIND_WORDS, MOST_PHOTOS
from dokango.orders.claims.view import ClaimView
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.people.phones import said_phone
from dokango.text import how_many
from state.problems.text import CLAIMS_PAGE, due_words, span_words

STATES = {"open": "Waits", "paid": "Paid", "part_paid": "Paid in part", "refused": "Refused"}
Row = dict[str, str]


def row_of(claim: ListedClaim, now_us: int) -> Row:
    """One row of the list, and of an order's card."""
    is_open = claim.closed_at is None
    return {
        "id": str(claim.id),
        "href": f"{CLAIMS_PAGE}/{claim.id}",
        "paper": f"/papers/claims/{claim.id}.pdf",
        "number": claim.number,
        "name": claim.name,
        "carrier": claim.carrier or claim.courier,
        "code": claim.consignment_id or claim.invoice,
        "kind": KIND_WORDS[claim.kind],
        "state": claim.state,
        "words": claim.words,
        "claimed": taka(claim.claimed_poisha),
        "paid": taka(claim.paid_poisha) if claim.paid_poisha else "",
        "due": due_words(claim.due_at, now_us) if is_open else "",
        "left": left_words(claim.due_at, now_us) if is_open else "",
        "late": "1" if is_open and claim.due_at < now_us else "",
        "exact": said(claim.due_at),
        "ended": said(claim.closed_at) if claim.closed_at is not None else "",
        "ended_by": claim.closed_by,
        "how": " · ".join(part for part in (claim.reference, claim.reason) if part),
        "photos": how_many(claim.photos, "photo") if claim.photos else "no photo yet",
        "fresh": "",
    }


def claimable_from(parcel: ParcelRow | None, claims: Sequence[ListedClaim], actor: Actor) -> str:
    """Who had an order's last parcel, where its loss may be claimed from them now; else ""."""
    if parcel is None or not actor.may(Permission.SHIP):
        return ""
    mine = [claim for claim in claims if claim.invoice == parcel.invoice]
    return "" if any(claim.state in ("open", "paid") for claim in mine) else parcel.carrier or parcel.courier


def claim_in_words(view: ClaimView, now_us: int) -> Row:
    """One claim on its own page."""
    claim, parcel, order = view.claim, view.parcel, view.order
    handover = view.handover
    return {
        "id": str(claim.id),
        "number": order.number,
        "paper": f"/papers/claims/{claim.id}.pdf",
        "upload": f"/upload/claim-photos/{claim.id}",
        "name": order.name,
        "phone": order.phone,
        "phone_said": said_phone(order.phone),
        "state": claim.state,
        "kind": KIND_WORDS[claim.kind],
        "claimed": taka(claim.claimed_poisha),
        "paid": taka(claim.paid_poisha),
        "words": claim.words,
        "opened": said(claim.opened_at),
        "opened_by": claim.opened_by,
        "due": due_words(claim.due_at, now_us) if claim.is_open else "",
        "left": left_words(claim.due_at, now_us) if claim.is_open else "",
        "late": "1" if claim.is_open and claim.due_at < now_us else "",
        "exact": said(claim.due_at),
        "ended": said(claim.closed_at) if claim.closed_at is not None else "",
        "ended_by": claim.closed_by,
        "reference": claim.reference,
        "reason": claim.reason,
        "carrier": parcel.carrier or parcel.courier,
        "consignment": parcel.consignment_id,
        "code": parcel.tracking_code,
        "parcel": parcel.invoice,
        "packed_g": grams(claim.packed_g),
        "found_g": grams(claim.found_g),
        "booked": said(claim.handed_at),
        "handed": said(parcel.handed_over_at) if parcel.handed_over_at is not None else "",
        "listed": f"no. {view.place} of {len(handover.rows)}, {said_day(handover.day)}" if handover is not None else "",
        "list": f"/papers/handover.pdf?courier={handover.who}&day={handover.day}" if handover is not None else "",
        "may_photo": "1" if claim.is_open and len(view.photos) < MOST_PHOTOS else "",
    }


def lines_in_words(view: ClaimView) -> list[Row]:
    """What the claim is for."""
    return [
        {
            "title": " · ".join(part for part in (line.title, line.variant_title) if part), "sku": line.sku,
            "quantity": f"{line.quantity} of {line.sent}", "price": taka(line.quantity * line.unit_price_poisha),
        }
        for line in view.lines
    ]  # fmt: skip


def photos_in_words(view: ClaimView) -> list[Row]:
    """Its photos."""
    return [
        {"src": f"/claims/photos/{photo.name}", "said": f"{said(photo.added_at)}, {photo.added_by}"}
        for photo in view.photos
    ]


def happened_in_words(view: ClaimView) -> list[Row]:
    """What happened to the parcel, the newest first."""
    return [
        {"at": said(one.at_us), "words": one.words, "by": view.parcel.carrier if one.by_courier else ""}
        for one in reversed(view.happenings)
    ]


def left_words(due_us: int, now_us: int) -> str:
    """How much of the courier's window is left; "" when nothing is."""
    return f"{span_words(due_us - now_us)} left" if due_us > now_us else ""


def grams(weight_g: int) -> str:
    """A weight, "" when it is not known."""
    return f"{weight_g:,} g" if weight_g else ""
