"""Undoing the last step: what goes back, what stays on record, who is told, and what is never undone."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from sqlalchemy import bindparam, select, update

from dokango import audit
from dokango.db import Statement, table_of
from dokango.errors import InsufficientStock, InvalidInput, NotAllowed, Refused, StaleVersion
from dokango.ledger.models import Posting
from dokango.notify.delivery import Delivery, Post
from dokango.notify.models import Message
from dokango.notify.notices import latest
from dokango.orders import Context, perform, place, undo
from dokango.orders.cases.by_staff import deal_with
from dokango.orders.customer.tracking import by_link
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.table import ASK, TABLE
from dokango.orders.lifecycle.unconfirmed import let_go
from dokango.orders.lifecycle.undoable import HELD_S, UNDOABLE
from dokango.orders.waits.round import watch
from dokango.people.actor import SYSTEM, Actor, customer
from dokango.shop.accounts import MailServer
from tests.core.couriered import Couriered, lose
from tests.core.racing import at_once
from tests.core.test_advances import ASKS_120
from tests.core.undoing import live, stands, take_back
from tests.sampling import SEED
from tests.small_shop import Shop, request

_M = table_of(Message)
_MESSAGES = Statement(select(*_M.c).where(_M.c.order_id == bindparam("order_id")).order_by(_M.c.id))
_P = table_of(Posting)
_POSTINGS = Statement(select(*_P.c).where(_P.c.event_id == bindparam("event_id")).order_by(_P.c.id))
_SENT = Statement(update(_M).where(_M.c.audience == "customer").values(state="sent"))
EDIT = c.Edit.model_validate(
    {"lines": [{"sku": "MUG", "quantity": 3}, {"sku": "SARI", "quantity": 1}], "name": "Rahima", "note": "no onions"}
)


def told(shop: Shop, number: str) -> list[Any]:
    """The messages of an order, oldest first."""
    order_id = shop.order(number).id
    return shop.db.read(lambda tx: tx.rows(_MESSAGES, order_id=order_id))


def sort_outbox(shop: Shop) -> None:
    """The worker's round over what waits; nothing is set up to send it by."""
    Delivery(shop.db, shop.clock, lambda tx: Post(MailServer(), ""), "https://shop.example.com").sort()


def waiting_to_verify(shop: Shop) -> str:
    number = shop.place(("MUG", 2)).number
    shop.do(number, c.ClaimPayment(method="bkash", transaction_id="CLAIM12345"), actor=customer("Rahima"))
    return number


def short_by_half_a_taka(shop: Shop) -> str:
    number = shop.place(("MUG", 1)).number
    shop.settle(number, 89_950)
    return number


def asked_to_cancel(shop: Shop) -> str:
    number = shop.bring_to("confirmed", ("MUG", 2)).number
    shop.do(number, c.AskChange(what="cancel", words="too late for me"), actor=customer("Rahima"))
    return number


def held(shop: Shop) -> str:
    number = shop.place(("MUG", 2)).number
    shop.do(number, c.Hold(reason="address"))
    return number


def asked_in_advance(shop: Shop) -> str:
    shop.ask_in_advance(ASKS_120)
    return shop.place(("SARI", 2), payment={"method": "cod"}).number


def brought(status: str, method: str = "cod") -> Any:
    return lambda shop: shop.bring_to(status, ("MUG", 2), ("HONEY", 1), payment={"method": method}).number


STEPS: list[tuple[str, Any, c.Command]] = [
    ("confirm", brought("pending"), c.Confirm()),
    ("forgive", short_by_half_a_taka, c.Forgive()),
    ("confirm and forgive", short_by_half_a_taka, c.Confirm(forgive=True)),
    ("waive_advance", asked_in_advance, c.WaiveAdvance(reason="a friend")),
    ("reject_claim", waiting_to_verify, c.RejectClaim(reason="not in the wallet")),
    ("hold", brought("confirmed"), c.Hold(reason="stock")),
    ("release", held, c.Release()),
    ("pack", brought("confirmed"), c.Pack(fragile=True)),
    ("deliver, cash", brought("shipped"), c.Deliver()),
    ("deliver, paid", brought("shipped", "bkash"), c.Deliver()),
    ("cancel, pending", brought("pending"), c.Cancel(reason="called off")),
    ("cancel, paid and packed", brought("packed", "bkash"), c.Cancel(reason="called off")),
    ("cancel, a claim waits", waiting_to_verify, c.Cancel(reason="called off")),
    ("cancel, as was asked", asked_to_cancel, c.Cancel(reason="called off")),
    ("cancel, held", held, c.Cancel(reason="called off")),
    ("edit, packed", brought("packed", "bkash"), EDIT),
    ("edit, fewer", brought("confirmed", "bkash"), c.Edit.model_validate({"lines": [{"sku": "MUG", "quantity": 1}]})),
    ("edit, one item for another", brought("pending"),
     c.Edit.model_validate({"lines": [{"sku": "MUG", "quantity": 2}, {"sku": "SARI", "quantity": 3}]})),
    ("edit, as was asked", asked_to_cancel, EDIT.model_copy(update={"answers_wish": "part"})),
    ("refuse_change", asked_to_cancel, c.RefuseChange(reason="it is packed")),
    ("edit_address", brought("pending"),
     c.EditAddress(name="New", phone="01811000000", line="House 9", district="Sylhet")),
    ("mark", brought("pending"), c.Mark(assigned_to="Rina", fragile=True)),
]  # fmt: skip


