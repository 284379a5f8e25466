"""Seeded bugs, one row each: what a change would break unseen if no test looked there.

A row names a line that stands exactly once in its file, and the tests that must go red when it reads otherwise; few and
quick ones, on SQLite. To add one: a row. When a row no longer applies, the code has moved: bring the row after it.
"""

from __future__ import annotations

from typing import NamedTuple


class Bug(NamedTuple):
    """`old` becomes `new` in `file`; then one of `tests` (files, or names in them) must fail."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


GUARDS = "dokango/orders/lifecycle/decisions/guards.py"
TABLE = "dokango/orders/lifecycle/table.py"
PERFORM = "dokango/orders/lifecycle/perform.py"
STEP = "dokango/orders/lifecycle/step.py"
UNDO = "dokango/orders/lifecycle/undo.py"
EFFECTS = "dokango/orders/lifecycle/decisions/effects.py"
PAYOUT = "dokango/orders/lifecycle/decisions/payout.py"
EXPIRY = "dokango/orders/lifecycle/decisions/expiry.py"
WEB_LIMITS = "dokango/orders/placing/limits.py"
BACK = "dokango/orders/lifecycle/decisions/goods_back.py"
PARCEL_BACK = "dokango/orders/lifecycle/decisions/parcel_back.py"
MONEY_STEPS = "state/orders/money_steps.py"
WRITE = "dokango/orders/lifecycle/write.py"
UNPLACING = "dokango/orders/lifecycle/decisions/unplacing.py"
EDITING = "dokango/orders/lifecycle/decisions/editing.py"
EDITED_LINES = "dokango/orders/lifecycle/decisions/edited_lines.py"
FORGIVING = "dokango/orders/lifecycle/decisions/forgiving.py"
PRICE = "dokango/orders/book/price.py"
CLAIM_STEPS, COMPENSATED = "dokango/orders/claims/steps.py", "dokango/payouts/compensated.py"
MONEY_STATE = "dokango/orders/book/money_state.py"
RIDERS_CASH = "dokango/orders/lifecycle/settled/riders_cash.py"
CASES = "dokango/orders/cases/moves.py"
OVERDUE = "dokango/orders/cases/overdue.py"
BY_STAFF = "dokango/orders/cases/by_staff.py"
PAYOUTS, MATCHING, KNOWN = "dokango/payouts/book.py", "dokango/payouts/match.py", "dokango/payouts/known.py"
EVIDENCE, STATEMENTS = "dokango/payments/evidence.py", "dokango/payments/statement_lines.py"
CLAIM_ASKED, CREDITS = "dokango/orders/claims/asked.py", "dokango/payments/credits.py"
APPROVING, WAITING = "dokango/orders/lifecycle/decisions/approving.py", "dokango/orders/waits/round.py"
CHECKOUT_FORM = "dokango/orders/placing/checkout_form.py"
IDEMPOTENCY = "dokango/orders/book/idempotency.py"
LEVELS = "dokango/stock/levels.py"
RECEIVING = "dokango/stock/receiving.py"
PERMISSIONS = "dokango/people/permissions.py"
SESSIONS = "dokango/people/sessions.py"
SECOND_STEP = "dokango/people/second_step.py"
NEWS = "dokango/orders/parcels/news.py"
UNCERTAIN = "dokango/orders/parcels/uncertain.py"
BOOK = "dokango/orders/parcels/book.py"
CALL_BACK = "dokango/orders/parcels/call_back.py"
SHIPMENTS = "dokango/couriers/parcels/shipments.py"
LIMITS = "dokango/couriers/kind/parcel_limits.py"
GATE = "dokango_web/gate.py"
VISITORS = "dokango_web/door/visitors.py"
SOCKET_RATE = "dokango_web/door/socket_rate.py"
FORM = "state/kit/form.py"
LIVE = "state/kit/live.py"
STEPS = "state/orders/steps.py"

_LIFECYCLE = "tests/core/test_lifecycle.py"
_MONEY = "tests/core/test_money_of_orders.py"
_EXPIRY = "tests/core/test_expiry.py"
_EDITING = "tests/core/test_editing.py"
_MODEL = "tests/core/test_edits_model.py"
_DISCOUNTS = "tests/core/test_discounts.py"
_FORGIVING = "tests/core/test_forgiving.py"
_WEB_LIMITS = "tests/core/test_web_limits.py"
_RIDERS = "tests/core/test_riders_cash.py"
_CASES = "tests/core/test_cases.py"
_PAYOUTS = "tests/core/test_payouts.py"
_CHECKOUT = "tests/core/test_checkout.py"
_STEP = "tests/core/test_second_step.py"
_STEP_ON_PAGES = "tests/state/test_second_step.py"
_SIGN_IN = "tests/api/test_sign_in.py"
_SOCKETS = "tests/door/test_sockets.py"
_ARRIVALS = "tests/door/test_arrivals.py"
_FORMS = "tests/state/test_forms.py"
_STOCK = "tests/core/test_stock_levels.py"
_NEWS = "tests/core/test_parcel_news.py"
_DISPATCH = "tests/core/test_dispatch.py"
_UNCERTAIN = "tests/core/test_uncertain_bookings.py"
_REFUSED = "tests/core/test_not_allowed.py"
_STEADFAST = "tests/core/test_steadfast.py"
_GATE = "tests/state/test_gate.py"
_CLOSED = "tests/state/test_handler_permissions.py"
_PEOPLE = "tests/core/test_people.py"
_KEYS = "tests/api/test_api_idempotency.py"
_ONCE = "tests/state/test_live_once.py"
_RACES = "tests/core/test_races.py"
_TOPICS = "tests/core/test_topics.py"
_ROLES = "tests/core/test_permissions.py"

BUGS: tuple[Bug, ...] = (
    # guards
    Bug("an unpaid wallet order is confirmed", GUARDS,
        'Verify the payment first." if order.due_poisha else ""',
        'Verify the payment first." if order.due_poisha < 0 else ""',
        (f"{_LIFECYCLE}::test_an_unpaid_order_is_not_confirmed_and_says_what_is_due",)),
    Bug("cash on delivery is confirmed without the advance", GUARDS,
        'if missing else ""', 'if missing < 0 else ""',
        (f"{_LIFECYCLE}::test_cash_on_delivery_waits_for_the_advance_that_the_shop_asks_for",)),
    Bug("a held order is packed", GUARDS,
        'not_held(s) or unanswered(s) or ("The order', 'unanswered(s) or ("The order',
        (f"{_LIFECYCLE}::test_a_held_order_does_not_move_on_until_it_is_released",)),
    Bug("an order is packed twice", GUARDS,
        'if s.order.packed else "")', 'if s.order.packed > 1 else "")',
        (f"{_LIFECYCLE}::test_an_order_is_packed_before_it_is_shipped_and_packed_once",)),
    Bug("what is not packed is shipped", GUARDS,
        "if not s.order.packed:", "if s.order.packed is None:",
        (f"{_LIFECYCLE}::test_an_order_is_packed_before_it_is_shipped_and_packed_once",)),
    Bug("an order of unknown booking moves on", GUARDS,
        'if s.order.booking == "uncertain":', 'if s.order.booking == "never":',
        (f"{_UNCERTAIN}::test_an_uncertain_booking_blocks_a_second_one_a_cancel_and_a_manual_parcel",)),
    Bug("an order is cancelled under the courier's parcel", GUARDS,
        'if s.order.booking == "booked":', 'if s.order.booking == "never":',
        (
         f"{_DISPATCH}::test_a_hold_put_on_while_the_courier_was_called_keeps_the_parcel_and_shipping_goes_on_after_release",
         )),
    Bug("an order whose TrxID waits is let go", EXPIRY,
        "if s.order.claim_waits:", "if s.order.claim_waits > 1:",
        (f"{_EXPIRY}::test_what_somebody_has_seen_to_stays",)),
    Bug("an order is let go before its customer is told", EXPIRY,
        "if s.order.expires_at is None and s.profile.hold_notice_us:", "if s.order.expires_at == 0:",
        (f"{_EXPIRY}::test_a_step_of_the_clock_is_refused_before_its_time",)),
    Bug("a visitor has one open order too many", WEB_LIMITS,
        "if waiting >= most:", "if waiting > most:",
        (f"{_WEB_LIMITS}::test_a_phone_has_three_orders_open_whatever_its_network",)),
    Bug("a TrxID is taken for a paid order", GUARDS,
        'if s.order.due_poisha > 0 else "Nothing is due', 'if s.order.due_poisha >= 0 else "Nothing is due',
        (f"{_MONEY}::test_no_trx_id_is_taken_for_an_order_on_which_nothing_is_due",)),
    Bug("more is refunded than is due back", EFFECTS,
        "if command.amount_poisha > s.order.refund_due_poisha:", "if command.amount_poisha < 0:",
        (f"{_MONEY}::test_no_more_is_refunded_than_is_due_back",)),
    Bug("a courier pays out more than it owes", PAYOUT,
        "if amount > max(0, owed + gained):", "if amount > max(0, owed + gained) + 100:",
        (f"{_MONEY}::test_cash_on_delivery_is_owed_by_the_courier_until_it_pays_out",)),
    # the lifecycle's table, and who may
    Bug("a customer cancels a confirmed order", TABLE,
        "by_customer=(PENDING,)", "by_customer=BEFORE_SHIPPING",
        (f"{_LIFECYCLE}::test_a_customer_cancels_while_pending_and_no_longer",)),
    Bug("packers pay refunds", TABLE,
        '"refund", STATUSES, None, Permission.REFUND', '"refund", STATUSES, None, Permission.SHIP',
        (f"{_LIFECYCLE}::test_only_who_holds_the_permission_gets_as_far_as_the_order",)),
    Bug("an order moves on without the permission", PERFORM,
        "    context.actor.require(permission)", "    pass",
        (f"{_LIFECYCLE}::test_only_who_holds_the_permission_gets_as_far_as_the_order",)),
    Bug("a stale click is taken", PERFORM,
        "    refuse_stale(tx, context, order)", "    pass",
        (f"{_LIFECYCLE}::test_a_stale_click_is_refused_with_who_did_what",)),
    Bug("managers see the profit", PERMISSIONS,
        "    Permission.SEE_PROFIT, Permission.SEE_BOOKS,", "    Permission.SEE_BOOKS,",
        (_ROLES,)),
    Bug("whoever looks on counts the shelf", RECEIVING,
        "actor.require(Permission.COUNT_STOCK)", "actor.require(Permission.VIEW_STOCK)",
        (f"{_REFUSED}::test_a_command_without_its_permission_is_refused_and_changes_nothing",)),
    Bug("whoever looks on asks parcels back", CALL_BACK,
        "context.actor.require(Permission.SHIP)", "context.actor.require(Permission.VIEW_ORDERS)",
        (f"{_REFUSED}::test_a_command_without_its_permission_is_refused_and_changes_nothing",)),
    Bug("the refund's dialog is open to all staff", MONEY_STEPS,
        "@allow(Permission.REFUND)\n    @sends(lambda _, typed: read.refund_of(typed), over=ORDER)",
        "@allow(Permission.VIEW_ORDERS)\n    @sends(lambda _, typed: read.refund_of(typed), over=ORDER)",
        (_CLOSED,)),
    Bug("an idle session lives on", SESSIONS,
        " or now_us >= row.seen_at + IDLE_US", "",
        (f"{_PEOPLE}::test_a_session_lives_until_it_is_idle_ended_or_signed_out",)),
    # sign-in's second step
    Bug("a code of the phone opens two browsers", SECOND_STEP,
        '_T.c.last_step < bindparam("step")', '_T.c.last_step <= bindparam("step")',
        (f"{_STEP}::test_a_code_that_was_used_opens_no_second_browser",)),
    Bug("a recovery code opens again and again", SECOND_STEP,
        '_C.c.code_hash == bindparam("hash"), _C.c.used_at.is_(None))', '_C.c.code_hash == bindparam("hash"))',
        (f"{_STEP}::test_a_recovery_code_takes_the_phones_place_once",)),
    Bug("a recovery code opens for anybody", SECOND_STEP,
        '_C.c.user_id == bindparam("who"), _C.c.code_hash', "_C.c.code_hash",
        (f"{_STEP}::test_a_recovery_code_is_nobody_elses",)),
    Bug("the desk opens before the code", SESSIONS,
        "if row.step_since is not None and row.proved_at is None:", "if False:",
        (f"{_STEP_ON_PAGES}::test_the_code_is_asked_for_after_the_password_and_nothing_opens_before",)),
    Bug("a given password opens papers", SESSIONS,
        "if row.given_at is not None:", "if False:",
        (f"{_SIGN_IN}::test_a_given_password_leads_to_the_step_and_opens_no_paper",)),
    # the door's sockets
    Bug("another's page is given to whoever names its token", VISITORS,
        "self._owners.setdefault(token, visitor) == visitor", 'self._owners.setdefault(token, visitor) != ""',
        (f"{_SOCKETS}::test_anothers_token_is_refused_and_a_fresh_one_told",)),
    Bug("a network opens pages as fast as it likes", SOCKET_RATE,
        "if bucket.left < 1:", "if bucket.left < -1_000:",
        (f"{_ARRIVALS}::test_permits_come_back_with_time_and_never_more_than_there_may_be_at_once",)),
    # forms
    Bug("a form that was shown anew takes the old press", FORM,
        "is_over = press != self.press or not self._is_shown(name)", "is_over = False",
        (f"{_FORMS}::test_a_form_pressed_twice_acts_once",)),
    Bug("a checkout's form places an order each time it is sent", CHECKOUT_FORM,
        "before = idempotency.answered(tx, _SCOPE, key, body)", "before = None",
        (f"{_CHECKOUT}::test_the_same_key_places_one_order_and_another_form_under_it_is_refused",)),
    Bug("a TrxID typed before choosing cash is claimed", CHECKOUT_FORM,
        '"transaction_id": trx_id if claims else None', '"transaction_id": trx_id',
        (f"{_CHECKOUT}::test_a_trx_id_typed_before_choosing_cod_is_left_out",)),
    # the gate, and live pages
    Bug("the gate lets through what nobody declared", GATE,
        'return await _refused(state, event, found, "not declared")', "return None",
        (f"{_GATE}::test_a_handler_that_nobody_declared_is_refused_to_all",)),
    Bug("the gate asks nobody's role", GATE,
        "if access.admits(actor) or (", "if access is not None or (",
        (_CLOSED,)),
    Bug("a tab keeps what its last user saw", GATE,
        "        await settle_owner(state, found)", "        pass",
        (f"{_GATE}::test_a_tab_forgets_all_when_another_person_uses_it",)),
    Bug("a page is refreshed for whoever sits there now", LIVE,
        "if watching.owner and not _is_open(found, watching.owner):", "if False:",
        (f"{_ONCE}::test_whoever_signs_in_on_a_watching_tab_is_shown_nothing_of_it",)),
    Bug("a step is not announced to the order's own pages", STEP,
        "tx.changed(topics.ORDERS, topics.of_order(number))", "tx.changed(topics.ORDERS)",
        (f"{_TOPICS}::test_every_step_of_the_lifecycle_wakes_who_watches_its_order",)),
    # postings
    Bug("what was paid too much is not due back", EFFECTS,
        "to_due = min(amount, s.order.due_poisha)", "to_due = amount",
        (f"{_MONEY}::test_what_was_paid_too_much_is_due_back",)),
    Bug("a wallet's fee is posted the wrong way round", EFFECTS,
        "accounts.WALLET_FEES, cash,", "cash, accounts.WALLET_FEES,",
        (f"{_MONEY}::test_a_wallet_fee_is_a_posting_of_its_own",)),
    Bug("what the rider collected is owed by nobody", EFFECTS,
        "courier_due=cash.collected_poisha,", "courier_due=0,",
        (f"{_MONEY}::test_cash_on_delivery_is_owed_by_the_courier_until_it_pays_out",)),
    Bug("the courier's charge for a return makes it owe us", PARCEL_BACK,
        "decision.courier_due = cost.courier_due", "decision.courier_due = -cost.courier_due",
        (f"{_MONEY}::test_a_refused_parcel_comes_back_with_the_couriers_charge",)),
    Bug("a cancelled order's sale stays in the books", STEP,
        "if decision.reverse_placing else []", "if False else []",
        (f"{_MONEY}::test_cancelling_undoes_the_placing_and_owes_back_what_was_paid",)),
    Bug("broken goods are booked as sold", WRITE,
        '"written_off": (accounts.WRITE_OFF, accounts.INVENTORY)', '"written_off": (accounts.COGS, accounts.INVENTORY)',
        (f"{_MONEY}::test_a_parcel_that_came_back_broken_is_written_off_at_cost",)),
    Bug("goods come back at a share of their cost counted twice", BACK,
        "line.cost_poisha, part.before, line.sold", "line.cost_poisha, 0, line.sold",
        (f"{_MONEY}::test_part_of_a_delivered_order_comes_back_at_the_cost_it_left_at",)),
    Bug("more comes back than was sold", BACK,
        "named + wanted.quantity > possible", "wanted.quantity > possible",
        (f"{_MONEY}::test_part_of_a_delivered_order_comes_back_at_the_cost_it_left_at",)),
    Bug("the delivery charge is given back twice", BACK,
        "command.include_delivery and s.order.delivery_returned", "False",
        (f"{_MONEY}::test_the_delivery_charge_is_given_back_once",)),
    # the price
    Bug("what a discount took off is paid back", PRICE,
        "net[line_id] = amount - share", "net[line_id] = amount",
        (f"{_DISCOUNTS}::test_a_part_kept_is_worth_its_share_of_what_was_lowered",)),
    Bug("what was forgiven is paid back", UNPLACING,
        "order.due_poisha - order.forgiven_poisha", "order.due_poisha",
        (f"{_FORGIVING}::test_a_cancelled_order_gives_back_what_was_paid_and_no_more",)),
    Bug("more is forgiven than the owner allows", FORGIVING,
        "    if short_poisha > most:", "    if short_poisha > 10 * most:",
        (f"{_FORGIVING}::test_the_owners_limit_holds",)),
    Bug("what is due back does not pay for a higher price", EDITING,
        "min(max(0, more), order.refund_due_poisha)", "0",
        (f"{_EDITING}::test_one_less_of_a_paid_order_is_free_again_and_its_price_is_due_back",)),
    Bug("an edited parcel goes out as it was packed", EDITING,
        '{"packed": 0} if s.order.packed and lines.differ else {}', "{}",
        (f"{_EDITING}::test_an_edit_after_packing_is_packed_anew",)),
    Bug("what is taken out of an order stays reserved", EDITED_LINES,
        'found.moves.append(move(line, "released", line.quantity))', "pass",
        (f"{_EDITING}::test_a_cancel_after_edits_gives_back_what_was_paid_to_the_last_poisha", _MODEL)),
    Bug("a discount needs no reason", EDITING,
        "if priced and not command.reason:", "if False:",
        (f"{_EDITING}::test_what_cannot_be_is_said_under_its_field",)),
    # the rider's cash
    Bug("what the rider took too much is not due back", RIDERS_CASH,
        "max(0, difference), 0,", "0, 0,",
        (f"{_RIDERS}::test_what_the_rider_was_told_is_what_delivering_books",)),
    Bug("a whole taka passes for rounding", RIDERS_CASH,
        "abs(difference_poisha) < POISHA_PER_TAKA", "abs(difference_poisha) <= POISHA_PER_TAKA",
        (
         f"{_RIDERS}::test_what_the_rider_was_told_is_what_delivering_books",
         f"{_RIDERS}::test_a_payout_of_a_taka_more_than_the_courier_holds_is_refused",
         )),
    # the money's word
    Bug("a refunded order says unpaid", MONEY_STATE,
        'return "refunded" if amounts.refunded_poisha > 0 else "unpaid"', 'return "unpaid"',
        (f"{_MONEY}::test_the_money_word_follows_the_amounts",)),
    # stock
    Bug("what others reserved is sold again", LEVELS,
        "_L.c.on_hand - _L.c.reserved >= _q", "_L.c.on_hand >= _q",
        (
         f"{_STOCK}::test_every_short_item_is_named_and_nothing_is_placed",
         f"{_RACES}::test_of_fifty_buyers_racing_for_five_units_five_get_one",
         )),
    Bug("fewer are counted than are promised", LEVELS,
        "if move.quantity < reserved:", "if move.quantity < 0:",
        (f"{_STOCK}::test_fewer_than_are_promised_cannot_be_counted",)),
    Bug("the last unit does not take the rest of the cost", LEVELS,
        "share_half_up(level.value_poisha, move.quantity, level.on_hand)",
        "level.value_poisha // level.on_hand * move.quantity",
        (f"{_STOCK}::test_goods_leave_at_average_cost_and_the_last_unit_takes_the_rest",)),
    # TrxIDs, and keys
    Bug("who asked approves", APPROVING,
        'return OWN if s.actor.person == s.order.approval_person else ""', 'return ""',
        ("tests/core/test_approvals.py::test_who_asked_cannot_approve_nor_their_key",)),
    Bug("another order's TrxID is taken", "dokango/orders/lifecycle/taking.py",
        "if owner is not None and owner.order_id != order_id:", "if owner is None:",
        (f"{_MONEY}::test_one_trx_id_settles_one_payment_ever",)),
    Bug("a TrxID settles two payments of its order", WRITE,
        "if owner is None or owner.settled:", "if owner is None:",
        (f"{_MONEY}::test_one_trx_id_settles_one_payment_ever",)),
    Bug("a rejected TrxID is free for others", EFFECTS,
        "writes=[TakeTrxId(claim.method, claim.trx_id), ", "writes=[",
        (f"{_MONEY}::test_a_rejected_trx_id_stays_taken_and_may_be_claimed_again_on_its_own_order",)),
    Bug("another body is answered with the first one's answer", IDEMPOTENCY,
        "if found.body_hash != _hash(body):", "if False:",
        (f"{_KEYS}::test_another_body_under_a_key_is_refused_and_does_nothing",)),
    # parcels
    Bug("an older answer undoes a newer one", NEWS,
        "if row.synced_at is not None and asked_at <= row.synced_at:", "if False:",
        (f"{_NEWS}::test_an_answer_asked_for_earlier_never_undoes_a_later_one",)),
    Bug("a courier takes back its final word", NEWS,
        "if not _may_follow(row, reading):", "if False:",
        (f"{_NEWS}::test_a_courier_that_takes_a_final_word_back_is_not_followed_and_a_person_is_told",)),
    Bug("another order's parcel is believed", UNCERTAIN,
        "if owner is not None and owner.id != row.id:", "if False:",
        (f"{_UNCERTAIN}::test_an_id_entered_by_hand_is_asked_for_before_it_is_believed",)),
    Bug("a second parcel takes the first one's place", BOOK,
        "if order.shipment_id not in (None, shipment_id):", "if False:",
        (f"{_UNCERTAIN}::test_saying_that_it_never_landed_frees_the_order_and_a_late_surprise_is_kept_beside",)),
    Bug("another try goes by the same name", SHIPMENTS,
        "return base if not before else", "return base if before >= 0 else",
        (f"{_DISPATCH}::test_a_refusal_leaves_the_order_confirmed_says_why_and_another_try_takes_a_new_name",)),
    Bug("a rider collects half a taka less", LIMITS,
        "(cod_poisha + POISHA_PER_TAKA // 2)", "(cod_poisha)",
        (f"{_STEADFAST}::test_the_rider_collects_whole_taka_rounded_half_up",)),
    # cases
    Bug("a report that is known opens a case again", CASES,
        "    if known is not None:", "    if False:",
        (f"{_CASES}::test_a_report_that_is_known_changes_nothing_and_opens_nothing_again",)),
    Bug("a case that is closed is closed again, with another outcome", CASES,
        "    if not case.is_open:\n        return False\n    if rows.event_by_key(", "    if rows.event_by_key(",
        (f"{_CASES}::test_a_case_that_is_closed_keeps_its_first_outcome",)),
    Bug("what was undone is told all the same", UNDO,
        "told = held.stop(tx, event.id, s.actor.name)", "told = True",
        ("tests/core/test_undo.py",)),
    Bug("a step is undone although a courier may have its parcel", UNDO,
        "(booked := may_cancel(s))", "(booked := False)",
        ("tests/core/test_undo.py",)),
    Bug("a missed deadline is said every minute", OVERDUE,
        "happened, said_late_at=now_us)", "happened)",
        (f"{_CASES}::test_a_case_past_its_deadline_is_said_to_the_staff_once_for_each_deadline",)),
    Bug("what a claim brings in is income, and the loss stays", CLAIM_STEPS,
        "against_loss = min(amount, rows.loss_left_poisha(tx, claim.order_id))", "against_loss = 0",
        ("tests/core/test_claims.py",)),
    Bug("missing goods open no case", PARCEL_BACK,
        "lost = [part for part in found if part.condition != RESELL]",
        'lost = [part for part in found if part.condition == DAMAGED]', ("tests/core/test_losses.py",)),
    Bug("a claim is paid twice by one payout", COMPENSATED,
        "    claimed.add(claim.id)\n", "", ("tests/core/test_claims_off_payouts.py",)),
    Bug("who took a case is not kept", BY_STAFF,
        '"taken", happened, taken_by=by)', '"taken", happened)',
        (f"{_CASES}::test_a_case_is_taken_and_given_back_and_a_closed_one_is_not",)),
    Bug("another attempt keeps the first one's deadline", CASES,
        '{**stand, "attempts": found.attempts + 1,',
        '{**stand, "due_at": found.due_at, "attempts": found.attempts + 1,',
        (f"{_CASES}::test_a_second_attempt_stands_on_the_same_case_with_a_new_deadline",)),
    # payouts, and what wallets told
    Bug("a payout under another number is booked again", PAYOUTS,
        "return same or _of_the_same_parcels(tx, found)", "return same",
        (f"{_PAYOUTS}::test_a_payout_is_done_once",)),
    Bug("a payout pays another courier's parcels", KNOWN,
        "if account_part(p.courier, p.carrier) == courier]", "if courier]",
        (f"{_PAYOUTS}::test_a_parcel_of_another_courier_is_not_of_this_payout",)),
    Bug("a parcel that stands twice in a payout is paid twice", MATCHING,
        "if found.parcel.id in seen:", "if False:",
        (f"{_PAYOUTS}::test_a_parcel_twice_in_one_file_is_paid_once",)),
    Bug("a message that comes again is told as new", EVIDENCE,
        "return Kept(before, duplicate=True)", "return Kept(before, duplicate=False)",
        ("tests/core/test_wallet_evidence.py::test_the_same_message_and_the_same_trx_id_are_one_evidence",)),
    Bug("a TrxID with two amounts is money twice", STATEMENTS,
        "line if before == line.amount_poisha else _of_another_amount(line, before)", "line",
        ("tests/core/test_statements.py::test_one_trx_id_with_two_amounts_is_shown_and_makes_no_money",)),
    Bug("a parcel is claimed while its claim is open", CLAIM_ASKED,
        "if any(claim.is_open for claim in claims):", "if False:",
        ("tests/core/test_claims.py::test_of_a_parcel_one_claim_is_open_and_a_closed_one_stays_closed",)),
    Bug("more credit is spent than there is", CREDITS,
        ', _C.c.balance_poisha >= bindparam("amount"))', ")",
        ("tests/core/test_customers_money.py::test_credit_is_used_in_parts_and_never_more_than_there_is_or_is_due",)),
    Bug("a refund in parts passes the limit of one person", APPROVING,
        "before + one.amount_poisha > limit", "one.amount_poisha > limit",
        ("tests/core/test_approvals.py::test_a_refund_waits_too_and_parts_of_it_pass_no_limit",)),
    Bug("an order that comes to wait again is told of no more", WAITING,
        'return f"wait/{wait.key}/{order_id}/{since_us}"', 'return f"wait/{wait.key}/{order_id}"',
        ("tests/core/test_waits.py::test_an_order_that_comes_to_stand_there_again_is_told_of_again",)),
)  # fmt: skip
