"""What must be true of the shop at every moment, each invariant one function.

To add one: write it beside its kin (`books`, `posted`, `couriers`, `stock`, `lives`, …), and name it in CHECKS.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dokango.checks import (
    approvals,
    books,
    cases,
    couriers,
    forgiven,
    lives,
    owed,
    paid,
    posted,
    records,
    stock,
    taken_back,
)
from dokango.db import Tx

Check = Callable[[Tx], list[str]]

CHECKS: tuple[Check, ...] = (
    books.debits_equal_credits,
    books.every_account_has_a_kind,
    books.receivable_is_what_customers_owe,
    books.refunds_payable_are_what_orders_say,
    books.courier_receivable_is_cod_not_paid_out,
    books.inventory_account_is_stock_value,
    books.cogs_is_the_cost_of_what_is_sold,
    books.wallets_hold_payments_less_refunds_and_fees,
    posted.each_order_is_posted_as_it_stands,
    posted.prices_are_posted_as_orders_say,
    posted.kept_advances_are_what_orders_say,
    posted.claims_are_booked_as_paid,
    posted.each_step_posted_once,
    posted.rounding_is_less_than_a_taka,
    forgiven.what_is_forgiven_is_within_what_was_allowed,
    taken_back.each_reversal_undoes_its_payment,
    taken_back.a_freed_trx_id_is_nobodys_until_it_is_taken_anew,
    owed.credits_are_what_the_books_owe,
    owed.each_credit_is_explained_by_its_entries,
    owed.orders_show_the_credit_they_used_and_made,
    owed.parts_of_a_payment_are_no_more_than_came,
    records.customers_records_are_what_their_orders_come_to,
    approvals.large_amounts_are_booked_by_two,
    approvals.what_one_person_sends_back_is_within_the_limit_of_the_day,
    approvals.what_waits_for_approval_is_marked,
    couriers.courier_expense_is_what_parcels_were_charged,
    couriers.payouts_are_posted_as_they_say,
    stock.levels_are_within_bounds,
    stock.levels_are_explained_by_movements,
    stock.reserved_is_what_open_orders_hold,
    stock.unconfirmed_units_are_those_of_pending_orders,
    stock.sold_goods_carry_their_cost,
    lives.history_is_a_legal_path,
    lives.order_totals_are_their_lines,
    paid.money_words_follow_the_amounts,
    paid.each_trx_id_settles_one_payment,
    paid.waiting_claims_are_marked,
    lives.shipped_orders_have_one_live_parcel,
    lives.what_waits_to_be_inspected_is_in_parcels_that_came_back,
    lives.what_stays_of_a_payment_is_all_that_stays,
    lives.each_delivery_is_counted_once,
    lives.what_came_to_its_customer_says_when,
    lives.order_numbers_have_no_gaps,
    cases.open_cases_have_a_deadline_and_a_next_act,
    cases.cases_are_explained_by_what_happened_on_them,
    cases.open_claims_have_a_case,
    cases.open_wishes_have_a_case,
    cases.requests_to_couriers_have_a_case,
    cases.parcels_in_trouble_have_a_case,
)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One invariant's verdict: its name in words, and a line for each row that breaks it."""

    name: str
    sentence: str
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing breaks it."""
        return not self.problems


def run_checks(tx: Tx) -> list[CheckResult]:
    """Prove every invariant on one snapshot."""
    return [
        CheckResult(check.__name__.replace("_", " "), (check.__doc__ or "").strip(), tuple(check(tx)))
        for check in CHECKS
    ]