def test_every_action_of_the_table_says_whether_it_is_undone_and_why_not() -> None:
    beside = {action for action, row in UNDOABLE.items() if row.permission}
    assert set(UNDOABLE) == {row.action for row in (*TABLE, ASK)} | beside
    assert {name.partition(",")[0].partition(" ")[0] for name, _, _ in STEPS} | beside == {
        action for action, row in UNDOABLE.items() if row.may
    }


@pytest.mark.parametrize(("make", "command"), [pytest.param(m, k, id=n) for n, m, k in STEPS])
def test_a_step_that_is_undone_leaves_everything_as_it_was_and_can_be_taken_again(
    shop: Shop, make: Any, command: c.Command
) -> None:
    number = make(shop)
    before = stands(shop, number)
    for _ in range(2):
        shop.do(number, command)
        after = stands(shop, number)
        assert after != before
        take_back(shop, number)
        assert stands(shop, number) == before
    shop.do(number, command)
    assert _without_times(stands(shop, number)) == _without_times(after)


def _without_times(stood: dict[str, Any]) -> Any:
    """What a later taking cannot share aside: the moment of a delivery, and row ids of lines that came and went."""
    order = {name: value for name, value in stood["order"].items() if name != "delivered_at"}
    return {**stood, "order": order, "lines": [{k: v for k, v in line.items() if k != "id"} for line in stood["lines"]]}


def test_the_undoing_is_an_event_of_its_own_that_names_what_it_undoes_and_both(shop: Shop) -> None:
    number = shop.bring_to("packed", ("MUG", 2)).number
    cancelled = shop.do(number, c.Cancel(reason="called off"), actor=Actor(2, "Mitu Manager", shop.owner.role))
    done = take_back(shop, number, reason="it was another order")
    events = shop.db.read(lambda tx: audit.of_order(tx, done.order_id))
    undone, undoing = events[-2:]
    assert (undone.id, undoing.undoes, undoing.action) == (cancelled.event_id, undone.id, "undo")
    assert (undoing.from_status, undoing.to_status, undoing.actor) == ("cancelled", "confirmed", "Olin Owner")
    assert undoing.note == "“Cancel order” by Mitu Manager, 22 Nov 2026, 12:00: it was another order"


def test_each_posting_of_the_step_is_reversed_by_one_that_names_it(shop: Shop) -> None:
    number = shop.bring_to("shipped", ("MUG", 2), payment={"method": "cod"}).number
    delivered = shop.do(number, c.Deliver())
    undoing = take_back(shop, number)
    by = {row.id: row for row in _postings(shop, delivered.event_id)}
    reversing = _postings(shop, undoing.event_id)
    assert by and {row.reverses for row in reversing} == set(by)
    assert all(
        (row.debit, row.credit, row.amount_poisha)
        == (by[row.reverses].credit, by[row.reverses].debit, by[row.reverses].amount_poisha)
        for row in reversing
    )


def _postings(shop: Shop, event_id: int) -> list[Any]:
    return shop.db.read(lambda tx: tx.rows(_POSTINGS, event_id=event_id))


def test_a_problem_that_was_closed_too_early_waits_again_and_can_be_closed_again(shop: Shop, viewer: Actor) -> None:
    number = shop.bring_to("shipped", ("MUG", 1), payment={"method": "cod"}).number
    shop.do(number, c.ReportProblem(problem="nobody at home"))
    before = stands(shop, number)
    (case,) = before["cases"]
    for _ in range(2):
        shop.db.write(lambda tx: deal_with(tx, shop.owner, shop.clock, case[0], "she took it at the hub"))
        assert stands(shop, number)["cases"] == []
        with pytest.raises(NotAllowed):
            take_back(shop, number, actor=viewer)
        take_back(shop, number)
        assert stands(shop, number) == before
    shop.db.write(lambda tx: deal_with(tx, shop.owner, shop.clock, case[0], "she took it at the hub"))


