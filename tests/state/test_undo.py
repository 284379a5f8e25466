"""Undo on the pages: one press after a step, one for all of many with a result for each, and later with a reason."""

from __future__ import annotations

import pytest

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.orders import Done
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.undoable import HELD_S
from dokango.people.actor import Actor
from dokango.people.permissions import Role
from state.orders.confirming import ConfirmingState
from state.orders.lists import OrdersState
from state.orders.order import OrderState
from state.orders.steps import OrderStepsState
from state.orders.undo import UndoState
from state.pack.packing import PackingState
from state.pack.queue import PackState
from state.problems.act import ActState
from state.problems.lists import ProblemsState
from tests.small_shop import Shop, open_shop
from tests.state.desk import Browser, Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
COD = {"payment": {"method": "cod"}}
RINA = Actor(9, "Rina", Role.MANAGER)


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    return open_shop(db, clock, owner)


def placed(shop: Shop, count: int) -> list[Done]:
    """Orders with green checks, each of another buyer."""
    return [shop.place(("MUG", 1), **COD, customer={"name": "Buyer", "phone": f"0171100000{n}"}) for n in range(count)]


async def confirmed(desk: Desk) -> Browser:
    """All orders of the list are chosen, looked at, and confirmed."""
    tab = await desk.browser("manager")
    await tab.arrive("/orders?tab=all")
    await tab.call(OrdersState.choose_all, on=True)
    await tab.call(ConfirmingState.open)
    boxes = {f"order {row['number']}": row["version"] for row in tab.sees(ConfirmingState, "rows") if row["ticked"]}
    await tab.call(ConfirmingState.confirm, form={**boxes, "press": tab.sees(ConfirmingState, "press")})
    return tab


async def test_after_a_bulk_confirm_one_press_takes_all_back_and_says_who_was_faster(desk: Desk, shop: Shop) -> None:
    orders = placed(shop, 3)
    tab = await confirmed(desk)
    assert tab.told[-1] == "3 orders are confirmed." and not tab.sees(ConfirmingState, "is_open")
    left = [[one.number, "2"] for one in orders]
    assert sorted(tab.undoing) == left
    shop.do(orders[1], c.Pack(), actor=RINA)

    await tab.call(UndoState.take_back, left=left)

    assert tab.told[-1] == f"2 of 3 went back. #{orders[1].number}: Rina packed it meanwhile."
    assert [shop.order(one).status for one in orders] == ["pending", "confirmed", "pending"]
    assert shop.order(orders[1]).packed


async def test_a_step_says_what_was_done_with_its_undoing_which_acts_once(desk: Desk, shop: Shop) -> None:
    (order,) = placed(shop, 1)
    tab = await desk.browser("manager")
    await tab.arrive(f"/orders/{order.number}")
    await tab.call(OrderStepsState.act, action="confirm", number=order.number, version=1)
    assert tab.told[-1] == f"Order #{order.number} is confirmed and waits to be packed."
    assert tab.undoing == [[order.number, "2"]]
    for _ in range(2):
        await tab.call(UndoState.take_back, left=[[order.number, "2"]])
    assert tab.told[-1] == f"Undone: order #{order.number} is as it was."
    assert (shop.order(order).status, shop.order(order).version) == ("pending", 3)


async def test_what_is_not_undone_has_no_such_button(desk: Desk, shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 1), **COD)
    tab = await desk.browser("manager")
    await tab.arrive(f"/orders/{order.number}")
    await tab.call(OrderStepsState.note, form={"number": order.number, "version": str(order.version), "text": "hello"})
    assert tab.told[-1] == f"Noted on #{order.number}." and tab.undoing == []


async def test_what_was_packed_in_bulk_goes_back_at_one_press(desk: Desk, shop: Shop) -> None:
    shop.set_profile(pack_checklist="off")
    orders = [shop.do(one, c.Confirm()) for one in placed(shop, 2)]
    tab = await desk.browser("packer")
    await tab.arrive("/pack")
    await tab.call(PackState.choose_all, on=True)
    await tab.call(PackingState.open)
    assert tab.told[-1] == "2 orders are packed."
    left = tab.undoing
    assert sorted(left) == [[one.number, "3"] for one in orders]
    await tab.call(UndoState.take_back, left=left)
    assert tab.told[-1] == "2 of 2 went back." and not any(shop.order(one).packed for one in orders)


async def test_a_problem_that_was_closed_goes_back_at_one_press(desk: Desk, shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 1), **COD)
    order = shop.do(order, c.ReportProblem(problem="nobody at home"))
    tab = await desk.browser("manager")
    await tab.arrive("/problems")
    (row,) = tab.sees(ProblemsState, "rows")
    await tab.call(ActState.open, case_id=row["id"], act="close", version=row["version"])
    form = {"press": tab.sees(ActState, "press"), "reason": "she took it"}
    await tab.call(ActState.send, form=tab.shown(ActState, form))
    assert tab.undoing == [[order.number, str(order.version)]] and not tab.sees(ProblemsState, "rows")
    await tab.call(UndoState.take_back, left=tab.undoing)
    await tab.arrive("/problems")
    assert [one["number"] for one in tab.sees(ProblemsState, "rows")] == [order.number]


async def test_later_the_menu_of_the_order_undoes_it_with_a_reason(desk: Desk, shop: Shop) -> None:
    order = shop.bring_to("confirmed", ("MUG", 1), **COD)
    shop.clock.advance(HELD_S + 60)
    tab = await desk.browser("manager")
    await tab.arrive(f"/orders/{order.number}")
    (button,) = [one for one in tab.sees(OrderState, "menu") if one["action"] == "undo"]
    assert (button["label"], button["opens"], button["why"]) == ("Undo “Confirm order”…", "undo", "")

    await tab.call(OrderStepsState.ask, dialog="undo", number=order.number, version=order.version)
    await tab.call(OrderStepsState.undo, form=tab.shown(OrderStepsState, {"reason": ""}))
    assert "say why it is undone" in tab.sees(OrderStepsState, "errors")["reason"]
    await tab.call(OrderStepsState.undo, form=tab.shown(OrderStepsState, {"reason": "the address is wrong"}))
    assert tab.told[-1] == f"Undone: order #{order.number} is as it was."
    assert shop.order(order).status == "pending" and tab.sees(OrderStepsState, "dialog") == ""
    await tab.arrive(f"/orders/{order.number}")
    assert tab.sees(OrderState, "events")[0]["note"].endswith(": the address is wrong")


async def test_who_may_not_confirm_sees_no_button_and_takes_no_confirm_back(desk: Desk, shop: Shop) -> None:
    order = shop.bring_to("confirmed", ("MUG", 1), **COD)
    tab = await desk.browser("packer")
    await tab.arrive(f"/orders/{order.number}")
    assert "undo" not in [one["action"] for one in tab.sees(OrderState, "menu")]
    await tab.call(UndoState.take_back, left=[[order.number, str(order.version)]])
    assert tab.told[-1] == "Your role may not do this (confirm). Ask the owner."
    assert shop.order(order).status == "confirmed"


@pytest.mark.parametrize("left", [[], [["1001"]], [["1001", "x"]], [[1001, 2]], ["1001"], [["9999", "1"]]])
async def test_what_names_no_order_undoes_nothing(desk: Desk, shop: Shop, left: list[object]) -> None:
    order = shop.bring_to("confirmed", ("MUG", 1), **COD)
    tab = await desk.browser("manager")
    await tab.arrive(f"/orders/{order.number}")
    await tab.call(UndoState.take_back, left=left)
    assert shop.order(order).status == "confirmed"
