"""Cases, on both databases: what a courier says opens, moves and closes them; none is forgotten or left silently."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dokango.clock import US_PER_S
from dokango.couriers.kind import CaseRule
from dokango.couriers.registry import COURIERS
from dokango.errors import NotAllowed, Refused
from dokango.notify.notices import latest
from dokango.orders import Done
from dokango.orders.cases import by_staff, overdue, rows
from dokango.orders.cases.kinds import KINDS, CaseKind
from dokango.orders.cases.moves import Happened, Matter, about_parcel, close, due_of, open_case
from dokango.orders.cases.rows import CaseRow
from dokango.orders.cases.words import kind_of
from dokango.orders.lifecycle import commands as c
from dokango.people.actor import Actor
from tests.core.couriered import COD, Couriered, notification, shipped

HOUR_US = 3_600 * US_PER_S


def said(couriered: Couriered, order: Done, *statuses: str) -> list[CaseRow]:
    """The order's open cases after the courier has said so."""
    for status in statuses:
        couriered.move(order, status)
        couriered.sync(order)
    return couriered.cases(order)


def told(couriered: Couriered, order: Done, words: str) -> None:
    """A rider's words arrive, and are looked into."""
    body = notification(couriered, order, "", notification_type="tracking_update", tracking_message=words)
    couriered.hear(body)
    couriered.run_jobs()


def all_cases(couriered: Couriered, order: Done) -> list[CaseRow]:
    return couriered.shop.db.read(lambda tx: rows.all_of(tx, order.order_id))


def happened(couriered: Couriered, case: CaseRow) -> list[str]:
    return [event.what for event in couriered.shop.db.read(lambda tx: rows.events_of(tx, case.id))]


@pytest.mark.parametrize(
    ("status", "kind", "state", "next_act", "hours"),
    [
        ("hold", "held_at_hub", "needs_us", "ask_courier", 24),
        ("cancelled_approval_pending", "refused", "needs_us", "call_customer", 24),
        ("unknown_approval_pending", "unknown", "needs_us", "ask_courier", 24),
        ("gone fishing", "unknown", "needs_us", "ask_courier", 24),
        ("exceptional", "lost", "needs_us", "agree_loss", 24),
        ("partial_delivered", "partial", "needs_us", "say_kept", 24),
        ("cancelled", "unknown", "coming_back", "wait_return", 7 * 24),
        ("cancelled_return_received", "unknown", "to_inspect", "inspect", 2 * 24),
    ],
)
def test_what_is_not_delivered_has_a_case_with_a_deadline_and_a_next_act(
    couriered: Couriered, status: str, kind: str, state: str, next_act: str, hours: int
) -> None:
    order = shipped(couriered, **COD)
    (case,) = said(couriered, order, status)
    assert (case.kind, case.state, case.next_act, case.taken_by) == (kind, state, next_act, "")
    assert case.due_at - case.opened_at == hours * HOUR_US
    assert happened(couriered, case) == ["opened"]


