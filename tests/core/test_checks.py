"""The invariants find what they are there to find: each is broken on purpose, and says so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dokango.checks import CHECKS, run_checks
from dokango.clock import ManualClock
from dokango.db import Database, open_database
from dokango.orders.lifecycle import commands as c
from dokango.people.actor import Actor
from tests.core.nobodys_money import came, give
from tests.small_shop import Shop, open_shop

POSTING = (
    "INSERT INTO posting (key, event_id, order_id, debit, credit, amount_poisha, happened_at, written_at) "
    "SELECT 'broken', max(event_id), max(order_id), '{}', '{}', 1, 0, 0 FROM posting"
)
CLAIM = (
    "INSERT INTO courier_claim (order_id, shipment_id, kind, state, words, claimed_poisha, paid_poisha, packed_g, "
    "found_g, handed_at, opened_at, opened_by, due_at, reference, reason, closed_by) "
    "SELECT order_id, id, 'lost', 'open', '', 1, {}, 0, 0, 0, 0, '', 1, '', '', '' FROM shipment WHERE live = 1"
)
LIMIT = (
    "INSERT INTO event (key, action, actor, actor_kind, note, data, happened_at, written_at) VALUES ('limit', "
    """'settings_changed', 'x', 'staff', '', '{"changed":{"second_person_above_poisha":[1,1]}}', 0, 0)"""
)
REVERSAL = (
    "INSERT INTO payment_reversal (payment_id, order_id, event_id, method, trx_id, amount_poisha, frees, reason, "
    "reversed_at, by) SELECT id, order_id, event_id, method, trx_id, {}, {}, '', 0, '' FROM payment LIMIT 1"
)
DAMAGE: dict[str, str] = {
    "every_account_has_a_kind": POSTING.format("pocket:left", "cash:bank"),
    "receivable_is_what_customers_owe": POSTING.format("receivable:customers", "revenue:sales"),
    "refunds_payable_are_what_orders_say": POSTING.format("cash:hand", "payable:refunds"),
    "courier_receivable_is_cod_not_paid_out": POSTING.format("receivable:courier:rider", "cash:bank"),
    "inventory_account_is_stock_value": POSTING.format("asset:inventory", "payable:suppliers"),
    "cogs_is_the_cost_of_what_is_sold": POSTING.format("expense:cogs", "cash:bank"),
    "wallets_hold_payments_less_refunds_and_fees": POSTING.format("cash:bkash", "receivable:customers"),
    "each_order_is_posted_as_it_stands": 'UPDATE "order" SET due_poisha = due_poisha + 1',
    "credits_are_what_the_books_owe": POSTING.format("cash:hand", "payable:credits"),
    "each_credit_is_explained_by_its_entries": "INSERT INTO credit (phone, balance_poisha) VALUES ('01711000000', 1)",
    "orders_show_the_credit_they_used_and_made": 'UPDATE "order" SET credit_used_poisha = 1',
    "customers_records_are_what_their_orders_come_to": "UPDATE customer SET delivered = delivered + 1",
    "parts_of_a_payment_are_no_more_than_came": "INSERT INTO given_back (event_id, phone, method, trx_id, "
    "amount_poisha, sent_by, reference, given_at, by) "
    "SELECT max(id), '', 'bkash', 'NOBODYTOOK', 1, 'bkash', '', 0, 'x' FROM event",
    "courier_expense_is_what_parcels_were_charged": "UPDATE shipment SET charge_poisha = 1",
    "payouts_are_posted_as_they_say": POSTING.format("cash:bank", "receivable:courier-open:rider"),
    "each_step_posted_once": "INSERT INTO event (key, order_id, action, actor, actor_kind, note, data, happened_at, "
    "written_at) SELECT 'again', max(order_id), 'place', 'x', 'staff', '', '{}', 0, 0 FROM event",
    "rounding_is_less_than_a_taka": POSTING.replace(" 1, 0, 0", " 100, 0, 0").format("cash:bank", "income:rounding"),
    "prices_are_posted_as_orders_say": POSTING.format("receivable:customers", "revenue:delivery"),
    "what_is_forgiven_is_within_what_was_allowed": 'UPDATE "order" SET forgiven_poisha = 1',
    "large_amounts_are_booked_by_two": LIMIT,
    "what_one_person_sends_back_is_within_the_limit_of_the_day": LIMIT,
    "what_waits_for_approval_is_marked": "UPDATE \"order\" SET approval_kind = 'refund'",
    "kept_advances_are_what_orders_say": POSTING.format("cash:bank", "revenue:kept-advances"),
    "claims_are_booked_as_paid": CLAIM.format(1),
    "open_wishes_have_a_case": "UPDATE \"order\" SET wish_kind = 'change' WHERE status = 'pending'",
    "requests_to_couriers_have_a_case": "INSERT INTO parcel_request (shipment_id, what, state, open, reason, sent, "
    "answer, asked_by, asked_at) SELECT id, 'cancel', 'uncertain', 1, '', '{}', '', 'x', 0 FROM shipment "
    "WHERE live = 1",
    "open_claims_have_a_case": CLAIM.format(0),
    "levels_are_explained_by_movements": "UPDATE stock_level SET on_hand = on_hand + 1",
    "reserved_is_what_open_orders_hold": "UPDATE stock_level SET reserved = reserved + 1 WHERE on_hand > reserved",
    "unconfirmed_units_are_those_of_pending_orders": "UPDATE order_line SET unconfirmed = 1 - unconfirmed",
    "sold_goods_carry_their_cost": "UPDATE order_line SET cost_poisha = cost_poisha + 1",
    "history_is_a_legal_path": "UPDATE \"order\" SET status = 'pending' WHERE status = 'delivered'",
    "order_totals_are_their_lines": "UPDATE order_line SET quantity = quantity + 1",
    "money_words_follow_the_amounts": "UPDATE \"order\" SET money = 'refunded'",
    "each_trx_id_settles_one_payment": "INSERT INTO payment (order_id, event_id, method, trx_id, sender, "
    "amount_poisha, received_at) SELECT max(order_id), max(id), 'nagad', 'UNKNOWN', '', 1, 0 FROM event",
    "each_reversal_undoes_its_payment": REVERSAL.format("amount_poisha + 1", 1),
    "a_freed_trx_id_is_nobodys_until_it_is_taken_anew": "INSERT INTO payment (order_id, event_id, method, trx_id, "
    "sender, amount_poisha, received_at, turn) SELECT max(order_id), max(id), 'nagad', 'UNKNOWN', '', 1, 0, 1 "
    "FROM event",
    "waiting_claims_are_marked": 'UPDATE "order" SET claim_waits = 1 - claim_waits',
    "shipped_orders_have_one_live_parcel": "UPDATE shipment SET live = NULL",
    "open_cases_have_a_deadline_and_a_next_act": "UPDATE \"case\" SET next_act = 'hope'",
    "cases_are_explained_by_what_happened_on_them": 'UPDATE "case" SET version = version + 1',
    "parcels_in_trouble_have_a_case": "UPDATE \"case\" SET state = 'closed', closed_at = 1",
    "what_waits_to_be_inspected_is_in_parcels_that_came_back": "UPDATE order_line SET to_inspect = 1",
    "what_stays_of_a_payment_is_all_that_stays": 'UPDATE "order" SET to_inspect = 0 WHERE paid_poisha > 0',
    "each_delivery_is_counted_once": "UPDATE delivery_days SET deliveries = deliveries + 1",
    "what_came_to_its_customer_says_when": 'UPDATE "order" SET delivered_at = 1',
    "order_numbers_have_no_gaps": "UPDATE \"order\" SET number = '2001' WHERE number = '1002'",
}
# By construction: a posting is one row with both sides, and the database refuses levels out of bounds.
CANNOT_BE_BROKEN = {"debits_equal_credits", "levels_are_within_bounds"}


@pytest.fixture
def damaged(sqlite_template: Path, tmp_path: Path, clock: ManualClock, owner: Actor) -> Iterator[Shop]:
    """A shop with a delivered and a shipped order, whose database is not checked afterwards."""
    path = shutil.copy(sqlite_template, tmp_path / "damaged.sqlite3")
    database: Database = open_database(f"sqlite:///{path}")
    shop = open_shop(database, clock, owner)
    shop.bring_to("delivered", ("MUG", 1))
    cod = shop.bring_to("shipped", ("MUG", 1), payment={"method": "cod"})
    shop.do(cod, c.ReportProblem(problem="nobody home"))
    shop.do(shop.place(("SARI", 1)), c.ClaimPayment(method="bkash", transaction_id="CLAIM12345"))
    give(shop, came(shop, 500))
    yield shop
    database.close()


def test_every_invariant_has_its_damage() -> None:
    assert set(DAMAGE) | CANNOT_BE_BROKEN == {check.__name__ for check in CHECKS}


@pytest.mark.parametrize("name", sorted(DAMAGE))
def test_damage_is_found_and_shown(damaged: Shop, name: str) -> None:
    assert all(result.ok for result in damaged.db.read(run_checks))
    damaged.db.write(lambda tx: tx.script(DAMAGE[name]))
    found = {result.name: result.problems for result in damaged.db.read(run_checks)}
    assert found[name.replace("_", " ")]
