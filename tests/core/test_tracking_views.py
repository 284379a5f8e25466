"""The tracking page's facts and steps: what the holder of a link sees, and may do."""

from __future__ import annotations

import pytest

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.errors import InvalidInput, NotFound, Refused, StaleVersion, TrxIdTaken
from dokango.orders import Context, perform
from dokango.orders.advances.rule import SETTING, AdvanceRule
from dokango.orders.customer import steps
from dokango.orders.customer.tracking import Tracked, by_link, link_of
from dokango.orders.lifecycle import commands as c
from dokango.orders.placing.checkout_form import Placed, place_once, wanted_of
from dokango.people.actor import Actor, customer
from dokango.shop.profile import write_setting
from tests.core.shop_to_buy_from import FORM, open_shop

STAFF_SECRETS = ("Mitu", "called twice", "suspicious", "handed_over", "125000", "125,000", "in_review", "courier_due")


def _place(db: Database, clock: ManualClock, key: str = "k", **form: str) -> Placed:
    wanted = wanted_of({**FORM, **form}, {"SARI-RED": 1})
    return db.write(lambda tx: place_once(tx, Context(customer("Rahima"), clock), key, wanted, locale="en"))


def _see(db: Database, placed: Placed) -> Tracked:
    return db.read(lambda tx: by_link(tx, placed.token))


@pytest.fixture(autouse=True)
def _shop(db: Database, clock: ManualClock) -> None:
    open_shop(db, clock)


def test_the_page_follows_an_order_from_placing_to_delivery(db: Database, clock: ManualClock, manager: Actor) -> None:
    placed = _place(db, clock)
    seen: list[tuple[str, int, int]] = []

    def look(*todo: c.Command) -> None:
        for command in todo:
            db.write(lambda tx, command=command: perform(tx, Context(manager, clock), placed.number, command))
        page = _see(db, placed)
        seen.append((page.standing, page.reached, page.asks_poisha))

    look()
    db.write(lambda tx: steps.send_trx_id(tx, clock, placed.token, {"wallet": "bkash", "trx_id": "BLU1H6X8AA"}))
    look()
    look(c.VerifyPayment(method="bkash", transaction_id="BLU1H6X8AA", amount_poisha=250_000))
    look(c.VerifyPayment(method="bkash", transaction_id="BLU1H6X8AB", amount_poisha=6_000))
    look(c.Hold(reason="suspicious", note="called twice"), c.AddNote(text="called twice"), c.Release(), c.Confirm())
    look(c.Pack())
    look(c.Ship(courier="manual", carrier="Sundarban", tracking_code="SB-77"))
    look(c.Deliver())
    assert seen == [
        ("is.pay", 1, 256_000), ("is.claimed", 1, 256_000), ("is.part", 1, 6_000), ("is.paid", 1, 0),
        ("is.confirmed", 2, 0), ("is.packed", 3, 0), ("is.shipped", 4, 0), ("is.delivered", 5, 0),
    ]  # fmt: skip
    page = _see(db, placed)
    assert page.parcel is not None
    assert (page.parcel.carrier, page.parcel.code, str(page.parcel.expected)) == ("Sundarban", "SB-77", "2026-11-24")
    assert [told.action for told in page.history] == [
        "place", "claim_payment", "verify_payment", "verify_payment", "confirm", "pack", "ship", "deliver",
    ]  # fmt: skip


def test_nothing_of_the_staffs_is_in_what_a_customer_may_see(db: Database, clock: ManualClock, manager: Actor) -> None:
    placed = _place(db, clock, method="cod")
    for command in (
        c.Hold(reason="suspicious", note="called twice"), c.AddNote(text="called twice"), c.Release(), c.Confirm(),
        c.Mark(assigned_to="Mitu Manager"), c.Pack(), c.Ship(courier="manual", carrier="Sundarban"),
        c.ReportProblem(problem="called twice"), c.Deliver(),
    ):  # fmt: skip
        db.write(lambda tx, command=command: perform(tx, Context(manager, clock), placed.number, command))
    page = repr(_see(db, placed))
    assert [secret for secret in STAFF_SECRETS if secret in page] == []


def test_the_reason_of_a_rejected_trx_id_is_told_and_another_may_be_sent(
    db: Database, clock: ManualClock, manager: Actor
) -> None:
    placed = _place(db, clock, trx_id="BLU1H6X8AA")
    rejection = c.RejectClaim(reason="Nothing with this TrxID arrived.")
    db.write(lambda tx: perform(tx, Context(manager, clock), placed.number, rejection))
    claim = _see(db, placed).claim
    assert claim is not None
    assert (claim.state, claim.reason) == ("rejected", "Nothing with this TrxID arrived.")
    db.write(lambda tx: steps.send_trx_id(tx, clock, placed.token, {"wallet": "nagad", "trx_id": "754 MJG-AA"}))
    claim = _see(db, placed).claim
    assert claim is not None
    assert (claim.method, claim.trx_id, claim.state) == ("nagad", "754MJGAA", "waiting")


