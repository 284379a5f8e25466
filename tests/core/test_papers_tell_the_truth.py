"""What each paper may claim, for every status, state of the money and state of the parcel."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pypdfium2
import pytest

from dokango.couriers.kind.status import MEANINGS, CarrierStatus, Effect
from dokango.couriers.parcels.shipments import ParcelRow
from dokango.money import taka
from dokango.orders.book.rows import LineRow, OrderRow
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.table import ENDED, STATUSES
from dokango.orders.parcels.draft import ParcelEdits
from dokango.papers import gathering, press
from dokango.papers.cards import OrderPaper, ShopCard
from dokango.papers.standing import Says
from dokango.papers.wrapping import BREAK
from tests.core.couriered import COD, Couriered
from tests.sampling import sampled
from tests.small_shop import Shop

SHOP = ShopCard("Dokan of Dhaka", "01711000000")
TOTAL, ADVANCE, CODE = 391_150, 100_000, "15BAEB8A"
# by name: method, paid, due, refund due, refunded, whether a claim waits
MONEY: dict[str, tuple[str, int, int, int, int, int]] = {
    "unpaid": ("bkash", 0, TOTAL, 0, 0, 0),
    "claimed": ("bkash", 0, TOTAL, 0, 0, 1),
    "part_paid": ("bkash", ADVANCE, TOTAL - ADVANCE, 0, 0, 0),
    "paid": ("bkash", TOTAL, 0, 0, 0, 0),
    "cod_due": ("cod", 0, TOTAL, 0, 0, 0),
    "cod_due, part paid": ("cod", ADVANCE, TOTAL - ADVANCE, 0, 0, 0),
    "cod, paid before": ("cod", TOTAL, 0, 0, 0, 0),
    "refund_due": ("bkash", TOTAL + ADVANCE, 0, ADVANCE, 0, 0),
    "refunded": ("bkash", TOTAL + ADVANCE, 0, 0, ADVANCE, 0),
}
# by name: booking, the courier's word, what it was told ("due", or poisha); None without a parcel
PARCEL: dict[str, tuple[str, str, str | int] | None] = {
    "none": None,
    "requested": ("requested", "", "due"),
    "uncertain": ("uncertain", "", "due"),
    "told nothing": ("booked", "pending", 0),
    "told another amount": ("booked", "pending", 5_000),
    **{f"booked {status.value}": ("booked", status.value, "due") for status in CarrierStatus},
    "booked, nothing heard": ("booked", "", "due"),
}
Labels = dict[tuple[str, str, str], str]
EVERY = list(product(STATUSES, MONEY, PARCEL))
KINDS = sampled(EVERY, 300)  # a paper of each is drawn and read
_LINE: dict[str, Any] = dict.fromkeys(LineRow._fields, 0) | {
    "sku": "SARI-RED", "title": "Jamdani Sari", "variant_title": "Red", "quantity": 1, "unit_price_poisha": 385_150,
}  # fmt: skip
LINE = LineRow(**_LINE)


def paper(status: str, money: str, parcel: str) -> OrderPaper:
    """An order of such a kind, as it is printed."""
    method, paid, due, refund_due, refunded, claims = MONEY[money]
    row = dict.fromkeys(OrderRow._fields, "") | {
        "id": 1, "number": "1042", "status": status, "name": "Rahima Akter", "phone": "01811000000", "fragile": 0,
        "placed_at": 1_763_800_000_000_000, "payment_method": method, "subtotal_poisha": 385_150,
        "delivery_poisha": 6_000, "total_poisha": TOTAL, "paid_poisha": paid, "due_poisha": due,
        "refund_due_poisha": refund_due, "refunded_poisha": refunded, "claim_waits": claims,
        "discount_poisha": 0, "forgiven_poisha": 0,
    }  # fmt: skip
    if status in ("cancelled", "returned"):  # their placing is undone: nothing is due
        row["due_poisha"] = 0
    return gathering.paper_of(OrderRow(**row), [LINE], parcel_row(parcel, due), "changed their mind")


def parcel_row(parcel: str, due: int) -> ParcelRow | None:
    """The live parcel of such an order."""
    found = PARCEL[parcel]
    if found is None:
        return None
    booking, word, told = found
    columns: dict[str, Any] = dict.fromkeys(ParcelRow._fields, "") | {
        "courier": "steadfast", "carrier": "Steadfast", "booking": booking, "status": word, "live": 1,
        "tracking_code": CODE if booking == "booked" else "", "cod_poisha": due if told == "due" else told,
    }  # fmt: skip
    return ParcelRow(**columns)


def texts(pdf: bytes) -> list[str]:
    """The text of each page, in one line."""
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_bounded().replace(BREAK, "").split()) for page in document]


def is_over(status: str, parcel: str) -> bool:
    """No parcel goes out: the order has ended, or the courier has said its last word."""
    word = (PARCEL[parcel] or ("", "", 0))[1]
    return status in ENDED or bool(
        word and MEANINGS[CarrierStatus(word)].effect in (Effect.DELIVERED, Effect.RESOLUTION)
    )


def rider_takes(money: str, parcel: str) -> int:
    """In poisha: what the courier was told, without a courier what is due on delivery; in whole taka."""
    method, _, due, *_ = MONEY[money]
    found = PARCEL[parcel]
    told = (due if method == "cod" else 0) if found is None else due if found[2] == "due" else int(found[2])
    return (told + 50) // 100 * 100


def money_on_label(status: str, money: str, parcel: str) -> str:
    """The one sentence that the label of such an order may say about money."""
    takes, due = rider_takes(money, parcel), MONEY[money][2]
    if is_over(status, parcel):
        return "do not send"
    if takes:
        return f"COLLECT (COD) {taka(takes)}"
    if not due:
        return "PAID · collect nothing"
    if PARCEL[parcel] is not None:
        return "COLLECT NOTHING"
    return f"{'PAYMENT NOT VERIFIED YET' if money == 'claimed' else 'NOT PAID YET'} · {taka(due)} due"


SENTENCE = re.compile(
    r"COLLECT \(COD\) ৳[\d,.]+\d|PAID · collect nothing|COLLECT NOTHING|do not send"
    r"|(?:NOT PAID YET|PAYMENT NOT VERIFIED YET) · ৳[\d,.]+\d due"
)


SUM = re.compile(
    r"(Total|Cancelled|Returned|Paid|Refunded|Refund due|To pay on delivery|Due[a-z, ]*|The rider collects)"
    r" (−?)৳([\d,]+)\.(\d\d)"
)


@pytest.fixture(scope="module")
def labels() -> Labels:
    """The label of every kind, by kind."""
    return dict(zip(KINDS, texts(press.labels(SHOP, [paper(*kind) for kind in KINDS])), strict=True))


def test_a_label_says_one_thing_about_money_and_it_is_true(labels: Labels) -> None:
    said = {kind: SENTENCE.findall(text) for kind, text in labels.items()}
    assert said == {kind: [money_on_label(*kind)] for kind in KINDS}


def test_a_label_of_what_does_not_go_out_names_no_amount_and_says_why(labels: Labels) -> None:
    for kind, text in ((kind, text) for kind, text in labels.items() if is_over(kind[0], kind[2])):
        assert "৳" not in text and "PAID" not in text, kind
        word = (PARCEL[kind[2]] or ("", "", 0))[1]
        assert (kind[0] if kind[0] in ENDED else MEANINGS[CarrierStatus(word)].words).upper() in text, kind


def test_courier_and_code_stand_on_the_label_once_the_courier_has_the_parcel(
    labels: Labels,
) -> None:
    for kind, text in labels.items():
        booked = (PARCEL[kind[2]] or ("",))[0] == "booked"
        assert ("Steadfast" in text, CODE in text) == (booked, booked), kind


def test_a_slip_says_nothing_of_money_and_when_nothing_is_to_be_packed() -> None:
    for kind, text in zip(KINDS, texts(press.slips(SHOP, [paper(*kind) for kind in KINDS])), strict=True):
        assert "৳" not in text and "PAID" not in text, kind
        assert ("do not send" in text) == is_over(kind[0], kind[2]), kind


def test_an_invoice_adds_up_to_what_is_due_and_asks_nobody_for_more() -> None:
    for kind, text in zip(KINDS, texts(press.invoices(SHOP, [paper(*kind) for kind in KINDS])), strict=True):
        status, money, parcel = kind
        sums = {
            words: int(f"{sign and '-'}{whole.replace(',', '')}{part}")
            for words, sign, whole, part in SUM.findall(text)
        }
        ended = status in ("cancelled", "returned")
        due = 0 if ended else MONEY[money][2]
        asked = sum(value for words, value in sums.items() if words.startswith(("Due", "To pay")))
        assert asked == due, kind
        back = sums.get("Cancelled", 0) + sums.get("Returned", 0)
        kept = sums.get("Paid", 0) - sums.get("Refunded", 0) - sums.get("Refund due", 0)
        assert sums["Total"] + back - kept == due, kind
        assert (status.upper() in text) == ended, kind
        takes = 0 if is_over(status, parcel) else rider_takes(money, parcel)
        said = sums.get("The rider collects", 0) or sums.get("To pay on delivery", 0)
        assert said == takes, kind


def test_a_screen_says_the_same_amount_as_the_label(labels: Labels) -> None:
    amounts = re.compile(r"৳[\d,.]+\d")
    for kind, text in labels.items():
        assert amounts.findall(paper(*kind).standing.words) == amounts.findall(text), kind


def label(shop: Shop, number: str) -> str:
    """The label of an order of the shop."""
    return texts(press.labels(SHOP, shop.db.read(lambda tx: gathering.papers(tx, [number]))))[0]


def test_a_cancelled_order_has_a_crossed_label_with_the_reason(shop: Shop) -> None:
    order = shop.bring_to("confirmed")
    shop.do(order, c.Cancel(reason="changed their mind"))
    found = label(shop, order.number)
    assert "CANCELLED · do not send changed their mind" in found
    assert "PAID" not in found


@pytest.mark.parametrize("status", ["delivered", "returned"])
def test_an_order_that_has_ended_has_no_label_to_send_by(shop: Shop, status: str) -> None:
    found = label(shop, shop.bring_to(status, **COD).number)
    assert f"{status.upper()} · do not send" in found
    assert "৳" not in found


def test_a_part_paid_order_says_what_is_left_and_then_what_the_courier_was_told(couriered: Couriered) -> None:
    shop = couriered.shop
    order = shop.place(("SARI", 2), **COD)
    shop.settle(order, 50_050)
    shop.do(order, c.Confirm())
    shop.do(order, c.Pack())
    assert "COLLECT (COD) ৳2,000" in label(shop, order.number)
    couriered.ship(order, ParcelEdits(cod_poisha=150_000))
    found = label(shop, order.number)
    assert "COLLECT (COD) ৳1,500" in found
    assert "Steadfast" in found and couriered.parcel(order).tracking_code in found


def test_a_parcel_on_its_way_back_says_so(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed", **COD)
    couriered.ship(order)
    couriered.move(order, "pending", "cancelled")
    couriered.sync(order)
    found = label(couriered.shop, order.number)
    assert "NOT DELIVERED, ON ITS WAY BACK" in found
    assert "৳" not in found


def test_nothing_is_brought_from_the_shelf_for_orders_that_have_left_or_ended(shop: Shop) -> None:
    packed, gone = shop.bring_to("packed", ("MUG", 1)), shop.bring_to("shipped", ("MUG", 5))
    over = shop.bring_to("cancelled", ("HONEY", 1))
    numbers = [packed.number, gone.number, over.number]
    lines, left_out = shop.db.read(lambda tx: (gathering.pick_lines(tx, numbers), gathering.left_out(tx, numbers)))
    assert [(line.sku, line.quantity) for line in lines] == [("MUG", 1)]
    assert left_out == [f"#{gone.number} shipped", f"#{over.number} cancelled"]
    (text,) = texts(press.pick_list(SHOP, lines, 1, shop.clock.now_us(), left_out=left_out))
    assert f"Nothing is brought for #{gone.number} shipped, #{over.number} cancelled." in text


def test_every_kind_of_standing_is_in_the_table() -> None:
    assert {paper(*kind).standing.says for kind in EVERY} == set(Says)
