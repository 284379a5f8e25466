"""What commands announce and what pages watch are the same names, and a change of an order names the order."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dokango import topics
from dokango.db import Announcement
from dokango.errors import DokangoError
from dokango.orders import Done
from dokango.orders.lifecycle import commands as c
from dokango.orders.packing import checklist
from dokango.people.actor import Actor
from dokango.people.permissions import Role
from tests.core.couriered import COD, Couriered
from tests.core.test_lifecycle import CLOCK_ALONE, COMMANDS
from tests.small_shop import Shop

ROOT = Path(__file__).parents[2]
NAMES = {name for name in vars(topics) if name.isupper() or name.startswith("of_")}


def parsed(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def named_in(tree: ast.AST) -> set[str]:
    """The topics that a piece of code names: `topics.ORDERS`, `topics.of_order(…)`, or `PEOPLE` imported by name."""
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return NAMES & (attributes | {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)})


def announcements_in(tree: ast.AST) -> list[ast.Call]:
    """Every `tx.changed(…)`."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "changed"]


def test_every_topic_is_announced_by_a_command_and_watched_by_a_page_or_the_worker() -> None:
    announced = {name for _, tree in parsed("dokango") for call in announcements_in(tree) for name in named_in(call)}
    watchers = [*parsed("state"), *(found for found in parsed("dokango/jobs") if found[0].name == "worker.py")]
    watched = {name for _, tree in watchers for name in named_in(tree)}
    assert announced == watched == NAMES


def test_topics_are_named_in_one_place() -> None:
    """A topic written out as a text would be announced to nobody when it is misspelt."""
    texts = [
        (path, node.lineno)
        for path, tree in parsed("dokango", "state")
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and (call.func.attr == "changed" or ast.unparse(call.func) == "live.watch")
        for node in (*call.args, *call.keywords)
        if isinstance(node, ast.Constant)
    ]
    assert texts == []


def test_whatever_changes_the_orders_says_which() -> None:
    silent = [
        f"{path}: {function.name}"
        for path, tree in parsed("dokango")
        if path.parts[1] != "sample"  # fills an empty shop, where nobody watches an order yet
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for told in [{name for call in announcements_in(function) for name in named_in(call)}]
        if "ORDERS" in told and "of_order" not in told
    ]
    assert silent == []


@pytest.fixture
def heard(shop: Shop) -> list[Announcement]:
    """What commits announce, as they do."""
    told: list[Announcement] = []
    shop.db.listen(told.append)
    return told


def came_back(shop: Shop, *, inspected: bool) -> Done:
    order = shop.bring_to("shipped", ("MUG", 2), **COD)
    return shop.do(order, c.ReceiveReturn(restock=True) if inspected else c.ReceiveReturn(inspect_later=True))


MINA = Actor(900, "Mina", Role.MANAGER)


def waits_for_another(shop: Shop, who: Actor) -> Done:
    """An order whose payment somebody verified, above what one person books."""
    shop.set_profile(second_person_above_poisha=50_000)
    paid = c.VerifyPayment(method="bkash", transaction_id=f"LARGE1234{who.id % 10}", amount_poisha=90_000)
    waits = shop.do(shop.place(("MUG", 1)), paid, actor=who)
    shop.set_profile(second_person_above_poisha=0)
    return waits


def asked_in_advance(shop: Shop) -> Done:
    """An order whose advance has not come."""
    shop.ask_in_advance({"asks": "delivery"})
    waits = shop.place(("MUG", 2), **COD)
    shop.ask_in_advance()
    return waits


