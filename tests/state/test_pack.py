"""The packing page's states, through the gate."""

from __future__ import annotations

import pytest

from dokango import audit
from dokango.orders import Done
from dokango.orders.lifecycle import commands as c
from dokango.people.actor import Actor
from dokango_web.dokango_web import app
from state.kit import live
from state.pack.bench import BenchState
from state.pack.packing import PackingState
from state.pack.queue import PackState
from tests.small_shop import Shop, open_shop
from tests.state.desk import Browser, Desk


@pytest.fixture
def shop(desk: Desk, owner: Actor) -> Shop:
    """A stocked shop under the desk."""
    return open_shop(desk.db, desk.clock, owner)


def numbers(tab: Browser) -> list[str]:
    """The rows a tab shows, in order."""
    return [row["number"] for row in tab.sees(PackState, "rows")]


async def finish_checks(tab: Browser) -> None:
    """Tick all that is needed on the open bench."""
    for check in tab.sees(BenchState, "checks"):
        await tab.call(BenchState.tick, key=check["key"], on=True)


async def test_a_packer_scans_ticks_and_packs_and_the_next_order_comes(desk: Desk, shop: Shop) -> None:
    first, second = shop.bring_to("confirmed", ("MUG", 2)), shop.bring_to("confirmed")
    tab = await desk.browser("packer")
    await tab.arrive(f"/pack?order={first.number}")
    assert tab.sees(BenchState, "why") == "2 items to scan or tick and 5 checks open."
    await tab.call(BenchState.scan, form={"code": "mug"})
    assert tab.sees(BenchState, "said") == "Clay mug: 1 of 2"
    await tab.call(BenchState.scan, form={"code": "SARI"})
    assert tab.sees(BenchState, "level") == "bad"
    await tab.call(BenchState.scan, form={"code": "MUG"})
    await finish_checks(tab)
    assert tab.sees(BenchState, "why") == ""
    await tab.call(BenchState.finish, number=tab.sees(BenchState, "number"), version=tab.sees(BenchState, "version"))
    assert shop.order(first).packed == 1
    assert tab.redirects == [f"/pack?order={second.number}"]


async def test_what_was_ticked_is_there_again_after_a_reload(desk: Desk, shop: Shop) -> None:
    order = shop.bring_to("confirmed", ("MUG", 2))
    tab = await desk.browser("packer")
    await tab.arrive(f"/pack?order={order.number}")
    await tab.call(BenchState.scan, form={"code": "MUG"})
    await tab.call(BenchState.tick, key="sealed", on=True)
    again = await desk.browser("packer")
    await again.arrive(f"/pack?order={order.number}")
    assert again.sees(BenchState, "lines")[0]["progress"] == "1 of 2"
    assert [check["key"] for check in again.sees(BenchState, "checks") if check["done"]] == ["sealed"]


async def test_an_unfinished_parcel_is_not_packed_from_the_bench(desk: Desk, shop: Shop) -> None:
    order = shop.bring_to("confirmed")
    tab = await desk.browser("packer")
    await tab.arrive(f"/pack?order={order.number}")
    await tab.call(BenchState.finish, number=tab.sees(BenchState, "number"), version=tab.sees(BenchState, "version"))
    assert shop.order(order).packed == 0


def packing_form(tab: Browser, *checks: str) -> dict[str, str]:
    """What the dialog over many sends: the orders as they were shown, and the lines of `checks`."""
    orders = {f"order {row['number']}": row["version"] for row in tab.sees(PackingState, "rows")}
    return orders | {f"check {key}": "on" for key in checks} | {"press": tab.sees(PackingState, "press")}


async def chosen(desk: Desk, count: int, shop: Shop, setting: str = "asked") -> tuple[Browser, list[Done]]:
    """So many orders to pack, all of them chosen."""
    shop.set_profile(pack_checklist=setting)
    orders = [shop.bring_to("confirmed") for _ in range(count)]
    tab = await desk.browser("packer")
    await tab.arrive("/pack")
    await tab.call(PackState.choose_all, on=True)
    return tab, orders


async def test_many_are_packed_by_one_checklist_each_with_its_own_result(desk: Desk, shop: Shop) -> None:
    tab, orders = await chosen(desk, 3, shop)
    await tab.call(PackingState.open)
    assert tab.sees(PackingState, "is_open") and not any(shop.order(order).packed for order in orders)
    sent = packing_form(tab, "sealed")
    shop.do(orders[1], c.Hold(reason="address"))
    for _ in range(2):
        await tab.call(PackingState.pack, form=sent)
    assert [shop.order(order).packed for order in orders] == [1, 0, 1]
    results = {row["number"]: row["level"] for row in tab.sees(PackingState, "results")}
    assert results == {orders[0].number: "good", orders[1].number: "bad", orders[2].number: "good"}
    assert tab.sees(PackState, "chosen") == []  # the one on hold waits no more
    events = shop.db.read(lambda tx: audit.of_order(tx, orders[0].order_id))
    assert [event.note for event in events if event.action == "pack"] == [
        f"{events[-1].actor} checked sealed; not checked: condition, padding, slip, label"
    ]


