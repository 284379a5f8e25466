"""The table of the lifecycle, row by row: what each step moves, posts and refuses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dokango import audit
from dokango.errors import InvalidInput, NotAllowed, NotFound, Refused, StaleVersion
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.perform import situation_of
from dokango.orders.lifecycle.table import ROWS, STATUSES, TABLE, next_step, steps
from dokango.people.actor import SYSTEM, Actor
from tests.small_shop import Shop

COMMANDS: dict[str, c.Command] = {
    "claim_payment": c.ClaimPayment(method="bkash", transaction_id="CLAIM12345"),
    "verify_payment": c.VerifyPayment(method="bkash", transaction_id="VERIFY1234", amount_poisha=1_000),
    "approve": c.Approve(),
    "refuse_approval": c.RefuseApproval(reason="not in the wallet"),
    "withdraw_approval": c.WithdrawApproval(),
    "forgive": c.Forgive(),
    "waive_advance": c.WaiveAdvance(reason="a friend"),
    "reject_claim": c.RejectClaim(reason="not in the wallet"),
    "confirm": c.Confirm(),
    "hold": c.Hold(reason="address"),
    "release": c.Release(),
    "pack": c.Pack(),
    "ship": c.Ship(courier="manual", carrier="Rider"),
    "sync": c.Sync(),
    "set_code": c.SetCode(tracking_code="SB-1"),
    "report_problem": c.ReportProblem(problem="nobody at home"),
    "deliver": c.Deliver(),
    "deliver_part": c.DeliverPart(lines=(c.KeptLine(sku="MUG", kept=1),), collected_poisha=90_000),
    "say_collects": c.SayCollects(collects_poisha=10_000),
    "lower_cod": c.LowerCod(collects_poisha=10_000, reason="bargained at the door"),
    "pay_out": c.PayOut(amount_poisha=1),
    "cancel": c.Cancel(reason="changed their mind"),
    "remind": c.Remind(),
    "say_late": c.SayLate(expected=date(2026, 11, 26), was=date(2026, 11, 24)),
    "expire": c.Expire(),
    "receive_return": c.ReceiveReturn(restock=True),
    "inspect": c.Inspect.model_validate({"lines": [{"sku": "MUG", "quantity": 1, "condition": "resell"}]}),
    "send_again": c.SendAgain(),
    "lose_parcel": c.LoseParcel(reason="not found in any hub"),
    "refund": c.PayRefund(method="bkash", amount_poisha=1, reference="SENT123456"),
    "reverse_payment": c.ReversePayment(payment=1, reason="it was another order's"),
    "pay_with_credit": c.PayWithCredit(amount_poisha=1),
    "keep_as_credit": c.KeepAsCredit(),
    "edit": c.Edit.model_validate({"lines": [{"sku": "MUG", "quantity": 1}]}),
    "ask_change": c.AskChange(what="change", words="two instead of one"),
    "refuse_change": c.RefuseChange(reason="it is packed"),
    "edit_address": c.EditAddress(name="New", phone="01811000000", line="House 9", district="Sylhet"),
    "correct_address": c.CorrectAddress(name="New", phone="01811000000", line="House 9", district="Sylhet"),
    "send_elsewhere": c.SendElsewhere(),
    "mark": c.Mark(fragile=True),
    "note": c.AddNote(text="calls after five"),
}
CLOCK_ALONE = {"remind", "expire", "say_late"}


def test_every_action_of_the_table_has_its_command_and_the_other_way_round() -> None:
    assert {row.action for row in TABLE if row.sources} == set(c.COMMANDS) == set(COMMANDS)


@pytest.mark.parametrize("status", STATUSES)
def test_every_action_that_the_table_does_not_name_at_a_status_is_refused_there(
    shop: Shop, subtests: pytest.Subtests, status: str
) -> None:
    order = shop.bring_to(status)
    before = (shop.order(order), shop.books(), shop.level("MUG"))
    situation = shop.db.read(lambda tx: situation_of(tx, shop.owner, shop.clock, order.number))
    known = {action for action, source in ROWS if source == status}
    assert {step.action for step in steps(situation)} == known - CLOCK_ALONE
    for action in sorted(COMMANDS):
        if (action, status) in ROWS:
            continue
        with subtests.test(action):
            with pytest.raises(Refused) as refused:
                shop.do(order, COMMANDS[action], actor=SYSTEM)
            assert action not in refused.value.allowed
            assert (shop.order(order), shop.books(), shop.level("MUG")) == before


PATHS: list[tuple[str, list[tuple[c.Command, str]]]] = [
    ("bkash", [(c.Confirm(), "confirmed"), (c.Pack(), "confirmed"), (COMMANDS["ship"], "shipped"),
               (c.Deliver(), "delivered"), (c.ReceiveReturn(), "returned")]),
    ("cod", [(c.Confirm(), "confirmed"), (c.Cancel(reason="no answer"), "cancelled")]),
    ("cod", [(c.Confirm(), "confirmed"), (c.Pack(), "confirmed"), (COMMANDS["ship"], "shipped"),
             (c.ReceiveReturn(restock=False), "returned")]),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_each_step_leads_where_the_table_says_and_leaves_one_event(
    shop: Shop, method: str, path: list[tuple[c.Command, str]]
) -> None:
    order = shop.place(("MUG", 3), payment={"method": method})
    if method != "cod":
        shop.settle(order)
    for command, status in path:
        before = shop.order(order)
        done = shop.do(order, command)
        events = shop.db.read(lambda tx: audit.of_order(tx, order.order_id))
        assert (done.status, done.version) == (status, before.version + 1)
        assert (events[-1].action, events[-1].from_status) == (command.action, before.status)
        assert events[-1].to_status == (status if status != before.status else None)


def test_an_unpaid_order_is_not_confirmed_and_says_what_is_due(shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    with pytest.raises(Refused, match="৳900 is still due"):
        shop.do(order, c.Confirm())


@pytest.mark.parametrize(
    ("advance", "missing"), [({"asks": "delivery"}, "৳100"), ({"asks": "amount", "amount_poisha": 20_000}, "৳200")]
)
def test_cash_on_delivery_waits_for_the_advance_that_the_shop_asks_for(
    shop: Shop, advance: dict[str, Any], missing: str
) -> None:
    shop.ask_in_advance(advance)
    order = shop.place(("MUG", 1), payment={"method": "cod"})
    with pytest.raises(Refused, match=f"{missing} of the advance"):
        shop.do(order, c.Confirm())
    shop.settle(order, 20_000)
    assert shop.do(order, c.Confirm()).money == "cod_due"


@pytest.mark.parametrize("command", [c.Confirm(), c.Pack(), COMMANDS["ship"]])
def test_a_held_order_does_not_move_on_until_it_is_released(shop: Shop, command: c.Command) -> None:
    order = shop.bring_to({"confirm": "pending", "pack": "confirmed", "ship": "packed"}[command.action],
                          payment={"method": "cod"})  # fmt: skip
    shop.do(order, c.Hold(reason="the gate number is missing"))
    assert (shop.order(order).held_reason, shop.order(order).held_note) == ("other", "the gate number is missing")
    with pytest.raises(Refused, match="on hold"):
        shop.do(order, command)
    shop.do(order, c.Release())
    shop.do(order, command)


def test_an_order_is_packed_before_it_is_shipped_and_packed_once(shop: Shop) -> None:
    order = shop.bring_to("confirmed")
    with pytest.raises(Refused, match="not packed"):
        shop.do(order, COMMANDS["ship"])
    shop.do(order, c.Pack(fragile=True))
    assert shop.order(order).fragile == 1
    with pytest.raises(Refused, match="packed already"):
        shop.do(order, c.Pack())


def test_a_manual_parcel_needs_somebody_who_carries_it(shop: Shop) -> None:
    order = shop.bring_to("packed")
    with pytest.raises(InvalidInput) as wrong:
        shop.do(order, c.Ship(courier="manual"))
    assert "carrier" in wrong.value.fields


def test_a_stale_click_is_refused_with_who_did_what(shop: Shop, manager: Actor) -> None:
    order = shop.place(("MUG", 1), payment={"method": "cod"})
    shop.do(order, c.Confirm(), actor=manager, version=1)
    with pytest.raises(StaleVersion) as stale:
        shop.do(order, c.Cancel(reason="late"), version=1)
    assert (stale.value.actor, stale.value.action, stale.value.current) == ("Mitu Manager", "confirm", 2)
    assert shop.order(order).status == "confirmed"


PERMITTED: list[tuple[str, set[str]]] = [
    ("viewer", set()),
    ("packer", {"hold", "pack", "ship", "set_code", "mark", "release", "sync", "report_problem", "send_elsewhere"}),
    ("manager", set(COMMANDS) - CLOCK_ALONE - {"waive_advance"}),
]


@pytest.mark.parametrize(("role", "may"), PERMITTED)
def test_only_who_holds_the_permission_gets_as_far_as_the_order(
    shop: Shop, request: pytest.FixtureRequest, subtests: pytest.Subtests, role: str, may: set[str]
) -> None:
    actor = request.getfixturevalue(role)
    for action in sorted(COMMANDS):
        expected: type[Exception] = NotFound if action in may else NotAllowed
        with subtests.test(action), pytest.raises(expected):
            shop.do("404", COMMANDS[action], actor=actor)


def test_a_customer_cancels_while_pending_and_no_longer(shop: Shop, buyer: Actor) -> None:
    first, second = (shop.place(("MUG", 1), payment={"method": "cod"}) for _ in range(2))
    assert shop.do(first, c.Cancel(reason="not needed"), actor=buyer).status == "cancelled"
    shop.do(second, c.Confirm())
    with pytest.raises(Refused):
        shop.do(second, c.Cancel(reason="not needed"), actor=buyer)


def test_a_new_address_is_kept_with_what_it_was(shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    shop.do(order, COMMANDS["edit_address"])
    assert (shop.order(order).district, shop.order(order).phone) == ("Sylhet", "01811000000")
    assert shop.order(order).total_poisha == order_total(shop, order)
    event = shop.db.read(lambda tx: audit.of_order(tx, order.order_id))[-1]
    assert '"district":["Dhaka","Sylhet"]' in event.data


def order_total(shop: Shop, order: Any) -> int:
    """The total that was agreed when the order was placed."""
    return int(shop.order(order).subtotal_poisha) + 10_000


NEXT: list[tuple[str, dict[str, Any], str | None]] = [
    ("pending", {"payment": {"method": "bkash"}}, "verify_payment"),
    ("pending", {"payment": {"method": "cod"}}, "confirm"),
    ("confirmed", {}, "pack"),
    ("packed", {}, "ship"),
    ("shipped", {}, "deliver"),
    ("delivered", {}, None),
    ("delivered", {"payment": {"method": "cod"}}, "pay_out"),
    ("returned", {}, "refund"),
    ("cancelled", {}, None),
]


@pytest.mark.parametrize(("status", "changes", "action"), NEXT)
def test_there_is_one_right_next_step(shop: Shop, status: str, changes: dict[str, Any], action: str | None) -> None:
    order = shop.bring_to(status, **changes)
    step = next_step(shop.db.read(lambda tx: situation_of(tx, shop.owner, shop.clock, order.number)))
    assert (step.action if step else None) == action
