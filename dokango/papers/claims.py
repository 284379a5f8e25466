"""A claim on a courier as one paper: the parcel, what was sent and lost, weights, times, and every photo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dokango.clock import said
from dokango.couriers.parcels import shipments
from dokango.db import Tx
from dokango.money import taka
from dokango.orders.book import rows as orders
from dokango.orders.claims import rows, steps
from dokango.papers import press
from dokango.papers.cards import ShopCard
from dokango.papers.gathering import full_address, shop_card
from dokango.people.phones import said_phone


@dataclass(frozen=True, slots=True)
class ClaimPaper:
    """All of one claim in words; `photos` are the names of its files."""

    shop: ShopCard
    number: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str, str], ...]  # quantity, what, price
    words: str
    photos: tuple[str, ...]


def claim_paper(tx: Tx, claim_id: int) -> ClaimPaper:
    """The facts of a claim; raises NotFound."""
    claim = rows.by_id(tx, claim_id)
    order = orders.by_number(tx, orders.number_of(tx, claim.order_id))
    parcel = shipments.by_id(tx, claim.shipment_id)
    facts = (
        ("Claim", steps.KIND_WORDS[claim.kind]),
        ("Claimed", taka(claim.claimed_poisha, exact=True)),
        ("Courier", parcel.carrier or parcel.courier),
        ("Consignment", parcel.consignment_id),
        ("Tracking code", parcel.tracking_code),
        ("Our parcel", parcel.invoice),
        ("Handed over", said(claim.handed_at)),
        ("Weight at packing", _grams(claim.packed_g)),
        ("Weight as it arrived", _grams(claim.found_g)),
        ("To be answered by", said(claim.due_at)),
        ("Recipient", f"{order.name}, {said_phone(order.phone)}"),
        ("Address", full_address(order).replace("\n", ", ")),
    )
    return ClaimPaper(
        shop_card(tx),
        order.number,
        tuple((label, value) for label, value in facts if value),
        tuple(
            (str(line.quantity), f"{line.title} {line.sku}", taka(line.quantity * line.unit_price_poisha, exact=True))
            for line in orders.lines_of(tx, order.id)
        ),
        claim.words,
        tuple(photo.name for photo in rows.photos_of(tx, claim_id)),
    )


def print_claim(paper: ClaimPaper, photos: Mapping[str, Path]) -> bytes:
    """The PDF; `photos` are the files by their names, one that is gone is left out."""
    kept = [name for name in paper.photos if name in photos]
    data = {
        "number": paper.number, "facts": paper.facts, "lines": paper.lines, "words": paper.words,
        "photos": kept,
    }  # fmt: skip
    return press.claim(paper.shop, data, {name: photos[name] for name in kept})


def _grams(grams: int) -> str:
    return f"{grams:,} g" if grams else ""