def test_a_couriers_rule_says_by_when_it_must_be_answered(
    couriered: Couriered, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = CaseRule(deadline=lambda kind, heard_us: heard_us + HOUR_US if kind == "refused" else None)
    monkeypatch.setitem(COURIERS, "steadfast", replace(COURIERS["steadfast"], cases=rule))
    (refused,) = said(couriered, shipped(couriered, **COD), "cancelled_approval_pending")
    (held,) = said(couriered, shipped(couriered, **COD), "hold")
    assert [case.due_at - case.opened_at for case in (refused, held)] == [HOUR_US, 24 * HOUR_US]


def test_a_second_attempt_stands_on_the_same_case_with_a_new_deadline(couriered: Couriered) -> None:
    order = shipped(couriered, **COD)
    (first,) = said(couriered, order, "cancelled_approval_pending")
    couriered.shop.clock.advance(30 * 3_600)
    (again,) = said(couriered, order, "pending", "cancelled_approval_pending")
    assert (again.id, again.attempts, again.state) == (first.id, 2, "needs_us")
    assert again.due_at == due_of(KINDS[again.kind], couriered.parcel(order), again.moved_at) > first.due_at
    assert happened(couriered, again) == ["opened", "moved", "attempt"]


def test_a_report_that_is_known_changes_nothing_and_opens_nothing_again(couriered: Couriered) -> None:
    order = shipped(couriered)
    matter = Matter(f"order/{order.order_id}", order.order_id)
    report = Happened("lost/1", "Lost.", couriered.shop.clock.now_us())
    first = couriered.shop.db.write(lambda tx: open_case(tx, matter, "lost", report))
    actor, clock = couriered.shop.owner, couriered.shop.clock
    assert couriered.shop.db.write(lambda tx: open_case(tx, matter, "lost", report)) == first
    assert couriered.shop.db.write(lambda tx: by_staff.deal_with(tx, actor, clock, first, "It is settled."))
    assert not couriered.shop.db.write(lambda tx: by_staff.deal_with(tx, actor, clock, first, "It is settled."))
    assert couriered.shop.db.write(lambda tx: open_case(tx, matter, "lost", report)) == first
    assert couriered.cases(order) == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Customer refused to receive the parcel", "refused"),
        ("Customer's phone is switched off", "no_answer"),
        ("Called 3 times, no-answer", "no_answer"),
        ("Customer not at home", "not_home"),
        ("Reschedule: wants it tomorrow", "another_day"),
        ("Address not found", "address"),
        ("ঠিকানা ভুল", "address"),
        ("গ্রাহক নিতে চায় না", "refused"),
        ("ফোন ধরছে না", "no_answer"),
        ("Parcel held at hub", "held_at_hub"),
        ("Box arrived DAMAGED", "damaged"),
        ("Out for delivery", "unknown"),
        ("", "unknown"),
        ("x" * 5_000, "unknown"),
    ],
)
def test_a_riders_words_are_read_into_a_kind(words: str, kind: str) -> None:
    assert kind_of(words) == kind


def test_the_riders_words_tell_the_kind_before_and_after_the_status(couriered: Couriered) -> None:
    before, after = shipped(couriered, **COD), shipped(couriered, **COD)
    told(couriered, before, "Customer's phone is switched off")
    assert couriered.cases(before) == [], "words alone open nothing"
    (case,) = said(couriered, before, "cancelled_approval_pending")
    assert (case.kind, case.words) == ("no_answer", "Customer's phone is switched off")

    said(couriered, after, "cancelled_approval_pending")
    told(couriered, after, "Consignment status has been updated as Cancelled")
    told(couriered, after, "Address not found, called twice")
    (case,) = couriered.cases(after)
    assert (case.kind, case.words, case.attempts) == ("address", "Address not found, called twice", 1)
    assert happened(couriered, case) == ["opened", "said"]


@pytest.mark.parametrize(
    ("statuses", "outcome"),
    [
        (("cancelled_approval_pending", "pending", "delivered"), "delivered"),
        (("hold", "pending"), "on its way again"),
        (("exceptional", "pending"), "on its way again"),
    ],
)
def test_a_case_ends_with_an_outcome_that_is_written_down(
    couriered: Couriered, statuses: tuple[str, ...], outcome: str
) -> None:
    order = shipped(couriered, **COD)
    assert said(couriered, order, *statuses) == []
    (case,) = all_cases(couriered, order)
    assert (case.state, case.outcome, bool(case.closed_by)) == ("closed", outcome, True)
    assert happened(couriered, case)[-1] == "closed"


def test_a_case_that_is_closed_keeps_its_first_outcome(couriered: Couriered, owner: Actor) -> None:
    shop, order = couriered.shop, shipped(couriered, **COD)
    assert said(couriered, order, "hold", "pending") == []
    (case,) = all_cases(couriered, order)
    again = Happened("closed/again", "lost", shop.clock.now_us(), owner)
    assert shop.db.write(lambda tx: close(tx, case, "lost", again)) is False
    assert all_cases(couriered, order) == [case] and case.outcome == "on its way again"
    assert happened(couriered, case).count("closed") == 1


