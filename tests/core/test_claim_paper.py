"""The paper of a claim: all that a courier needs to see, and nothing that is none of its business."""

from __future__ import annotations

import pypdfium2

from dokango.clock import said
from dokango.couriers.parcels import shipments
from dokango.orders import Context
from dokango.orders.claims import steps
from dokango.orders.claims.forms import OpenClaim
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels.manifest import scan_out
from dokango.papers.claims import claim_paper, print_claim
from tests.core.couriered import COD, Couriered, notification, shipped


def test_its_paper_holds_the_riders_list_the_weights_the_times_and_the_couriers_own_words(couriered: Couriered) -> None:
    orders = [shipped(couriered, **COD) for _ in range(3)]
    shop, context = couriered.shop, Context(couriered.shop.owner, couriered.shop.clock)
    for order in orders:
        code = couriered.parcel(order).invoice
        shop.clock.advance(60)
        assert shop.db.write(lambda tx, code=code: scan_out(tx, context, "steadfast", code)).level == "good"
    shop.do(orders[1], c.AddNote(text="her sister's secret"))
    couriered.hear(notification(couriered, orders[1], "exceptional", tracking_message="Lost at the sorting hub"))
    shop.do(orders[1], c.LoseParcel(reason="not in any hub"))
    form = OpenClaim(kind="lost", claimed_poisha=160_000, words="Gone #x", packed_g=900, found_g=100)
    opened = shop.db.write(lambda tx: steps.open_claim(tx, context, orders[1].number, form))
    paper = shop.db.read(lambda tx: claim_paper(tx, opened.id))
    pdf = pypdfium2.PdfDocument(print_claim(paper, {}))
    text = " ".join(page.get_textpage().get_text_range() for page in pdf).replace("\ufffe", "")
    parcel = shop.db.read(lambda tx: shipments.by_id(tx, opened.shipment_id))
    for said_there in (
        "no. 2 of 3 parcels", "900 g", "100 g", "Gone #x", "2 of 2", parcel.consignment_id, "Handover list",
        *(f"#{order.number}" for order in orders), "Lost at the sorting hub", "scanned out with the rider's list",
        said(parcel.handed_over_at or 0), said(opened.due_at), said(opened.opened_at),
    ):  # fmt: skip
        assert said_there in text, said_there
    assert "secret" not in text
