"""The desk of problems in process: what is due first stands first, acts are told, and other tabs see it at once."""

from __future__ import annotations

import asyncio

import pytest

from dokango.couriers.desk import CourierDesk
from dokango.couriers.parcels import shipments
from dokango.orders import Context
from dokango.orders.acts.asked_by_itself import ask_customers
from dokango.orders.cases import rows
from dokango.orders.cases.kinds import KINDS
from dokango.orders.lifecycle.commands import Deliver, ReportProblem, Ship
from dokango.orders.parcels.book import ship_by_courier
from dokango.orders.parcels.news import sync_order
from dokango_web.dokango_web import app
from state.kit import live
from state.problems.act import ActState
from state.problems.lists import ProblemsState
from state.problems.text import answer_words, due_words
from state.problems.url import Asked, read_url
from state.shipping.lists import ShippingState
from tests.core.couriered import Couriered
from tests.core.test_paid_on_the_way import travelling
from tests.small_shop import Shop
from tests.state.desk import Browser, Desk

SQLITE_ALONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HOUR_US, NOON_US = 3_600_000_000, 1_795_327_200_000_000  # noon of 22 November 2026 in Dhaka


async def failed(shop: Shop, desk: CourierDesk, status: str = "hold") -> str:
    """A courier is called in a thread, as everywhere."""
    return await asyncio.to_thread(_failed, shop, desk, status)


def _failed(shop: Shop, desk: CourierDesk, status: str) -> str:
    """The number of an order whose delivery has failed just now."""
    order = shop.bring_to("packed", ("MUG", 1), payment={"method": "cod"})
    context = Context(shop.owner, shop.clock)
    ship_by_courier(desk, shop.db, context, order.number, "steadfast")
    (parcel,) = shop.db.read(lambda tx: shipments.all_of(tx, order.order_id))
    desk.practice().move(parcel.consignment_id, status)
    sync_order(desk, shop.db, context, order.number)
    return order.number


async def on_the_desk(desk: Desk, address: str = "/problems", role: str = "manager") -> Browser:
    tab = await desk.browser(role)
    await tab.arrive(address)
    return tab


def numbers(tab: Browser) -> list[str]:
    return [row["number"] for row in tab.sees(ProblemsState, "rows")]


