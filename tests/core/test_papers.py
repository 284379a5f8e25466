"""Papers: what a scanner and a courier's eye get from them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pypdfium2
import pytest
import zxingcpp

from dokango.errors import InvalidInput
from dokango.papers import code128, press
from dokango.papers.cards import OrderPaper, PaperLine, PickLine, ShopCard
from dokango.papers.standing import Says, Standing
from dokango.papers.wrapping import BREAK, LONGEST_WORD, breakable, shortened

SHOP = ShopCard("Dokan of Dhaka", "01711000000", "House 12, Road 5, Dhanmondi\nDhaka 1205")
ORDER = OrderPaper(
    number="1042",
    status="confirmed",
    placed_us=1_763_800_000_000_000,
    name="Rahima Akter",
    phone="01811000000",
    address="House 3, Road 7\nMirpur, Dhaka",
    lines=(
        PaperLine("SARI-RED", "Jamdani Sari", "Red", 1, 250_000),
        PaperLine("HONEY-500", "Sundarban Honey", "500 g", 3, 45_050),
    ),
    subtotal_poisha=385_150,
    delivery_poisha=6_000,
    total_poisha=391_150,
    paid_poisha=0,
    due_poisha=391_150,
    standing=Standing(Says.COLLECT, 391_150),
    payment="Cash on delivery",
)


def pages(pdf: bytes) -> list[str]:
    """The text of each page, without the chances to break."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded().replace(BREAK, "") for page in document]


def picture(pdf: bytes, page: int = 0, dpi: int = 203) -> np.ndarray:
    """One page as a grey picture, at the resolution of a label printer."""
    return np.ascontiguousarray(pypdfium2.PdfDocument(pdf)[page].render(scale=dpi / 72, grayscale=True).to_numpy())


def codes(pdf: bytes, page: int = 0) -> set[tuple[str, str]]:
    """Every barcode that a reader finds on a page: (format, text)."""
    return {(str(found.format), found.text) for found in zxingcpp.read_barcodes(picture(pdf, page))}


@pytest.mark.parametrize("number", ["1042", "7", "123456", "DG-1043", "A1", "999999999"])
def test_a_scanner_reads_the_order_number_from_both_codes_of_a_label(number: str) -> None:
    found = codes(press.labels(SHOP, [replace(ORDER, number=number)]))
    assert {text for _, text in found} == {number}
    assert len(found) == 2


@pytest.mark.parametrize("make", [press.slips, press.invoices])
def test_a_scanner_reads_the_order_number_from_slips_and_invoices(make) -> None:
    assert {text for _, text in codes(make(SHOP, [ORDER]))} == {"1042"}


@pytest.mark.parametrize("text", ["0", "00", "0000", "12345", "AB123456CD", "a b~!", "1" * 41])
def test_code_128_reads_back_as_it_was_written(text: str) -> None:
    widths = [int(w) for symbol in code128.symbols(text) for w in code128.PATTERNS[symbol]] + [2, 3, 3, 1, 1, 1, 2]
    bars = [0] * 10
    for i, width in enumerate(widths):
        bars += [1 - i % 2] * width
    row = np.repeat(np.array([*bars, *[0] * 10]), 3)
    image = np.ascontiguousarray(np.tile(np.where(row, 0, 255).astype(np.uint8), (60, 1)))
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [text]


@pytest.mark.parametrize("text", ["", "১০৪২", "a\n"])
def test_what_code_128_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        code128.symbols(text)


def test_a_label_says_who_where_and_what_to_collect() -> None:
    (text,) = pages(press.labels(SHOP, [replace(ORDER, courier="Steadfast", tracking_code="15BAEB8A")]))
    for words in ("Rahima Akter", "01811-000000", "House 3, Road 7", "Mirpur, Dhaka", "#1042", "৳3,911.50"):
        assert words in text
    for words in ("Steadfast", "15BAEB8A", "Dokan of Dhaka", "Dhaka 1205", "01711-000000"):
        assert words in text
    assert "FRAGILE" not in text


def test_fragile_stands_on_the_label_when_ticked() -> None:
    (text,) = pages(press.labels(SHOP, [replace(ORDER, fragile=True)]))
    assert "FRAGILE" in text


@pytest.mark.parametrize(
    "typed", ["#panic(1)", "*bold* _it_ $x$", "<b>&amp;</b>", "@ref `code` \\", '"quoted" #{', "=cmd()", "// no"]
)
def test_what_people_type_is_printed_as_typed(typed: str) -> None:
    order = replace(ORDER, name=typed, address=typed, note=typed)
    for made in (press.labels(SHOP, [order]), press.slips(SHOP, [order]), press.invoices(SHOP, [order])):
        assert typed in pages(made)[0]