ORDERS_TO_TRY: tuple[Callable[[Shop], Done], ...] = (
    lambda shop: shop.place(("MUG", 2), **COD),
    lambda shop: shop.place(("MUG", 2), payment={"method": "bkash", "transaction_id": "BLU1H6X8AA"}),
    lambda shop: shop.bring_to("confirmed", ("MUG", 2), **COD),
    lambda shop: shop.bring_to("packed", ("MUG", 2), **COD),
    lambda shop: shop.bring_to("shipped", ("MUG", 2), **COD),
    lambda shop: shop.bring_to("delivered", ("MUG", 2), **COD),
    lambda shop: shop.settle(shop.place(("MUG", 2)), 169_950, "SHORT12345"),
    lambda shop: shop.do(shop.place(("MUG", 2)), c.AskChange(what="change", words="one less")),
    lambda shop: asked_in_advance(shop),
    lambda shop: waits_for_another(shop, MINA),
    lambda shop: waits_for_another(shop, shop.owner),
    lambda shop: came_back(shop, inspected=False),
    lambda shop: came_back(shop, inspected=True),
)
NEEDS_A_COURIERS_API = {"sync"}
OF_TWO_EVENTS = {"approve"}  # its own, and that of the step that was asked for


@pytest.mark.parametrize(
    "action",
    sorted(
        set(COMMANDS)
        - NEEDS_A_COURIERS_API
        - OF_TWO_EVENTS
        - CLOCK_ALONE
        - {"release", "refund", "pay_with_credit", "keep_as_credit"}
    ),
)
def test_every_step_of_the_lifecycle_wakes_who_watches_its_order(
    shop: Shop, heard: list[Announcement], action: str
) -> None:
    for brought in ORDERS_TO_TRY:
        order = brought(shop)
        heard.clear()
        try:
            done = shop.do(order, COMMANDS[action])
        except DokangoError:
            continue
        (told,) = heard
        assert {topics.ORDERS, topics.of_order(order.number)} <= told.topics
        assert told.events == {done.event_id}
        return
    pytest.fail(f"{action} was refused for every order that was tried")


def test_placing_releasing_and_refunding_wake_who_watches_the_order(shop: Shop, heard: list[Announcement]) -> None:
    order = shop.settle(shop.place(("MUG", 2)))
    shop.do(order, c.Hold(reason="address"))
    shop.do(order, c.Release())
    shop.do(order, c.Cancel(reason="changed their mind"))
    shop.do(order, c.PayRefund(method="bkash", amount_poisha=1, reference="SENT123456"))
    shop.do(order, c.KeepAsCredit())
    assert len(heard) == 7
    assert all(topics.of_order(order.number) in told.topics for told in heard)
    shop.do(shop.place(("MUG", 1)), c.PayWithCredit(amount_poisha=1))
    assert topics.of_order("1002") in heard.pop().topics
    heard.pop()
    moved = {topics.STOCK, topics.of_sku("MUG")}
    assert [moved <= told.topics for told in heard] == [True, False, False, False, True, False, False]


def test_a_piece_in_the_box_is_seen_on_its_own_order_and_in_the_queue(shop: Shop, heard: list[Announcement]) -> None:
    order = shop.do(shop.place(("MUG", 2), **COD), c.Confirm())
    heard.clear()
    shop.db.write(lambda tx: checklist.count(tx, shop.owner, shop.clock, order.number, "MUG", 2))
    assert [told.topics for told in heard] == [{topics.PACKING, topics.of_order(order.number)}]


def test_booking_and_news_of_a_parcel_wake_who_watches_its_order(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed", **COD)
    told: list[Announcement] = []
    couriered.shop.db.listen(told.append)
    couriered.ship(order)
    couriered.move(order, "in_review")
    couriered.sync(order)
    assert {topics.ORDERS, topics.of_order(order.number)} <= told[-1].topics
    assert all(topics.of_order(order.number) in one.topics for one in told if topics.ORDERS in one.topics)


def test_a_commit_whose_command_fails_announces_nothing(shop: Shop, heard: list[Announcement]) -> None:
    order = shop.place(("MUG", 1))
    heard.clear()
    with pytest.raises(DokangoError):
        shop.do(order, c.Confirm())
    assert heard == []
