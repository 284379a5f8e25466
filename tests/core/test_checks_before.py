"""The checks before an order goes on: what makes each of them green, amber or red; and the evidence of a payment."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from dokango.catalogue.models import Variant
from dokango.clock import ManualClock
from dokango.db import Database, table_of
from dokango.errors import IdempotencyKeyReused, StaleVersion
from dokango.orders import Context, Done, perform_once
from dokango.orders.book import rows
from dokango.orders.lifecycle import commands as c
from dokango.orders.reading.review import review
from dokango.payments.check_claim import Finding, Typed, check_claim
from dokango.payments.messages import parse_message
from dokango.people.actor import Actor
from tests.small_shop import Shop, open_shop

CLAIMED = {"payment": {"method": "bkash", "transaction_id": "BLU1H6X8AA", "sender": "01711000000"}}
OTHER_BUYER = {"customer": {"name": "Karim Uddin", "phone": "01811222333"}}
MESSAGE = "You have received Tk {} from {}. Fee Tk 0.00. Balance Tk 6.50. TrxID {} at 22/11/2026 11:22"


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    return open_shop(db, clock, owner)


def level(shop: Shop, done: Done, check: str) -> str:
    found = shop.db.read(lambda tx: review(tx, shop.owner, shop.clock, done.number))
    return next(verdict.level for verdict in found.verdicts if verdict.check == check)


def test_a_sound_order_is_green_throughout(shop: Shop) -> None:
    done = shop.place(("MUG", 1))
    found = shop.db.read(lambda tx: review(tx, shop.owner, shop.clock, done.number))

    assert {verdict.level for verdict in found.verdicts} == {"good"}
    assert found.next and found.next.action == "verify_payment"


def test_stock_turns_amber_when_it_runs_low_after_this_order(shop: Shop) -> None:
    table = table_of(Variant)
    shop.db.write(lambda tx: tx.run(update(table).where(table.c.sku == "HONEY").values(low_stock_level=5)))

    assert level(shop, shop.place(("HONEY", 1)), "In stock") == "good"
    assert level(shop, shop.place(("HONEY", 2)), "In stock") == "warn"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ({"line": "House 7, Road 3", "area": "Dhanmondi", "district": "Dhaka"}, "good"),
        ({"line": "near the big mosque", "district": "Dhaka"}, "warn"),
        ({"line": "House 7, Road 3", "district": "Dhaka"}, "warn"),
        ({"line": "home", "area": "Dhanmondi", "district": "Dhaka"}, "bad"),
        ({"line": "বাসা ৭, রোড ৩", "area": "ধানমন্ডি", "district": "Dhaka"}, "good"),
    ],
)
def test_an_address_is_judged_as_a_rider_would(shop: Shop, address: dict[str, str], expected: str) -> None:
    assert level(shop, shop.place(("MUG", 1), address=address), "Address") == expected


def test_a_price_that_changed_since_is_amber_and_named(shop: Shop) -> None:
    done = shop.place(("MUG", 1))
    table = table_of(Variant)
    shop.db.write(lambda tx: tx.run(update(table).where(table.c.sku == "MUG").values(price_poisha=90_000)))
    found = shop.db.read(lambda tx: review(tx, shop.owner, shop.clock, done.number))
    price = next(verdict for verdict in found.verdicts if verdict.check == "Price")

    assert (price.level, "MUG now ৳900, sold at ৳800" in price.words) == ("warn", True)


def test_another_open_order_of_the_same_phone_is_amber(shop: Shop) -> None:
    first, second = shop.place(("MUG", 1)), shop.place(("MUG", 1))

    assert (level(shop, first, "Only once"), level(shop, second, "Only once")) == ("warn", "warn")


def test_the_same_trx_id_on_two_orders_is_red_on_both(shop: Shop) -> None:
    first, second = shop.place(("MUG", 1), **CLAIMED), shop.place(("MUG", 1), **CLAIMED, **OTHER_BUYER)

    assert (level(shop, first, "Only once"), level(shop, second, "Only once")) == ("bad", "bad")


@pytest.mark.parametrize(
    ("past", "expected"),
    [([], "good"), (["delivered"], "good"), (["delivered", "returned"], "warn"), (["returned"], "bad")],
)
def test_a_buyers_past_speaks_for_or_against_them(shop: Shop, past: list[str], expected: str) -> None:
    for status in past:
        shop.bring_to(status)

    assert level(shop, shop.place(("MUG", 1)), "Buyer") == expected


def findings(shop: Shop, done: Done, typed: Typed, message: str = "") -> dict[str, list[Finding]]:
    def compare(tx: Any) -> list[Finding]:
        order = rows.by_number(tx, done.number)
        claim = rows.waiting_claim(tx, order.id)
        return check_claim(tx, order, claim, typed, parse_message(message) if message else None)

    found = shop.db.read(compare)
    return {about: [f for f in found if f.about == about] for about in {f.about for f in found}}


@pytest.mark.parametrize(
    ("amount", "expected", "said"),
    [
        ("900", "good", "Exactly"),
        ("850", "warn", "৳50 stays due"),
        ("1,000", "warn", "৳100 becomes a refund due"),
        ("", "bad", "not an amount"),
        ("0", "bad", "more than 0"),
        ("-5", "bad", "not an amount"),
        ("1e5", "bad", "not an amount"),
    ],
)
def test_short_and_over_are_said_before_the_click(shop: Shop, amount: str, expected: str, said: str) -> None:
    done = shop.place(("MUG", 1), **CLAIMED)
    found = findings(shop, done, Typed("bkash", "BLU1H6X8AA", amount))["amount"]

    assert [(f.level, said in f.words) for f in found] == [(expected, True)]


@pytest.mark.parametrize(
    ("trx_id", "expected", "said"),
    [
        ("blu1 h6x8aa", "good", "As the customer said"),
        ("BLU1H6X8ZZ", "warn", "Another TrxID"),
        ("USED1H6X8A", "bad", "belongs to order #1001"),
        ("", "bad", "Type the TrxID"),
        ("ΒLU1H6X8AA", "bad", "greek"),
    ],
)
def test_a_trx_id_is_judged_before_the_click(shop: Shop, trx_id: str, expected: str, said: str) -> None:
    shop.settle(shop.place(("MUG", 1), **OTHER_BUYER), trx_id="USED1H6X8A")
    done = shop.place(("MUG", 1), **CLAIMED)
    first = findings(shop, done, Typed("bkash", trx_id, "900"))["trx"][0]

    assert (first.level, said in first.words) == (expected, True)


def test_an_odd_shape_is_amber_and_still_possible(shop: Shop) -> None:
    done = shop.place(("MUG", 1), **CLAIMED)
    found = findings(shop, done, Typed("bkash", "BLU1H6", "900"))["trx"]

    assert [f.level for f in found] == ["warn", "warn"]
    assert "10 characters" in found[-1].words


def test_a_pasted_message_is_compared_line_by_line(shop: Shop) -> None:
    done = shop.place(("MUG", 1), **CLAIMED)
    message = MESSAGE.format("850.00", "01999000000", "BLU1H6X8AA")
    found = findings(shop, done, Typed("bkash", "BLU1H6X8AA", "850"), message)

    assert {about: found[about][0].level for about in ("wallet_trx", "wallet_amount", "wallet_sender")} == {
        "wallet_trx": "good",
        "wallet_amount": "warn",
        "wallet_sender": "warn",
    }
    assert "৳50 short" in found["wallet_amount"][0].words


@pytest.mark.parametrize(
    ("trx_id", "day", "expected"),
    [
        ("BLU1H6X8AA", "22/11/2026 11:22", {"wallet_trx": "good", "wallet_time": "good"}),
        ("BLU1H6X8ZZ", "22/11/2026 11:22", {"wallet_trx": "warn", "wallet_time": "good"}),
        ("BLU1H6X8AA", "30/12/2024 13:22", {"wallet_trx": "good", "wallet_time": "warn"}),
    ],
)
def test_another_id_and_an_old_message_are_pointed_out(
    shop: Shop, trx_id: str, day: str, expected: dict[str, str]
) -> None:
    done = shop.place(("MUG", 1), **CLAIMED)
    message = MESSAGE.format("900.00", "01711000000", trx_id).replace("22/11/2026 11:22", day)
    found = findings(shop, done, Typed("bkash", trx_id, "900"), message)

    assert {about: found[about][0].level for about in expected} == expected


def test_the_same_click_sent_twice_is_done_once(shop: Shop) -> None:
    done = shop.settle(shop.place(("MUG", 1)))
    context = Context(shop.owner, shop.clock, done.version)
    first = shop.db.write(lambda tx: perform_once(tx, context, done.number, c.Confirm()))
    again = shop.db.write(lambda tx: perform_once(tx, context, done.number, c.Confirm()))

    assert (first.status, again.status, again.version) == ("confirmed", "confirmed", first.version)
    assert [e.action for e in _events(shop, done)].count("confirm") == 1


def test_a_stale_click_is_refused_and_says_who_did_what(shop: Shop, manager: Actor) -> None:
    done = shop.settle(shop.place(("MUG", 1)))
    shop.do(done, c.Hold(reason="address"), actor=manager)
    context = Context(shop.owner, shop.clock, done.version)

    with pytest.raises(StaleVersion, match="Mitu Manager did “hold”"):
        shop.db.write(lambda tx: perform_once(tx, context, done.number, c.Confirm()))


def test_another_amount_under_the_same_version_is_another_click(shop: Shop) -> None:
    done = shop.place(("MUG", 1), **CLAIMED)
    context = Context(shop.owner, shop.clock, done.version)
    first = c.VerifyPayment(method="bkash", transaction_id="BLU1H6X8AA", amount_poisha=50_000)
    second = first.model_copy(update={"amount_poisha": 90_000})
    shop.db.write(lambda tx: perform_once(tx, context, done.number, first))

    with pytest.raises((StaleVersion, IdempotencyKeyReused)):
        shop.db.write(lambda tx: perform_once(tx, context, done.number, second))


def _events(shop: Shop, done: Done) -> tuple[Any, ...]:
    return shop.db.read(lambda tx: review(tx, shop.owner, shop.clock, done.number)).events