def test_the_way_back_moves_the_case_to_inspection_and_what_is_received_closes_it(couriered: Couriered) -> None:
    order = shipped(couriered, **COD)
    states = [said(couriered, order, status)[0] for status in ("cancelled_approval_pending", "cancelled")]
    states += [said(couriered, order, f"cancelled_return_{leg}")[0] for leg in ("rider_assigned", "received")]
    assert [case.state for case in states] == ["needs_us", "coming_back", "coming_back", "to_inspect"]
    assert {(case.id, case.kind) for case in states} == {(states[0].id, "refused")}
    couriered.shop.do(order, c.ReceiveReturn(restock=True))
    assert [(case.state, case.outcome) for case in all_cases(couriered, order)] == [("closed", "returned")]


def test_what_staff_note_is_a_case_until_they_say_it_is_solved(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("shipped", ("MUG", 1))
    couriered.shop.do(order, c.ReportProblem(problem="nobody at home"))
    couriered.shop.do(order, c.ReportProblem(problem="went again on Friday"))
    (case,) = couriered.cases(order)
    assert (case.kind, case.words, case.attempts) == ("not_home", "went again on Friday", 1)
    couriered.shop.do(order, c.ReportProblem(problem=""))
    assert [(case.outcome, case.closed_by) for case in all_cases(couriered, order)] == [("solved", "Olin Owner")]


def test_a_case_past_its_deadline_is_said_to_the_staff_once_for_each_deadline(couriered: Couriered) -> None:
    shop, order = couriered.shop, shipped(couriered, **COD)
    said(couriered, order, "cancelled_approval_pending")
    assert overdue.say_late(shop.db, shop.clock) == 0
    shop.clock.advance(24 * 3_600 + 1)
    assert [overdue.say_late(shop.db, shop.clock) for _ in range(3)] == [1, 0, 0]
    (case,) = said(couriered, order, "pending")
    assert case.said_late_at is None
    shop.clock.advance(48 * 3_600 + 1)
    assert [overdue.say_late(shop.db, shop.clock) for _ in range(2)] == [1, 0]
    words = [notice.words for notice in shop.db.read(lambda tx: latest(tx, 1)) if "deadline" in notice.words]
    assert len(words) == 2 and "wait for the delivery was due on" in words[0]


def test_a_case_is_taken_and_given_back_and_a_closed_one_is_not(
    couriered: Couriered, packer: Actor, viewer: Actor
) -> None:
    shop, order = couriered.shop, shipped(couriered, **COD)
    (case,) = said(couriered, order, "hold")
    for by in ("Piyal Packer", "Piyal Packer", ""):
        shop.db.write(lambda tx, by=by: by_staff.take(tx, packer, shop.clock, case.id, by=by))
        assert couriered.cases(order)[0].taken_by == by
    assert happened(couriered, case) == ["opened", "taken", "taken"]
    with pytest.raises(NotAllowed):
        shop.db.write(lambda tx: by_staff.take(tx, viewer, shop.clock, case.id, by="Vinita"))
    shop.db.write(lambda tx: by_staff.deal_with(tx, packer, shop.clock, case.id, "It is settled."))
    with pytest.raises(Refused, match="closed already"):
        shop.db.write(lambda tx: by_staff.take(tx, packer, shop.clock, case.id, by="Piyal Packer"))


def test_two_workers_cannot_say_it_twice(couriered: Couriered) -> None:
    """Each reads the late ones first; the second finds the first one's word under the lock."""
    shop, order = couriered.shop, shipped(couriered, **COD)
    (case,) = said(couriered, order, "hold")
    shop.clock.advance(24 * 3_600 + 1)
    said_by = [shop.db.write(lambda tx: overdue._say(tx, case.id, shop.clock.now_us())) for _ in range(2)]
    assert said_by == [True, False]


def test_a_kind_of_case_is_one_row_and_is_opened_where_it_is_heard_of(
    couriered: Couriered, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, "rained_out", CaseKind("rained_out", "Rained out", "ask_courier", "rain", hours=6))
    order = shipped(couriered, **COD)
    rained = Happened("rain/1", "It rained.", couriered.shop.clock.now_us())
    couriered.shop.db.write(lambda tx: open_case(tx, about_parcel(couriered.parcel(order)), "rained_out", rained))
    (case,) = couriered.cases(order)
    assert (case.kind, case.next_act, case.due_at) == ("rained_out", "ask_courier", rained.now_us + 6 * HOUR_US)
    said(couriered, order, "delivered")
    assert [case.outcome for case in all_cases(couriered, order)] == ["delivered"]
