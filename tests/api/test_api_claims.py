"""Claims on couriers over HTTP, and as one paper with their photos."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pypdfium2

from dokango.orders.lifecycle import commands as c
from dokango.papers.claims import claim_paper, print_claim
from tests.api.conftest import Client
from tests.small_shop import Shop


def red_square() -> bytes:
    """A PNG of 2 × 2 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))
    rows = zlib.compress((b"\0" + b"\xff\0\0" * 2) * 2)
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


async def test_a_claim_is_opened_listed_paid_in_part_and_closed(client: Client, served: Shop) -> None:
    order = served.bring_to("shipped", ("MUG", 2), payment={"method": "cod"})
    served.do(order, c.LoseParcel(reason="not in any hub"))
    body = {"kind": "lost", "claimed_poisha": 160_000, "words": "Never arrived", "packed_g": 900}
    opened = await client.post(f"/api/v1/orders/{order.number}/claims", json=body)
    assert opened.status_code == 201, opened.text
    claim = opened.json()
    assert (claim["order"], claim["state"], claim["packed_g"], claim["found_g"]) == (order.number, "open", 900, None)
    assert (await client.get("/api/v1/claims")).json() == {"claims": [claim]}
    assert (await client.post(f"/api/v1/orders/{order.number}/claims", json=body)).status_code == 409
    paid = {"amount_poisha": 70_000, "reference": "NEFT 7", "reason": "only half was insured"}
    closed = (await client.post(f"/api/v1/claims/{claim['id']}/paid", json=paid)).json()
    assert (closed["state"], closed["paid_poisha"], closed["reason"]) == ("part_paid", 70_000, "only half was insured")
    assert (await client.post(f"/api/v1/claims/{claim['id']}/refused", json={"reason": "no"})).status_code == 409
    assert (await client.get("/api/v1/claims")).json() == {"claims": []}
    assert served.balance("cash:bank") == 70_000


async def test_its_paper_says_all_of_it_and_holds_every_photo(client: Client, served: Shop, tmp_path: Path) -> None:
    order = served.bring_to("shipped", ("MUG", 2), payment={"method": "cod"})
    body = {"kind": "damaged", "claimed_poisha": 80_000, "words": "Box was crushed #1 *not markup*", "found_g": 400}
    claim = (await client.post(f"/api/v1/orders/{order.number}/claims", json=body)).json()
    paper = served.db.read(lambda tx: claim_paper(tx, claim["id"]))
    photos = {}
    for name in ("a.png", "b.png"):
        photos[name] = tmp_path / name
        photos[name].write_bytes(red_square())
    whole = type(paper)(paper.shop, paper.number, paper.facts, paper.lines, paper.words, ("a.png", "b.png", "gone.png"))
    pdf = pypdfium2.PdfDocument(print_claim(whole, photos))
    text = pdf[0].get_textpage().get_text_range()
    for words in ("Damaged", "Rider", "400 g", "Box was crushed #1 *not markup*", "Clay mug"):
        assert words in text
    assert len(pdf) == 3
    assert [len(list(pdf[at].get_objects(filter=[3]))) for at in (1, 2)] == [1, 1]  # an image a page