def test_an_order_that_waits_again_is_told_of_again_when_it_stands_too_long(shop: Shop) -> None:
    number = shop.bring_to("confirmed", ("MUG", 1), payment={"method": "cod"}).number
    shop.set_profile(wait_pack_hours=1)

    def waits() -> int:
        shop.clock.advance(2 * 3_600)
        watch(shop.db, shop.clock)
        return len(stands(shop, number)["cases"])

    assert waits() == 1
    shop.do(number, c.Pack())
    assert waits() == 0
    take_back(shop, number, reason="the wrong parcel")
    assert waits() == 1


def test_steps_are_undone_one_after_the_other_as_far_as_the_table_allows(shop: Shop) -> None:
    number = shop.place(("MUG", 1), payment={"method": "cod"}).number
    stood = []
    for command in (c.Hold(reason="stock"), c.Release(), c.Confirm(), c.Pack()):
        stood.append(stands(shop, number))
        shop.do(number, command)
    while stood:
        take_back(shop, number)
        assert stands(shop, number) == stood.pop()
    with pytest.raises(Refused, match=r"placed the order.*An order that should not be is cancelled"):
        take_back(shop, number)


@pytest.mark.parametrize("since", [c.Pack(), c.AddNote(text="calls after five"), c.Hold(reason="stock")])
def test_whatever_happened_since_makes_it_impossible_and_says_who_and_when(shop: Shop, since: c.Command) -> None:
    done = shop.bring_to("confirmed", ("MUG", 1), payment={"method": "cod"})
    shop.do(done, since, actor=Actor(3, "Rina", shop.owner.role))
    with pytest.raises(StaleVersion, match=r"Rina did “\w+” 22 Nov 2026, 12:00"):
        take_back(shop, done.number, version=done.version)
    assert shop.order(done).status == "confirmed"


def test_what_the_table_forbids_is_refused_with_why(shop: Shop) -> None:
    number = shop.bring_to("shipped", ("MUG", 1)).number
    with pytest.raises(Refused, match=r"Olin Owner shipped it, 22 Nov 2026, 12:00\. Its rider may have it"):
        take_back(shop, number)


@pytest.mark.parametrize("who", [SYSTEM, customer("Rahima Akter")])
def test_only_what_people_of_the_shop_did_is_undone(shop: Shop, who: Actor) -> None:
    number = shop.place(("MUG", 1)).number
    shop.do(number, c.Cancel(reason="changed my mind"), actor=who)
    with pytest.raises(Refused, match="Only what somebody of the shop did is undone"):
        take_back(shop, number)


def test_who_may_not_take_a_step_may_not_take_it_back(shop: Shop, packer: Actor, buyer: Actor) -> None:
    number = shop.bring_to("confirmed", ("MUG", 1)).number
    for actor in (packer, buyer):
        with pytest.raises(NotAllowed):
            take_back(shop, number, actor=actor)
    shop.do(number, c.Pack())
    take_back(shop, number, actor=packer)
    assert not shop.order(number).packed


def test_goods_that_went_elsewhere_meanwhile_are_named_and_the_order_stays_cancelled(shop: Shop) -> None:
    number = shop.place(("HONEY", 5)).number
    shop.do(number, c.Cancel(reason="called off"))
    shop.place(("HONEY", 4))
    with pytest.raises(InsufficientStock, match="Sundarban honey: 5 wanted, 3 left"):
        take_back(shop, number)
    assert shop.order(number).status == "cancelled"


def test_after_ten_seconds_it_wants_a_reason_and_a_version_always(shop: Shop) -> None:
    number = shop.bring_to("confirmed", ("MUG", 1)).number
    shop.clock.advance(seconds=HELD_S + 1)
    with pytest.raises(InvalidInput, match="say why"):
        take_back(shop, number)
    with pytest.raises(InvalidInput, match="which version"):
        shop.db.write(lambda tx: undo(tx, Context(shop.owner, shop.clock), number, c.Undo()))
    take_back(shop, number, reason="the address is wrong")
    assert shop.order(number).status == "pending"


def test_an_order_whose_parcel_a_courier_may_have_stays_as_it_is(couriered: Couriered) -> None:
    shop = couriered.shop
    number = lose(couriered, lands=True).number
    assert shop.order(number).status == "confirmed"
    with pytest.raises(Refused, match=r"not known whether the courier took this parcel|booking uncertain"):
        take_back(shop, number)
    assert shop.order(number).packed


@pytest.mark.parametrize("seconds", [1, HELD_S - 1])
def test_a_message_is_held_and_ends_as_not_sent_when_the_step_is_undone(shop: Shop, seconds: int) -> None:
    number = shop.place(("MUG", 1), payment={"method": "cod"}).number
    shop.do(number, c.Confirm())
    shop.clock.advance(seconds=seconds)
    sort_outbox(shop)
    assert [m.state for m in told(shop, number) if m.template == "order_confirmed"] == ["waiting"]
    take_back(shop, number)
    (message,) = [m for m in told(shop, number) if m.template == "order_confirmed"]
    assert (message.state, message.error) == ("off", "Not sent: undone by Olin Owner.")
    assert "step_undone" not in [m.template for m in told(shop, number)]


