"""The packing page's states, through the gate."""

from __future__ import annotations

import pytest

from dokango.orders.lifecycle import commands as c
from dokango.people.actor import Actor
from state.pack.bench import BenchState
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
    await tab.call(BenchState.finish)
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
    await tab.call(BenchState.finish)
    assert shop.order(order).packed == 0


async def test_many_are_packed_at_once_each_with_its_own_result(desk: Desk, shop: Shop) -> None:
    orders = [shop.bring_to("confirmed") for _ in range(3)]
    tab = await desk.browser("packer")
    await tab.arrive("/pack")
    await tab.call(PackState.choose_all, on=True)
    shop.do(orders[1], c.Hold(reason="address"))
    await tab.call(PackState.pack_chosen)
    assert [shop.order(order).packed for order in orders] == [1, 0, 1]
    results = {row["number"]: row["level"] for row in tab.sees(PackState, "results")}
    assert results == {orders[0].number: "good", orders[1].number: "bad", orders[2].number: "good"}


async def test_rows_keep_their_place_while_others_pack_and_new_ones_wait_for_a_click(desk: Desk, shop: Shop) -> None:
    orders = [shop.bring_to("confirmed") for _ in range(3)]
    tab = await desk.browser("packer")
    await tab.arrive("/pack")
    shop.do(orders[0], c.Pack())
    late = shop.bring_to("confirmed")
    await tab.call(PackState.clear)
    await tab.call(PackState.pack_chosen)  # packs nothing; brings the rows up to date as the live refresh does
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
    await tab.call(PackState.pack_chosen)
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