@SQLITE_ALONE
async def test_what_is_due_first_stands_first_and_the_late_one_says_so(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    first, second = (
        await failed(shop, practice_courier),
        await failed(shop, practice_courier, "cancelled_approval_pending"),
    )
    shop.clock.advance(25 * 3_600)
    third = await failed(shop, practice_courier)
    tab = await on_the_desk(desk)
    assert numbers(tab) == [first, second, third]
    assert [bool(row["late"]) for row in tab.sees(ProblemsState, "rows")] == [True, True, False]
    assert tab.sees(ProblemsState, "counts")["needs_us"] == 3
    row = tab.sees(ProblemsState, "rows")[0]
    assert (row["has"], row["kind_said"], row["due"]) == ("nobody yet", "Held at the hub", "late 1 h 0 m")
    assert row["tries"] == "1 try: 22 Nov 12:00"


@SQLITE_ALONE
async def test_filters_and_tab_are_in_the_address(desk: Desk, shop: Shop, practice_courier: CourierDesk) -> None:
    held, refused = (
        await failed(shop, practice_courier),
        await failed(shop, practice_courier, "cancelled_approval_pending"),
    )
    tab = await on_the_desk(desk, "/problems?kind=refused&courier=steadfast")
    assert numbers(tab) == [refused]
    await tab.call(ProblemsState.narrow, form={"kind": "held_at_hub", "courier": "", "who": "nobody"})
    assert tab.redirects == ["/problems?kind=held_at_hub&who=nobody"]
    await tab.arrive(tab.redirects[-1])
    assert numbers(tab) == [held]
    await tab.arrive("/problems?who=me")
    assert numbers(tab) == []
    await tab.arrive("/problems?tab=coming_back")
    assert numbers(tab) == []


@pytest.mark.parametrize("query", [{"tab": "nowhere"}, {"kind": "x" * 500}, {"who": "everybody"}, {"courier": "%"}])
def test_an_address_that_is_none_of_ours_shows_what_waits(query: dict[str, str]) -> None:
    assert read_url(query) == Asked()


@SQLITE_ALONE
async def test_an_act_leaves_the_words_for_the_courier_until_somebody_has_told_them(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    number = await failed(shop, practice_courier)
    tab, other = await on_the_desk(desk), await on_the_desk(desk, role="packer")
    row = tab.sees(ProblemsState, "rows")[0]
    await tab.call(ActState.open, case_id=row["id"], act="redeliver", version=row["version"])
    assert tab.sees(ActState, "given")["day"] == "2026-11-23"
    sent = tab.shown(ActState, {"press": tab.sees(ActState, "press")})
    await tab.call(ActState.send, form={**sent, "day": "2026-11-10"})
    assert "from today on" in tab.sees(ActState, "errors")["day"] and tab.sees(ActState, "is_open")
    await tab.call(ActState.send, form={**sent, "day": "2026-11-24"})
    assert tab.told == ["Redelivery is asked for. Now tell the courier."]
    assert tab.sees(ActState, "act") == "told" and "again on 24 Nov 2026" in tab.sees(ActState, "to_courier")
    await live.refresh(app, {"orders"})
    assert other.sees(ProblemsState, "rows")[0]["first"] == "told"

    await tab.call(ActState.send, form=tab.shown(ActState, {"press": tab.sees(ActState, "press")}))
    assert tab.sees(ProblemsState, "counts")["asked_courier"] == 1 and not tab.sees(ActState, "is_open")
    await tab.arrive("/problems?tab=asked_courier")
    assert numbers(tab) == [number]


@SQLITE_ALONE
async def test_what_asks_nothing_is_done_at_once_and_on_what_was_seen(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    await failed(shop, practice_courier)
    tab, other = await on_the_desk(desk), await on_the_desk(desk)
    row = tab.sees(ProblemsState, "rows")[0]
    await tab.call(ActState.open, case_id=row["id"], act="take", version=row["version"])
    assert tab.sees(ProblemsState, "rows")[0]["has"].startswith("Manager")
    await other.call(ActState.open, case_id=row["id"], act="give_back", version=row["version"])
    assert "changed while you looked" in other.told[-1]
    await other.call(ActState.open, case_id="x", act="take", version="1")
    await other.call(ActState.open, case_id=row["id"], act="dance", version="1")
    assert shop.db.read(lambda tx: rows.by_id(tx, int(row["id"]))).taken_by.startswith("Manager")


@SQLITE_ALONE
async def test_a_viewer_sees_it_and_can_do_nothing(desk: Desk, shop: Shop, practice_courier: CourierDesk) -> None:
    await failed(shop, practice_courier)
    tab = await on_the_desk(desk, role="viewer")
    row = tab.sees(ProblemsState, "rows")[0]
    assert (row["first"], row["acts"]) == ("", "")
    await tab.call(ActState.open, case_id=row["id"], act="take", version=row["version"])
    assert "may not" in tab.told[-1]


@SQLITE_ALONE
async def test_a_new_problem_waits_for_a_click_and_no_row_jumps(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    first = await failed(shop, practice_courier)
    tab = await on_the_desk(desk)
    await failed(shop, practice_courier)
    await live.refresh(app, {"orders"})
    assert (numbers(tab), tab.sees(ProblemsState, "news")) == ([first], "1 more problem")
    await tab.call(ProblemsState.bring_in)
    assert len(numbers(tab)) == 2


@pytest.mark.parametrize(
    ("hours", "words"),
    [(-49, "late 2 d"), (-1, "late 1 h 0 m"), (-0.5, "late 30 m"), (2.5, "2 h 30 m"), (6, "today 18:00"),
     (30, "tomorrow 18:00"), (72, "25 Nov 12:00")],
)  # fmt: skip
def test_a_deadline_reads_as_the_time_that_is_left(hours: float, words: str) -> None:
    assert due_words(NOON_US + int(hours * HOUR_US), NOON_US) == words


def test_what_the_customer_answered_reads_as_a_sentence() -> None:
    assert answer_words('{"what": "deliver", "day": "2026-11-24", "words": ""}') == "deliver again on 24 Nov 2026"
    assert answer_words('{"what": "address", "words": "House 9"}') == "the address is: House 9"
    assert answer_words("{}") == ""


def test_every_kind_has_a_desk_and_words() -> None:
    assert all(kind.desk and kind.label for kind in KINDS.values())


@SQLITE_ALONE
@pytest.mark.parametrize(
    ("reaches", "tab_wanted", "words"),
    [(True, "asked_customer", "Asked on "), (False, "needs_us", "The customer was not asked: no message reaches them")],
)
async def test_the_desk_says_when_the_customer_was_asked_by_itself_or_why_not(
    desk: Desk, shop: Shop, practice_courier: CourierDesk, reaches: bool, tab_wanted: str, words: str
) -> None:
    number = await failed(shop, practice_courier, "cancelled_approval_pending")
    shop.set_profile(asks_customers=True)
    assert await asyncio.to_thread(ask_customers, shop.db, shop.clock, lambda tx, email, phone: reaches) == 1
    tab = await on_the_desk(desk, f"/problems?tab={tab_wanted}")
    (row,) = tab.sees(ProblemsState, "rows")
    assert row["number"] == number and row["asking"].startswith(words)


@SQLITE_ALONE
async def test_what_the_rider_took_is_asked_with_what_each_answer_books(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    couriered = Couriered(shop, practice_courier)
    order = await asyncio.to_thread(travelling, couriered)
    await asyncio.to_thread(shop.do, order, Deliver())
    tab = await on_the_desk(desk)
    (row,) = tab.sees(ProblemsState, "rows")
    assert (row["first"], row["next"]) == ("say_took", "Say what the rider took")
    await tab.call(ActState.open, case_id=row["id"], act="say_took", version=row["version"])
    assert [lines[0] for lines in tab.sees(ActState, "previews")] == [
        "The rider took ৳660, as told first", "The rider took ৳100, the new sum",
    ]  # fmt: skip
    await tab.call(ActState.send, form=tab.shown(ActState, {"press": tab.sees(ActState, "press"), "took": "new"}))
    assert numbers(tab) == [] and shop.order(order).courier_due_poisha == 10_000


@SQLITE_ALONE
async def test_the_filter_offers_every_courier_that_has_cases(desk: Desk, shop: Shop) -> None:
    order = shop.bring_to("packed", ("CARD", 1), payment={"method": "cod"})
    shop.do(order, Ship(courier="manual", carrier="SA Paribahan"))
    shop.do(order, ReportProblem(problem="nobody at home"))
    tab = await on_the_desk(desk, "/problems?courier=sa-paribahan")
    assert ["sa-paribahan", "SA Paribahan"] in tab.sees(ProblemsState, "couriers")
    assert numbers(tab) == [order.number] and tab.sees(ProblemsState, "courier") == "sa-paribahan"
    other = await on_the_desk(desk, "/problems?courier=pathao")
    assert numbers(other) == [] and ["pathao", "Pathao"] in other.sees(ProblemsState, "couriers")


@SQLITE_ALONE
async def test_parcels_in_trouble_are_listed_by_the_desk_alone_and_counted_alike(
    desk: Desk, shop: Shop, practice_courier: CourierDesk
) -> None:
    await failed(shop, practice_courier)
    shipping = await on_the_desk(desk, "/shipping?tab=in_transit")
    tab = await on_the_desk(desk)
    assert shipping.sees(ShippingState, "counts")["problems"] == len(numbers(tab)) == 1
    assert tab.sees(ProblemsState, "counts")["needs_us"] == 1
    old = await on_the_desk(desk, "/shipping?tab=trouble")
    assert old.redirects == ["/problems"]