def test_the_longest_address_stays_on_one_label() -> None:
    long = replace(ORDER, name="Abdul " * 30, address="Village " * 60 + "x" * 200, fragile=True, tracking_code="T" * 90)
    made = press.labels(SHOP, [long])
    assert len(pages(made)) == 1
    assert {text for _, text in codes(made)} == {"1042"}
    ink = picture(made) < 128
    margin = int(3.5 / 25.4 * 203)
    assert not ink[:, :margin].any() and not ink[:, -margin:].any()


def test_bangla_is_shaped_and_none_of_it_is_a_box() -> None:
    """Shaped text has fewer glyphs than letters: the conjunct ক্ষ is one of three."""
    bangla = replace(ORDER, name="মোঃ করিম উদ্দিন চৌধুরী", address="দক্ষিণ খুলশী, চট্টগ্রাম")
    made = press.labels(SHOP, [bangla])
    assert b"NotoSansBengali" in made
    boxes = press.labels(SHOP, [replace(ORDER, name="\u0378" * 22, address="\u0378" * 22)])
    assert (picture(made)[100:400] < 128).sum() != (picture(boxes)[100:400] < 128).sum()


def test_many_orders_are_one_pdf_in_the_order_they_were_given() -> None:
    numbers = [str(2_000 + i) for i in range(200)]
    found = pages(press.labels(SHOP, [replace(ORDER, number=n) for n in numbers]))
    assert [n for n, text in zip(numbers, found, strict=True) if f"#{n}" in text] == numbers


def test_four_labels_share_a_sheet() -> None:
    orders = [replace(ORDER, number=str(n)) for n in (1, 2, 3, 4, 5)]
    found = pages(press.labels(SHOP, orders, on_sheets=True))
    assert ["#1" in found[0], "#4" in found[0], "#5" in found[0]] == [True, True, False]
    assert "#5" in found[1]
    assert {text for _, text in codes(press.labels(SHOP, orders, on_sheets=True))} == {"1", "2", "3", "4"}


def test_an_invoice_adds_up_and_says_what_is_due() -> None:
    part_paid = replace(ORDER, paid_poisha=100_000, due_poisha=291_150, standing=Standing(Says.COLLECT, 291_150))
    (text,) = pages(press.invoices(SHOP, [part_paid]))
    for words in ("৳2,500.00", "৳1,351.50", "৳3,851.50", "৳60.00", "৳3,911.50", "৳1,000.00", "৳2,911.50"):
        assert words in text
    assert "To pay on delivery" in text


def test_an_invoice_is_numbered_as_the_shop_numbers_them() -> None:
    assert "SH-1042" in pages(press.invoices(replace(SHOP, invoice_prefix="SH"), [ORDER]))[0]
    assert "#1042" in pages(press.invoices(SHOP, [ORDER]))[0]


def test_a_slip_shows_what_is_inside_and_no_price() -> None:
    (text,) = pages(press.slips(SHOP, [replace(ORDER, note="Call first")]))
    for words in ("Jamdani Sari", "Red", "SARI-RED", "HONEY-500", "4 pieces", "Call first"):
        assert words in text
    assert "৳" not in text


def test_a_pick_list_says_how_many_and_for_whom() -> None:
    lines = [PickLine("HONEY-500", "Sundarban Honey", "500 g", 5, 12, (("1041", 1), ("1042", 4)))]
    (text,) = pages(press.pick_list(SHOP, lines, 2, 1_763_800_000_000_000))
    for words in ("Pick list", "2 orders · 5 pieces", "HONEY-500", "12", "#1041, #1042 × 4", "22 Nov 2025"):
        assert words in text


def test_a_word_too_long_for_a_line_gets_places_to_break_and_loses_nothing() -> None:
    word = "ক্ষ" * 40
    broken = breakable(word)
    assert broken.replace(BREAK, "") == word
    assert max(len(part) for part in broken.split(BREAK)) <= LONGEST_WORD
    assert all(part.startswith("ক") for part in broken.split(BREAK))


def test_control_characters_are_dropped_and_lines_kept() -> None:
    assert breakable("a\x00b\x1b\nc") == "ab\nc"
    assert shortened("x" * 50, 10).replace(BREAK, "") == "x" * 9 + "…"
