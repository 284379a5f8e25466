"""A claim on a courier as one paper: what is claimed, weights, how the parcel left, times, and every photo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import typst

from dokango.clock import said, said_day
from dokango.db import Tx
from dokango.money import taka
from dokango.orders.claims import steps
from dokango.orders.claims.view import ClaimView, claim_view
from dokango.orders.parcels.manifest import Manifest
from dokango.papers import press
from dokango.papers.cards import ShopCard
from dokango.papers.gathering import full_address, shop_card
from dokango.papers.photos import is_printable
from dokango.people.phones import said_phone
from dokango.text import how_many

Pairs = tuple[tuple[str, str], ...]
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class ClaimPaper:
    """All of one claim in words; `photos` are the names of its files.

    `happened` are (when, what, who said it), `listed` the rows of the rider's list: (place, order, parcel, when it went
    out, whether it is this parcel).
    """

    shop: ShopCard
    number: str
    facts: Pairs
    lines: tuple[tuple[str, str, str], ...]  # quantity, what, price
    words: str
    photos: tuple[str, ...]
    happened: tuple[tuple[str, str, str], ...] = ()
    handover: str = ""
    listed: tuple[tuple[str, str, str, str, str], ...] = ()


def claim_paper(tx: Tx, claim_id: int) -> ClaimPaper:
    """The facts of a claim; raises NotFound."""
    view = claim_view(tx, claim_id)
    handover = view.handover
    return ClaimPaper(
        shop_card(tx),
        view.order.number,
        tuple((label, value) for label, value in _facts(view) if value),
        tuple(
            (
                f"{line.quantity} of {line.sent}",
                " ".join(part for part in (line.title, line.variant_title, line.sku) if part),
                taka(line.quantity * line.unit_price_poisha, exact=True),
            )
            for line in view.lines
        ),
        view.claim.words,
        tuple(photo.name for photo in view.photos),
        tuple(
            (said(one.at_us), one.words, view.parcel.carrier or view.parcel.courier if one.by_courier else "")
            for one in view.happenings
        ),
        _handover_words(handover) if handover is not None else "",
        _listed(view, handover) if handover is not None else (),
    )


def print_claim(paper: ClaimPaper, photos: Mapping[str, Path]) -> bytes:
    """The PDF; `photos` are the files by their names. What is gone or cannot be read is left out, and said."""
    here = {name: photos[name] for name in paper.photos if name in photos}
    try:
        return _pressed(paper, here)
    except typst.TypstError:
        return _pressed(paper, {name: path for name, path in here.items() if is_printable(path)})


def _pressed(paper: ClaimPaper, photos: Mapping[str, Path]) -> bytes:
    gone = len(paper.photos) - len(photos)
    facts = (*paper.facts, ("Photos", f"{len(photos)}; {gone} could not be printed")) if gone else paper.facts
    data = {
        "number": paper.number, "facts": facts, "lines": paper.lines, "words": paper.words,
        "photos": list(photos), "happened": paper.happened, "handover": paper.handover, "listed": paper.listed,
    }  # fmt: skip
    return press.claim(paper.shop, data, photos)


def _facts(view: ClaimView) -> Pairs:
    claim, order, parcel = view.claim, view.order, view.parcel
    return (
        ("Claim", steps.KIND_WORDS[claim.kind]),
        ("Claimed", taka(claim.claimed_poisha, exact=True)),
        ("Courier", parcel.carrier or parcel.courier),
        ("Consignment", parcel.consignment_id),
        ("Tracking code", parcel.tracking_code),
        ("Our parcel", parcel.invoice),
        ("To be collected", taka(parcel.cod_poisha) if parcel.cod_poisha else "nothing, it was prepaid"),
        ("Booked", said(claim.handed_at)),
        ("Handed to the rider", _handed(view)),
        ("Weight at packing", _grams(claim.packed_g)),
        ("Weight as it arrived", _grams(claim.found_g)),
        ("Claimed on", said(claim.opened_at)),
        ("To be answered by", said(claim.due_at)),
        ("Recipient", f"{order.name}, {said_phone(order.phone)}"),
        ("Address", full_address(order).replace("\n", ", ")),
    )


def _handed(view: ClaimView) -> str:
    at_us = view.parcel.handed_over_at
    if at_us is None or view.handover is None:
        return ""
    return f"{said(at_us)}, no. {view.place} of {how_many(len(view.handover.rows), 'parcel')} on the rider's list"


def _handover_words(handover: Manifest) -> str:
    parcels = how_many(len(handover.rows), "parcel")
    return f"{handover.name}, {said_day(handover.day)}: {parcels} handed over"


def _listed(view: ClaimView, handover: Manifest) -> tuple[tuple[str, str, str, str, str], ...]:
    """The rider's list: names and phones of other customers are none of this claim's."""
    around = max(0, view.place - MOST_LISTED // 2)
    return tuple(
        (
            str(place), f"#{row.number}", row.code, said(row.handed_us) if row.handed_us is not None else "",
            "1" if row.shipment_id == view.parcel.id else "",
        )
        for place, row in enumerate(handover.rows[around : around + MOST_LISTED], around + 1)
    )  # fmt: skip


def _grams(grams: int) -> str:
    return f"{grams:,} g" if grams else ""
