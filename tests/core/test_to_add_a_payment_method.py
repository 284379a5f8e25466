"""To add a payment method: one row in `dokango/payments/methods.py`. These tests add three, and follow their money."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from dokango.errors import InvalidInput, Refused, TrxIdTaken
from dokango.ledger.balances import trial_balance
from dokango.orders import Done
from dokango.orders.book import rows
from dokango.orders.customer import steps
from dokango.orders.customer.tracking import by_link
from dokango.orders.customer.tracking_text import describe, wallets_to_pay
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.perform import situation_of
from dokango.orders.lifecycle.table import next_step
from dokango.orders.placing.checkout_form import wanted_of
from dokango.orders.placing.ways_to_pay import Bill, offers
from dokango.orders.reading import lists
from dokango.orders.reading.lists import Filters, Wanted
from dokango.papers.gathering import papers
from dokango.payments import methods
from dokango.payments.messages import parse_message
from dokango.payments.methods import METHODS, Kind, Method, pockets
from dokango.payments.trx_ids import shape_warning
from dokango.reports.books.account_names import account_name
from dokango.reports.cash import cash_by_wallet
from dokango.settings import ROOT
from dokango.shop.profile import Wallet, load_profile
from dokango.stock.receiving import Receipt, ReceivedLine, receive
from tests.core.shop_to_buy_from import FORM
from tests.new_methods import ACCOUNTS, NEW, TERMINAL, TRANSFER, UPAY, add_methods
from tests.small_shop import PROFILE, Shop

TRX_ID = "UPQ7H1X8AA21"
TOTAL = 170_000  # two mugs at 800 taka, and 100 for delivery
BOTH_LANGUAGES = pytest.mark.parametrize("locale", ["en", "bn"])
EACH = pytest.mark.parametrize("method", NEW, ids=lambda method: str(method.kind))


@pytest.fixture(autouse=True)
def _rows(monkeypatch: pytest.MonkeyPatch) -> None:
    add_methods(monkeypatch)


@pytest.fixture
def shop(shop: Shop) -> Shop:
    """The small shop, which has said where the new methods are paid to."""
    shop.set_profile(wallets={**PROFILE.wallets, **ACCOUNTS})
    return shop


def place(shop: Shop, method: Method) -> Done:
    return shop.place(("MUG", 2), payment={"method": method.key})


def token(shop: Shop, done: Done) -> str:
    return str(shop.order(done).token)


def paid(method: Method, amount_poisha: int = TOTAL) -> c.VerifyPayment:
    return c.VerifyPayment(method=method.key, transaction_id=TRX_ID, amount_poisha=amount_poisha)


def tab_of(shop: Shop, done: Done) -> set[str]:
    keys = ("unpaid", "to_verify", "to_confirm", "to_pack")
    pages = {key: shop.db.read(lambda tx, key=key: lists.page(tx, Wanted(key))) for key in keys}
    return {key for key, page in pages.items() if done.number in [row.number for row in page.rows]}


def next_action(shop: Shop, done: Done) -> str:
    step = shop.db.read(lambda tx: next_step(situation_of(tx, shop.owner, shop.clock, done.number)))
    return step.action if step else ""


@EACH
@BOTH_LANGUAGES
def test_it_is_offered_at_the_checkout_once_the_shop_says_where_to_pay_to(
    shop: Shop, method: Method, locale: str
) -> None:
    bill = Bill(TOTAL, 10_000, "Dhaka")
    ways = {way["key"]: way for way in offers(shop.db.read(load_profile), bill, locale)}
    assert list(ways) == ["bkash", "nagad", "rocket", "cod", "upay", "transfer", "terminal"]
    way = ways[method.key]
    assert (way["label"], way["number"]) == (method.said(locale), ACCOUNTS[method.key].number)
    assert way["wallet"] and way["send"] and way["how"] and way["hint"]
    shop.set_profile(wallets={**PROFILE.wallets, method.key: Wallet()})
    assert method.key not in [way["key"] for way in offers(shop.db.read(load_profile), bill, locale)]


def test_only_a_wallet_is_spoken_of_as_a_wallet(shop: Shop) -> None:
    for way in offers(shop.db.read(load_profile), Bill(TOTAL, 10_000, "Dhaka"), "en"):
        method = METHODS[way["key"]]
        words = f"{way['how']} {way['hint']}"
        assert [("number: use" in way["how"]), ("wallet" in way["hint"])] == [method.is_wallet] * 2
        assert ("bank" in words) == (method.kind is Kind.BANK)


@EACH
def test_a_checkout_form_may_name_its_trx_id(shop: Shop, method: Method) -> None:
    wanted = wanted_of({**FORM, "method": method.key, "trx_id": TRX_ID}, {"MUG": 1})
    assert (wanted.payment.method, wanted.payment.transaction_id) == (method.key, TRX_ID)


@EACH
@BOTH_LANGUAGES
def test_its_customer_reads_on_the_orders_page_how_to_pay_and_what_was_sent(
    shop: Shop, method: Method, locale: str
) -> None:
    done = place(shop, method)
    seen = shop.db.read(lambda tx: by_link(tx, token(shop, done)))
    way = next(way for way in wallets_to_pay(seen, locale) if way["key"] == method.key)
    assert (way["label"], way["number"]) == (method.said(locale), ACCOUNTS[method.key].number)
    assert way["lead"] and way["hint"]
    assert method.said(locale) in describe(seen, locale).order["method"]

    claim = {"wallet": method.key, "trx_id": TRX_ID}
    shop.db.write(lambda tx: steps.send_trx_id(tx, shop.clock, token(shop, done), claim))
    page = describe(shop.db.read(lambda tx: by_link(tx, token(shop, done))), locale)
    assert TRX_ID in page.order["claim"] and method.said(locale) in page.order["claim"]


@EACH
def test_it_is_claimed_verified_and_only_then_confirmed(shop: Shop, method: Method) -> None:
    """Placed: receivable 1,700. Verified: cash:‹pocket› 1,700, receivable 0. Nothing for a rider to collect."""
    done = place(shop, method)
    assert (shop.order(done).money, tab_of(shop, done)) == ("unpaid", {"unpaid"})
    assert next_action(shop, done) == "verify_payment"
    with pytest.raises(Refused, match="still due"):
        shop.do(done, c.Confirm())

    shop.do(done, c.ClaimPayment(method=method.key, transaction_id=TRX_ID))
    assert (shop.order(done).money, tab_of(shop, done)) == ("claimed", {"to_verify"})
    assert next_action(shop, done) == "verify_payment"
    fee = shop.db.read(load_profile).fee_poisha(method.key, TOTAL)
    shop.do(done, paid(method))
    assert (shop.order(done).money, tab_of(shop, done)) == ("paid", {"to_confirm"})
    assert next_action(shop, done) == "confirm"
    assert shop.balance(method.pocket.account) == TOTAL - fee
    assert (shop.balance("expense:wallet-fees"), shop.balance("receivable:customers")) == (fee, 0)
    for command in (c.Confirm(), c.Pack(), c.Ship(courier="manual", carrier="Rider"), c.Deliver()):
        shop.do(done, command)
    assert shop.balance("receivable:courier:rider") == 0


@EACH
def test_the_same_trx_id_is_not_taken_twice(shop: Shop, method: Method) -> None:
    first, second = place(shop, method), place(shop, method)
    shop.do(first, paid(method))
    with pytest.raises(TrxIdTaken, match="already used"):
        shop.do(second, paid(method))
    assert shop.balance("receivable:customers") == TOTAL


@EACH
def test_it_is_found_by_the_lists_filter(shop: Shop, method: Method) -> None:
    done = place(shop, method)
    shop.place(("MUG", 1))
    wanted = Wanted("all", Filters(method=method.key), newest_first=True)
    assert [row.number for row in shop.db.read(lambda tx: lists.page(tx, wanted)).rows] == [done.number]


@EACH
def test_its_papers_say_how_it_was_paid_and_that_nothing_is_collected(shop: Shop, method: Method) -> None:
    done = place(shop, method)
    paper = shop.db.read(lambda tx: papers(tx, [done.number]))[0]
    assert (paper.payment, paper.collect_poisha, paper.due_poisha) == (method.label, 0, TOTAL)


@EACH
def test_a_refund_and_goods_are_paid_from_its_pocket_and_the_books_call_it_by_name(shop: Shop, method: Method) -> None:
    """Verified 1,800 of 1,700: 100 due back. Refund: payable:refunds ← cash. Goods: asset:inventory ← cash, 250."""
    done = place(shop, method)
    shop.do(done, paid(method, TOTAL + 10_000))
    assert shop.order(done).money == "refund_due"
    pocket = method.pocket
    assert pocket.key in pockets()
    before = shop.balance(pocket.account)

    shop.do(done, c.PayRefund(method=pocket.key, amount_poisha=10_000, reference="SENT-123456"))
    assert (shop.order(done).money, shop.balance("payable:refunds")) == ("paid", 0)
    lines = (ReceivedLine(sku="MUG", quantity=5, unit_cost_poisha=5_000),)
    receipt = Receipt(lines=lines, paid_from=pocket.key)
    shop.db.write(lambda tx: receive(tx, shop.owner, shop.clock, receipt, key="from-the-pocket"))
    assert shop.balance(pocket.account) == before - 10_000 - 25_000
    named = {found.account: found.label for found in cash_by_wallet(shop.db.read(trial_balance))}
    assert named == {pocket.account: account_name(pocket.account)} == {pocket.account: pocket.account_name}


def test_a_bank_transfer_lies_in_the_bank_beside_what_couriers_pay_out(shop: Shop) -> None:
    shop.do(place(shop, TRANSFER), paid(TRANSFER))
    parcel = shop.bring_to("delivered", ("MUG", 1), payment={"method": "cod"})
    shop.do(parcel, c.PayOut(amount_poisha=90_000))
    fee = TOTAL // 100
    assert shop.balance("cash:bank") == TOTAL - fee + 90_000
    assert [pocket.label for pocket in pockets().values()].count("Bank") == 1


def test_a_wallets_message_is_read_by_the_format_in_its_row() -> None:
    found = parse_message(f"Tk. 1,700.00 received from 01711000000. TrxID: {TRX_ID} on 22/11/2026 12:30")
    assert (found.method, found.trx_id, found.amount_poisha, found.sender) == ("upay", TRX_ID, TOTAL, "01711000000")
    with pytest.raises(InvalidInput, match="bKash, Nagad, Rocket or Upay message"):
        parse_message("Hello")


def test_an_odd_trx_id_is_warned_of_only_where_the_row_knows_its_shape() -> None:
    assert shape_warning("upay", "SHORT1") == "Upay ids usually have 12 characters; this one has 6."
    assert [shape_warning(method.key, "SHORT1") for method in (TRANSFER, TERMINAL)] == ["", ""]
    assert shape_warning("upay", TRX_ID) == ""


def test_an_order_outlives_the_row_of_its_method(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    done = place(shop, UPAY)
    monkeypatch.delitem(METHODS, "upay")
    order = shop.db.read(lambda tx: rows.by_number(tx, done.number))
    seen = shop.db.read(lambda tx: by_link(tx, order.token))
    assert describe(seen, "bn").order["method"].startswith("upay")
    assert shop.db.read(lambda tx: papers(tx, [done.number]))[0].payment == "upay"
    with pytest.raises(Refused, match="still due"):
        shop.do(done, c.Confirm())


@pytest.mark.parametrize("key", METHODS)
def test_each_row_speaks_both_languages(key: str) -> None:
    method = METHODS[key]
    assert method.key == key
    assert method.said("en") == method.said("xx") == method.label
    assert any("\u0980" <= letter <= "\u09ff" for letter in method.said("bn"))


def test_a_methods_key_stands_in_its_row_alone() -> None:
    rows_own = {Path(methods.__file__)}
    shown = {file for room in ("dokango", "state", "components", "dokango_web") for file in (ROOT / room).rglob("*.py")}
    # migrations tell of what was, the sample shop is one shop's choice
    told = {file for file in shown if not {"migrations", "sample"} & set(file.parts)} - rows_own
    ours = set(METHODS) - {method.key for method in NEW}
    assert {file.name: named for file in told if (named := _constants(file) & ours)} == {}


def _constants(file: Path) -> set[object]:
    return {node.value for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Constant)}
