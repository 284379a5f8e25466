"""Cart and checkout: what a browser sends is priced, checked and placed once."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select

from dokango.clock import ManualClock
from dokango.db import Database, table_of
from dokango.errors import IdempotencyKeyReused, InsufficientStock, InvalidInput
from dokango.orders import Context
from dokango.orders.book import rows
from dokango.orders.book.models import Order
from dokango.orders.placing.cart import price_cart, read_cart, write_cart
from dokango.orders.placing.checkout_form import Placed, place_once, wanted_of
from dokango.people.actor import customer
from dokango.people.districts import DISTRICTS, district_of
from tests.core.shop_to_buy_from import FORM, open_shop


def _order(db: Database, clock: ManualClock, lines: dict[str, int], key: str = "k1", **form: str) -> Placed:
    wanted = wanted_of({**FORM, **form}, lines)
    context = Context(customer(wanted.customer.name), clock)
    return db.write(lambda tx: place_once(tx, context, key, wanted, locale="bn"))


def test_a_form_in_bangla_digits_becomes_an_order(db: Database, clock: ManualClock) -> None:
    open_shop(db, clock)
    placed = _order(db, clock, {"SARI-RED": 1}, trx_id="blu1h6x8aa", sender="+880 1811-000000")
    order = db.read(lambda tx: rows.by_number(tx, placed.number))
    assert (order.phone, order.district, order.channel, order.locale) == ("01711000000", "Dhaka", "storefront", "bn")
    assert (order.total_poisha, order.money) == (256_000, "claimed")


def test_what_nobody_can_see_is_left_out_of_a_form(db: Database, clock: ManualClock) -> None:
    open_shop(db, clock)
    placed = _order(db, clock, {"SARI-RED": 1}, name="Ra\x00hima\ud800 <b>\u202e=1+1", note="\x00")
    order = db.read(lambda tx: rows.by_number(tx, placed.number))
    assert (order.name, order.note) == ("Rahima <b>=1+1", "")


def test_the_same_key_places_one_order_and_another_form_under_it_is_refused(db: Database, clock: ManualClock) -> None:
    open_shop(db, clock)
    first = _order(db, clock, {"SARI-RED": 1})
    again = _order(db, clock, {"SARI-RED": 1})
    assert (again.number, again.token, again.again) == (first.number, first.token, True)
    assert db.read(lambda tx: tx.value(select(func.count()).select_from(table_of(Order)))) == 1
    with pytest.raises(IdempotencyKeyReused):
        _order(db, clock, {"SARI-RED": 2})


def test_everything_wrong_with_a_form_is_said_at_once(db: Database, clock: ManualClock) -> None:
    bad = {
        **FORM,
        "method": "gold",
        "name": "",
        "line": "",
        "district": "Atlantis",
        "email": "me@",
        "note": "x" * 1_001,
    }
    with pytest.raises(InvalidInput) as caught:
        wanted_of(bad, {"SARI-RED": 1})
    assert set(caught.value.fields) == {
        "customer.name", "customer.email", "address.line", "address.district", "note", "payment.method",
    }  # fmt: skip


def test_what_ran_out_is_named_and_nothing_is_written(db: Database, clock: ManualClock) -> None:
    open_shop(db, clock)
    with pytest.raises(InsufficientStock) as caught:
        _order(db, clock, {"HONEY-500": 3, "SARI-RED": 1})
    assert [(i.sku, i.wanted, i.available) for i in caught.value.items] == [("HONEY-500", 3, 2)]
    assert db.read(lambda tx: tx.value(select(func.count()).select_from(table_of(Order)))) == 0
    assert _order(db, clock, {"HONEY-500": 2, "SARI-RED": 1}).number == "1001"


def test_a_trx_id_typed_before_choosing_cod_is_left_out(db: Database, clock: ManualClock) -> None:
    wanted = wanted_of({**FORM, "method": "cod", "trx_id": "BLU1H6X8AA", "sender": "01811000000"}, {"SARI-RED": 1})
    assert wanted.payment.transaction_id is None and wanted.payment.sender is None


@pytest.mark.parametrize(
    "kept",
    [
        "", "[]", "nonsense", "null", '"x"', '{"A": 0}', '{"A": -1}', '{"A": 1.5}', '{"A": true}', '{"A": "2"}',
        '{"A": 1001}', '{"A": NaN}', '{"A": 1e3}', '{"": 1}', json.dumps({"A" * 121: 1}), "[" * 30_000,
        '{"A": {"$": 1}}', '{"A\\u0000": 1}', '{"\\ud800": 1}',
    ],
)  # fmt: skip
def test_a_cart_takes_only_skus_and_whole_quantities(kept: str) -> None:
    assert read_cart(kept) == {}


def test_a_cart_survives_being_kept() -> None:
    assert read_cart(write_cart({"SARI-RED": 2, "মধু": 1})) == {"SARI-RED": 2, "মধু": 1}


def test_a_cart_is_priced_by_the_shop_and_says_what_is_short(db: Database, clock: ManualClock) -> None:
    open_shop(db, clock)
    wanted = {"HONEY-500": 3, "SARI-BLUE": 1, "GIFT-1000": 900, "NOPE": 1}
    cart = db.read(lambda tx: price_cart(tx, wanted))
    assert [(line.sku, line.trouble) for line in cart.lines] == [
        ("HONEY-500", "short"), ("SARI-BLUE", "sold_out"), ("GIFT-1000", ""), ("NOPE", "gone"),
    ]  # fmt: skip
    assert cart.subtotal_poisha == 3 * 65_000 + 260_000 + 900 * 100_000
    assert not cart.orderable


def test_there_are_64_districts_and_their_older_spellings_are_understood() -> None:
    assert len(DISTRICTS) == len(set(DISTRICTS.values())) == 64
    assert [district_of(typed) for typed in ("chittagong", " Cox’s  Bazar", "সিলেট", "JESSORE")] == [
        "Chattogram", "Cox's Bazar", "Sylhet", "Jashore",
    ]  # fmt: skip
    with pytest.raises(InvalidInput):
        district_of("Kolkata")
