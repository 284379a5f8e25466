"""Papers of several pages: each says whose it is and which of how many, and no row is cut in two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dokango.papers import press
from dokango.papers.cards import OrderPaper, PaperLine, PickLine
from tests.core.test_papers import ORDER, SHOP, pages

LONG_BANGLA = "হাতে বোনা সুতির জামদানি শাড়ি, ব্লাউজ পিস সহ, চৌধুরী তাঁতশিল্পের নিজস্ব কাজ "
TITLES = {"short": "Clay mug", "long Bangla": LONG_BANGLA * 2, "very long Bangla": LONG_BANGLA * 6}
PER_ORDER = {"slip": press.slips, "invoice": press.invoices}


def order_of(lines: int, title: str, **changes: object) -> OrderPaper:
    """An order of so many lines; A7 begins the title of line 7, and Z7 ends it."""
    made = tuple(PaperLine(f"SKU-{i}.", f"A{i}. {title}Z{i}.", "", i, 45_050) for i in range(1, lines + 1))
    return replace(ORDER, lines=made, **changes)


def pages_of(found: list[str], mark: str) -> list[int]:
    """On which pages a mark stands."""
    return [i for i, text in enumerate(found) if mark in text.replace("\r\n", " ")]


@pytest.mark.parametrize("paper", PER_ORDER)
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
@pytest.mark.parametrize("lines", [1, 20, 40, 120])
def test_no_row_is_cut_in_two_and_none_is_lost(paper: str, title: str, lines: int) -> None:
    found = pages(PER_ORDER[paper](SHOP, [order_of(lines, title)]))
    for i in range(1, lines + 1):
        begins, ends, sku = (pages_of(found, f"{mark}{i}.") for mark in ("A", "Z", "SKU-"))
        assert begins == ends == sku and len(begins) == 1, i


@pytest.mark.parametrize("paper", PER_ORDER)
@pytest.mark.parametrize("lines", [20, 40, 120])
def test_every_page_of_several_says_whose_it_is_and_which_of_how_many(paper: str, lines: int) -> None:
    found = pages(PER_ORDER[paper](SHOP, [order_of(lines, LONG_BANGLA * 2)]))
    assert len(found) > 1
    for n, text in enumerate(found, 1):
        assert "#1042" in text and "Rahima Akter" in text
        assert f"page {n} of {len(found)}" in text


@pytest.mark.parametrize("paper", PER_ORDER)
def test_pages_are_counted_for_each_order_by_itself(paper: str) -> None:
    long, short = order_of(40, LONG_BANGLA, number="1"), order_of(1, "", number="2", name="Karim Uddin")
    make: Callable[..., bytes] = PER_ORDER[paper]
    alone = len(pages(make(SHOP, [long])))
    found = pages(make(SHOP, [long, short, long]))
    assert len(found) == 2 * alone + 1
    assert f"page 1 of {alone}" in found[0] and f"page {alone} of {alone}" in found[-1]
    assert "page" not in found[alone] and "Rahima" not in found[alone]


@pytest.mark.parametrize("paper", PER_ORDER)
@pytest.mark.parametrize("lines", range(8, 14))
def test_the_end_of_a_paper_stays_in_one_piece(paper: str, lines: int) -> None:
    """Sums and note stand on one page, wherever the page ends."""
    note = "Begin. " + "Please call before you come, the gate is on the other side. " * 10 + "End."
    found = pages(PER_ORDER[paper](SHOP, [order_of(lines, LONG_BANGLA, note=note, paid_poisha=1, due_poisha=391_149)]))
    first, last = {"slip": ("Begin.", "End."), "invoice": ("Subtotal", "The rider collects")}[paper]
    assert pages_of(found, first) == pages_of(found, last) != []


def test_a_pick_list_for_many_orders_cuts_no_row_and_loses_no_order() -> None:
    orders = tuple((str(1_000 + i), 1 + i % 3) for i in range(200))
    lines = [PickLine(f"SKU-{i}.", f"A{i}. {LONG_BANGLA * 2}Z{i}.", "", 400, 7, orders) for i in range(1, 4)]
    found = pages(press.pick_list(SHOP, lines, 200, 1_763_800_000_000_000))
    for i in range(1, 4):
        assert pages_of(found, f"A{i}.") == pages_of(found, f"Z{i}.") == pages_of(found, f"SKU-{i}.") != []
    text = " ".join(found)
    assert all(text.count(f"#{number}") == 3 for number, _ in orders)
    assert all(f"page {n} of {len(found)}" in text for n in range(1, len(found) + 1))