def test_a_trx_id_that_settled_another_order_is_refused(db: Database, clock: ManualClock, manager: Actor) -> None:
    first, second = _place(db, clock, "a"), _place(db, clock, "b")
    paid = c.VerifyPayment(method="bkash", transaction_id="BLU1H6X8AA", amount_poisha=256_000)
    db.write(lambda tx: perform(tx, Context(manager, clock), first.number, paid))
    with pytest.raises(TrxIdTaken):
        db.write(lambda tx: steps.send_trx_id(tx, clock, second.token, {"wallet": "bkash", "trx_id": "blu1h6x8aa"}))


def test_a_wallet_that_the_shop_does_not_take_is_refused(db: Database, clock: ManualClock) -> None:
    placed = _place(db, clock)
    for wallet in ("rocket", "cod", "gold"):
        with pytest.raises(InvalidInput):
            db.write(lambda tx, w=wallet: steps.send_trx_id(tx, clock, placed.token, {"wallet": w, "trx_id": "1" * 10}))


def test_an_advance_is_asked_of_a_cod_order_until_it_is_paid(db: Database, clock: ManualClock, manager: Actor) -> None:
    placed = _place(db, clock, method="cod")
    assert _see(db, placed).standing == "is.pending"
    rule = AdvanceRule.model_validate({"rows": [{"asks": "delivery"}]})
    db.write(lambda tx: write_setting(tx, SETTING, rule.model_dump_json(), by="test", now_us=clock.now_us()))
    assert _see(db, placed).asks_poisha == 0, "what was asked stays"
    expected = {"advance": "6000"}
    placed = _place(db, clock, "another", method="cod", **expected)
    page = _see(db, placed)
    assert (page.standing, page.asks_poisha) == ("is.advance", 6_000)
    paid = c.VerifyPayment(method="bkash", transaction_id="BLU1H6X8AA", amount_poisha=6_000)
    db.write(lambda tx: perform(tx, Context(manager, clock), placed.number, paid))
    page = _see(db, placed)
    assert (page.standing, page.asks_poisha, page.due_poisha) == ("is.pending", 0, 250_000)


def test_a_pending_order_is_cancelled_by_its_customer_and_a_confirmed_one_is_not(
    db: Database, clock: ManualClock, manager: Actor
) -> None:
    first, second = _place(db, clock, "a", method="cod"), _place(db, clock, "b", method="cod")
    db.write(lambda tx: steps.cancel(tx, clock, first.token, "mind"))
    page = _see(db, first)
    assert (page.standing, page.reached, page.history[-1].by_customer) == ("is.cancelled", 0, True)
    db.write(lambda tx: perform(tx, Context(manager, clock), second.number, c.Confirm()))
    with pytest.raises(Refused):
        db.write(lambda tx: steps.cancel(tx, clock, second.token, "mind"))


def test_an_address_is_fixed_within_its_zone_until_the_parcel_is_shipped(
    db: Database, clock: ManualClock, manager: Actor
) -> None:
    placed = _place(db, clock, method="cod")
    new = {"name": "Rahima", "phone": "01711000000", "line": "House 8", "area": "Mirpur", "district": "Dhaka"}
    db.write(lambda tx: steps.fix_address(tx, clock, placed.token, new, version=1))
    assert _see(db, placed).address["line"] == "House 8"
    with pytest.raises(StaleVersion):
        db.write(lambda tx: steps.fix_address(tx, clock, placed.token, new, version=1))
    with pytest.raises(steps.AnotherCharge, match="Sylhet costs another charge"):
        db.write(lambda tx: steps.fix_address(tx, clock, placed.token, {**new, "district": "Sylhet"}))
    for command in (c.Confirm(), c.Pack(), c.Ship(courier="manual", carrier="Sundarban")):
        db.write(lambda tx, command=command: perform(tx, Context(manager, clock), placed.number, command))
    with pytest.raises(Refused):
        db.write(lambda tx: steps.fix_address(tx, clock, placed.token, new))


@pytest.mark.parametrize(("number", "phone"), [("1001", "01811000000"), ("9999", "01711000000")])
def test_a_wrong_number_and_a_wrong_phone_get_the_same_answer(
    db: Database, clock: ManualClock, number: str, phone: str
) -> None:
    placed = _place(db, clock)
    assert db.read(lambda tx: link_of(tx, "1001", "+8801711000000")) == placed.token
    with pytest.raises(NotFound, match="There is no order with this number and phone"):
        db.read(lambda tx: link_of(tx, number, phone))


def test_an_unknown_link_finds_nothing(db: Database) -> None:
    for token in ("", "x" * 22, "' OR 1=1 --", "%", "\x00", "a\x00b", "\ud800"):
        with pytest.raises(NotFound):
            db.read(lambda tx, token=token: by_link(tx, token))