@pytest.mark.parametrize(
    ("make", "command"),
    [(m, k) for n, m, k in STEPS if UNDOABLE[k.action].tells],
    ids=lambda v: getattr(v, "action", ""),
)
def test_who_had_read_of_a_step_is_told_that_it_was_undone(shop: Shop, make: Any, command: c.Command) -> None:
    number = make(shop)
    shop.do(number, command)
    shop.clock.advance(seconds=HELD_S)
    shop.db.write(lambda tx: tx.run(_SENT))
    take_back(shop, number, reason="by mistake")
    message = told(shop, number)[-1]
    assert (message.template, message.state, message.not_before) == ("step_undone", "waiting", None)
    assert json.loads(message.data)["undone"] == command.action


def test_the_bell_rings_after_the_ten_seconds_or_never(shop: Shop) -> None:
    def bell() -> list[str]:
        return [notice.words for notice in shop.db.read(lambda tx: latest(tx, 1)) if "cancel" in notice.words.lower()]

    first, second = (shop.place(("MUG", 1)).number for _ in range(2))
    for number in (first, second):
        shop.do(number, c.Cancel(reason="called off"))
    assert bell() == []
    take_back(shop, first)
    shop.clock.advance(seconds=HELD_S)
    sort_outbox(shop)
    (words,) = bell()
    assert second in words


def test_what_no_person_did_is_told_at_once(shop: Shop) -> None:
    number = shop.place(("MUG", 1)).number
    shop.do(number, c.Cancel(reason="changed my mind"), actor=customer("Rahima Akter"))
    assert {m.not_before for m in told(shop, number)} == {None}


def test_the_customer_s_page_shows_neither_the_step_nor_its_undoing(shop: Shop) -> None:
    number = shop.bring_to("confirmed", ("MUG", 1), payment={"method": "cod"}).number
    take_back(shop, number)
    tracked = shop.db.read(lambda tx: by_link(tx, shop.order(number).token))
    assert [one.action for one in tracked.history] == ["place"]


def test_an_order_that_waits_again_is_not_let_go_at_once(shop: Shop) -> None:
    shop.set_profile(hold_hours=1, hold_notice_hours=0)
    context, wanted = Context(shop.owner, shop.clock), request(("MUG", 1), payment={"method": "cod"})
    number = shop.db.write(lambda tx: place(tx, context, wanted, channel="storefront")).number
    shop.do(number, c.Confirm())
    shop.clock.advance(5 * 3_600)
    take_back(shop, number, reason="the address is wrong")
    shop.clock.advance(3_500)
    assert let_go(shop.db, shop.clock) == 0
    shop.clock.advance(200)
    assert let_go(shop.db, shop.clock) == 1


def test_lives_in_which_steps_are_done_and_undone_leave_stock_books_and_every_check_as_they_were(shop: Shop) -> None:
    pairs = 120 if shop.db.dialect == "sqlite" else 40
    assert live(shop, Random(f"{SEED} undone"), pairs, checked_every=20) > 5


@pytest.mark.parametrize(
    ("status", "rival"),
    [
        ("confirmed", c.Pack()),
        ("packed", c.Ship(courier="manual", carrier="Rider")),
        ("packed", c.Cancel(reason="called off")),
        ("shipped then delivered", c.PayOut(amount_poisha=10_000)),
    ],
    ids=lambda v: getattr(v, "action", v),
)
def test_of_an_undoing_and_a_next_step_at_once_one_wins_and_the_other_is_told(
    shop: Shop, status: str, rival: c.Command
) -> None:
    reached = status.split()[-1]
    done = shop.bring_to(reached, ("MUG", 1), payment={"method": "cod"})
    context = Context(Actor(5, "Rina", shop.owner.role), shop.clock, done.version)

    def step() -> Any:
        return shop.db.write(lambda tx: perform(tx, context, done.number, rival))

    went = at_once(lambda: take_back(shop, done.number, version=done.version), step)
    lost = [one for one in went if isinstance(one, Exception)]
    assert len(lost) == 1 and isinstance(lost[0], StaleVersion)
    assert ("Rina did" in str(lost[0])) == (went[0] is lost[0])
    assert "22 Nov 2026, 12:00" in str(lost[0])


def test_two_who_undo_the_same_step_undo_it_once(shop: Shop) -> None:
    done = shop.bring_to("packed", ("MUG", 1), payment={"method": "cod"})
    went = at_once(*[lambda: take_back(shop, done.number, version=done.version)] * 2)
    assert sorted(isinstance(one, StaleVersion) for one in went) == [False, True]
    assert shop.order(done).status == "confirmed" and not shop.order(done).packed