async def test_where_the_checklist_is_required_nothing_is_packed_with_a_line_open(desk: Desk, shop: Shop) -> None:
    tab, orders = await chosen(desk, 2, shop, "required")
    await tab.call(PackingState.open)
    await tab.call(PackingState.pack, form=packing_form(tab, "sealed", "label"))
    assert tab.sees(PackingState, "errors")["checks"] == "3 needed lines are open. Tick them."
    await tab.call(PackingState.pack, form=packing_form(tab, "condition", "padding", "slip", "sealed", "label"))
    assert [shop.order(order).packed for order in orders] == [1, 1]
    assert tab.sees(PackingState, "is_open") is False


async def test_where_the_checklist_is_off_many_are_packed_at_once(desk: Desk, shop: Shop) -> None:
    tab, orders = await chosen(desk, 2, shop, "off")
    await tab.call(PackingState.open)
    assert [shop.order(order).packed for order in orders] == [1, 1]
    assert (tab.told, tab.sees(PackingState, "is_open")) == (["2 orders are packed."], False)


async def test_where_the_checklist_is_off_the_bench_asks_for_the_items_alone(desk: Desk, shop: Shop) -> None:
    shop.set_profile(pack_checklist="off")
    order = shop.bring_to("confirmed", ("MUG", 1))
    tab = await desk.browser("packer")
    await tab.arrive(f"/pack?order={order.number}")
    assert (tab.sees(BenchState, "checks"), tab.sees(BenchState, "why")) == ([], "1 item to scan or tick.")


async def test_rows_keep_their_place_while_others_pack_and_new_ones_wait_for_a_click(desk: Desk, shop: Shop) -> None:
    orders = [shop.bring_to("confirmed") for _ in range(3)]
    tab = await desk.browser("packer")
    await tab.arrive("/pack")
    shop.do(orders[0], c.Pack())
    late = shop.bring_to("confirmed")
    await live.refresh(app, {"orders"})
    assert numbers(tab) == [order.number for order in orders]
    assert [row["gone"] for row in tab.sees(PackState, "rows")] == ["packed", "", ""]
    assert tab.sees(PackState, "arrived") == 1
    await tab.call(PackState.show_arrived)
    assert numbers(tab) == [orders[1].number, orders[2].number, late.number]


async def test_the_pick_list_adds_up_the_chosen_orders(desk: Desk, shop: Shop) -> None:
    for _ in range(2):
        shop.bring_to("confirmed", ("MUG", 2), ("HONEY", 1))
    tab = await desk.browser("packer")
    await tab.arrive("/pack")
    await tab.call(PackState.choose_all, on=True)
    await tab.call(PackState.show_pick, is_open=True)
    assert [(row["sku"], row["quantity"]) for row in tab.sees(PackState, "pick")] == [("HONEY", "2"), ("MUG", "4")]


@pytest.mark.parametrize("typed", ["#{}", " {} ", "#১০০১", "１００１"])
async def test_scanning_an_orders_number_opens_it(desk: Desk, shop: Shop, typed: str) -> None:
    order = shop.bring_to("confirmed")
    tab = await desk.browser("packer")
    await tab.arrive("/pack")
    await tab.call(BenchState.scan, form={"code": typed.format(order.number)})
    assert tab.redirects == [f"/pack?order={order.number}"]


@pytest.mark.parametrize("role", ["", "viewer"])
async def test_who_may_not_pack_sees_and_changes_nothing(desk: Desk, shop: Shop, role: str) -> None:
    order = shop.bring_to("confirmed")
    tab = await desk.browser(role)
    await tab.arrive(f"/pack?order={order.number}")
    await tab.call(BenchState.tick, key="sealed", on=True)
    await tab.call(PackingState.open)
    assert "Rahima" not in "".join(tab.received)
    assert shop.order(order).packed == 0


@pytest.mark.parametrize(
    "payload",
    [{"key": "gilded", "on": True}, {"key": None, "on": "x"}, {"key": {"a": 1}, "on": 1}, {"key": "", "on": []}],
)
async def test_odd_payloads_tick_nothing(desk: Desk, shop: Shop, payload: dict[str, object]) -> None:
    order = shop.bring_to("confirmed")
    tab = await desk.browser("packer")
    await tab.arrive(f"/pack?order={order.number}")
    await tab.call(BenchState.tick, **payload)
    assert not any(check["done"] for check in tab.sees(BenchState, "checks"))
