"""Every list that is shown in pages: forward through all of it, back through all of it, the same rows and each once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from dokango.catalogue import storefront
from dokango.catalogue.browsing import browse
from dokango.clock import DHAKA, ManualClock
from dokango.couriers.parcels.told_payouts import Heard, hear, to_look_at
from dokango.db import Database, Tx
from dokango.errors import InvalidInput
from dokango.notify.outbox import Telling, tell
from dokango.notify.outbox_listing import listed
from dokango.orders import Context
from dokango.orders.cases import lists as cases
from dokango.orders.claims import lists as claims
from dokango.orders.claims import steps
from dokango.orders.claims.forms import OpenClaim, RefusedClaim
from dokango.orders.claims.rows import open_ones
from dokango.orders.lifecycle import commands as c
from dokango.orders.packing import lists as packing
from dokango.orders.parcels import lists as parcels
from dokango.orders.reading import lists
from dokango.orders.reading.lists import Wanted
from dokango.paging import CARDS, ROWS, Cursor, NotOurCursor, Page, read_cursor, shown
from dokango.payouts.clearing import open_page
from dokango.payouts.listing import booked_page
from dokango.people.actor import Actor
from dokango.reports.books.journal import entries
from dokango.reports.books.orders_behind import orders_behind
from dokango.reports.held_cash import held_page
from dokango.reports.kit.periods import Period
from dokango.reports.movements import movements
from dokango.settings import ROOT
from dokango.stock.receiving import Count, Receipt, ReceivedLine, receive
from dokango.stock.receiving import count as count_goods
from dokango.stock.shelf import shelf_page
from tests.core.payouts import Paying, as_csv
from tests.sampling import sampled
from tests.small_shop import Shop, add_product
from tests.small_shop import open_shop as open_small_shop

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=DHAKA)
TODAY = Period(NOON.date(), NOON.date())
COD = {"payment": {"method": "cod"}}


class Jumping(ManualClock):
    """Many happenings in one instant, and instants that do not follow each other: nothing is told apart by its time."""

    def __init__(self) -> None:
        super().__init__(NOON)

    def now_us(self) -> int:
        """The instant as it was set."""
        return self._now_us

    def jump(self, turn: int) -> None:
        """To one of five instants."""
        self.set(NOON + timedelta(minutes=turn * 7 % 5))


@dataclass(frozen=True)
class List:
    """One list: how a row comes into it, how a page of it is read, and what tells its rows apart."""

    name: str
    add: Callable[[Shop, int], Any]
    read: Callable[[Tx, str], Page[Any]]
    key: Callable[[Any], Any]
    size: int = ROWS


def _place(shop: Shop, _: int) -> None:
    shop.place(("CARD", 1), **COD)


def _to_pack(shop: Shop, _: int) -> None:
    shop.bring_to("confirmed", ("CARD", 1), **COD)


def _packed(shop: Shop, _: int) -> None:
    shop.bring_to("packed", ("CARD", 1), **COD)


def _shipped(shop: Shop, _: int) -> None:
    shop.bring_to("shipped", ("CARD", 1), **COD)


def _in_trouble(shop: Shop, _: int) -> None:
    shop.do(shop.bring_to("shipped", ("CARD", 1), **COD), c.ReportProblem(problem="away"))


def _solved(shop: Shop, _: int) -> None:
    order = shop.do(shop.bring_to("shipped", ("CARD", 1), **COD), c.ReportProblem(problem="away"))
    shop.do(order, c.ReportProblem(problem=""))


def _held(shop: Shop, _: int) -> None:
    shop.bring_to("delivered", ("CARD", 1), **COD)


def _paid_out(shop: Shop, turn: int) -> None:
    paying = Paying(shop)
    row = (paying.name(shop.bring_to("delivered", ("CARD", 1), **COD)), "", 250, 50, 200)
    paying.book(paying.read(as_csv(row), f"P-{turn}"))


def _nobodys(shop: Shop, turn: int) -> None:
    paying = Paying(shop)
    paying.book(paying.read(as_csv((f"NOBODYS-{turn}", "", 250, 50, 200)), f"P-{turn}"))


def _claimed(shop: Shop, _: int) -> None:
    order = shop.bring_to("shipped", ("CARD", 1), **COD)
    form = OpenClaim(kind="lost", claimed_poisha=1, words="gone")
    shop.db.write(lambda tx: steps.open_claim(tx, Context(shop.owner, shop.clock), order.number, form))


def _claimed_or_refused(shop: Shop, turn: int) -> None:
    _claimed(shop, turn)
    if turn % 3:
        context, form = Context(shop.owner, shop.clock), RefusedClaim(reason="no proof")
        shop.db.write(lambda tx: steps.refuse(tx, context, open_ones(tx)[-1].id, form))


def _tell(shop: Shop, _: int) -> None:
    told = Telling("staff", "x", data={"number": ""})
    shop.db.write(lambda tx: tell(tx, [told], order_id=None, event_id=None, now_us=shop.clock.now_us()))


def _told_of(shop: Shop, turn: int) -> None:
    shop.db.write(lambda tx: hear(tx, "steadfast", [Heard(f"SFC-{turn * 7 % 5}-{turn}")], shop.clock.now_us()))


def _list(shop: Shop, turn: int) -> None:
    sku = f"P.{turn * 7 % 5}-{turn}%"  # no SKU's letters are its place in the order of the products
    shop.db.write(lambda tx: add_product(tx, sku, f"Thing {turn}", 100))


def _receive(shop: Shop, turn: int) -> None:
    def receipt(tx: Tx) -> None:
        if turn == 0:
            add_product(tx, "LAMP", "Oil lamp", 100)
        lines = (ReceivedLine(sku="LAMP", quantity=1, unit_cost_poisha=5),)
        receive(tx, shop.owner, shop.clock, Receipt(lines=lines, supplier="Potters"), key=f"lamp-{turn}")

    shop.db.write(receipt)


def _moved(tx: Tx, cursor: str) -> Page[Any]:
    return movements(tx, "LAMP", cursor)


def _orders(**asked: Any) -> Callable[[Tx, str], Page[Any]]:
    return lambda tx, cursor: lists.page(tx, Wanted(**asked, cursor=cursor))


def _journal(**asked: Any) -> Callable[[Tx, str], Page[Any]]:
    return lambda tx, cursor: entries(tx, account="receivable:customers", cursor=cursor, **asked)


def _cases(state: str) -> Callable[[Tx, str], Page[Any]]:
    return lambda tx, cursor: cases.page(tx, cases.Wanted(state, taken_by=cases.NOBODY, cursor=cursor))


LISTS = (
    List("orders, newest first", _place, _orders(queue="all", newest_first=True), lambda row: row.id),
    List("orders, oldest first", _place, _orders(queue="to_confirm"), lambda row: row.id),
    List("orders, found", _place, _orders(queue="all", filters=lists.Filters(search="Rahima")), lambda row: row.id),
    List("to pack", _to_pack, packing.queue, lambda row: row.id),
    List("to ship", _packed, lambda tx, cursor: parcels.parcels_page(tx, "to_ship", cursor), lambda row: row.order.id),
    List("on the way", _shipped, lambda tx, at: parcels.parcels_page(tx, "in_transit", at), lambda row: row.order.id),
    List("problems", _in_trouble, _cases("needs_us"), lambda row: row.id),
    List("problems, closed", _solved, _cases("closed"), lambda row: row.id),
    List("claims", _claimed, claims.page, lambda row: row.id),
    List("claims, some closed", _claimed_or_refused, claims.page, lambda row: row.id),
    List("outbox", _tell, listed, lambda row: row.message.id),
    List("products", _list, lambda tx, cursor: browse(tx, "thing", cursor), lambda row: row.product.id),
    List("storefront", _list, lambda tx, cursor: storefront.shelf(tx, cursor=cursor), lambda row: row.id, CARDS),
    List("shelf", _list, lambda tx, cursor: shelf_page(tx, cursor=cursor), lambda row: row.sku),
    List("low on the shelf", _list, lambda tx, at: shelf_page(tx, low_only=True, cursor=at), lambda row: row.sku),
    List("movements of a SKU", _receive, _moved, lambda row: row.id),
    List("journal, newest first", _place, _journal(), lambda entry: entry.key),
    List("journal, oldest first", _place, _journal(oldest_first=True), lambda entry: entry.key),
    List("held by couriers", _held, lambda tx, at: held_page(tx, 0, "", at), lambda row: row.number),
    List("held by one courier", _held, lambda tx, at: held_page(tx, 0, "rider", at), lambda row: row.number),
    List("payouts", _paid_out, booked_page, lambda row: row.id),
    List("payouts to be looked at", _told_of, to_look_at, lambda row: row.id),
    List("to be cleared up", _nobodys, open_page, lambda row: row.id),
    List("orders behind a bar", _place, lambda tx, cursor: orders_behind(tx, TODAY, cursor), lambda row: row.number),
)
WALKS = [(one, count) for one in LISTS for count in ("0", "size", "size + 1", "2 * size + 1")]
NOBODYS = ("x", "1", "after", "after.", "before.\x00", "after." + "9" * 300, "AFTER.1.2", " ", "1.2")
NO_NUMBERS = ("after.x", "before.-1", "before.-1.2", f"after.{2**63}", f"after.1.{2**63}", "after.১", "after.1.2.3")
# What the small shop has of its own is no row of these.
_BARE = {"products", "storefront", "shelf", "low on the shelf", "outbox"}


def filled(db: Database, owner: Actor, one: List, count: int) -> Shop:
    """A shop with `count` rows in the list."""
    clock = Jumping()
    shop = Shop(db, clock, owner) if one.name in _BARE else open_small_shop(db, clock, owner)
    for turn in range(count):
        clock.jump(turn)
        one.add(shop, turn)
    return shop


def walked(read: Callable[[str], Page[Any]], cursor: str, way: str) -> list[Page[Any]]:
    """The page at `cursor` and all those that follow it in a way ("next" or "previous")."""
    pages = [read(cursor)]
    while (following := getattr(pages[-1], way)) is not None:
        pages.append(read(following))
        assert len(pages) < 20
    return pages


@pytest.mark.parametrize(("one", "count"), sampled(WALKS, 40), ids=lambda part: getattr(part, "name", part))
def test_pages_lead_through_all_rows_and_back_each_row_once(db: Database, owner: Actor, one: List, count: str) -> None:
    rows = {"0": 0, "size": one.size, "size + 1": one.size + 1, "2 * size + 1": 2 * one.size + 1}[count]
    shop = filled(db, owner, one, rows)
    if one.name == "movements of a SKU" and not rows:
        shop.db.write(lambda tx: add_product(tx, "LAMP", "Oil lamp", 100))

    def read(cursor: str) -> Page[Any]:
        return shop.db.read(lambda tx: one.read(tx, cursor))

    forth = walked(read, "", "next")
    whole, rest = divmod(rows, one.size)
    assert [len(page.rows) for page in forth] == [one.size] * whole + [rest] * (rest > 0 or whole == 0)
    keys = [one.key(row) for page in forth for row in page.rows]
    assert (len(keys), len(set(keys))) == (rows, rows)
    assert (forth[0].previous, forth[-1].next) == (None, None)
    assert all(page.previous for page in forth[1:])

    back = walked(read, forth[-1].previous, "previous") if len(forth) > 1 else []
    assert [page.rows for page in back] == [page.rows for page in forth[-2::-1]] * (len(forth) > 1)
    assert all(page.next for page in back)

    from_the_end = walked(read, str(Cursor(backwards=True)), "previous")
    assert [one.key(row) for page in reversed(from_the_end) for row in page.rows] == keys
    assert from_the_end[0].next is None


@pytest.mark.parametrize("size", [1, 2, 3, 5, 12])
@pytest.mark.parametrize("newest_first", [False, True])
def test_rows_of_one_instant_stay_in_their_order_across_pages(
    db: Database, owner: Actor, size: int, newest_first: bool
) -> None:
    shop = filled(db, owner, LISTS[0], 12)

    def read(cursor: str) -> Page[Any]:
        wanted = Wanted("all", newest_first=newest_first, cursor=cursor, limit=size)
        return shop.db.read(lambda tx: lists.page(tx, wanted))

    forth = walked(read, "", "next")
    places = [(row.placed_at, row.id) for page in forth for row in page.rows]
    assert len({at for at, _ in places}) == 5
    assert places == sorted(places, reverse=newest_first)
    back = walked(read, str(Cursor(backwards=True)), "previous")
    assert [(row.placed_at, row.id) for page in reversed(back) for row in page.rows] == places


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.name)
def test_a_cursor_of_somebodys_own_making_is_refused_and_a_person_sees_the_first_page(
    db: Database, owner: Actor, one: List
) -> None:
    shop = filled(db, owner, one, 1)
    first = shop.db.read(lambda tx: one.read(tx, ""))
    for cursor in NOBODYS if "shelf" in one.name else NOBODYS + NO_NUMBERS:
        with pytest.raises(InvalidInput) as refused:
            shop.db.read(lambda tx, cursor=cursor: one.read(tx, cursor))
        assert set(refused.value.fields) == {"cursor"}
        seen = shop.db.read(lambda tx, cursor=cursor: shown(lambda at: one.read(tx, at), cursor))
        assert seen == first and seen.rows


@pytest.mark.parametrize("place", [(), (12,), (1_764_000_000_000_000, 7)])
@pytest.mark.parametrize("backwards", [False, True])
def test_a_cursor_is_read_as_it_was_written(place: tuple[int, ...], backwards: bool) -> None:
    cursor = Cursor(place, backwards)
    assert read_cursor(str(cursor), [int] * max(1, len(place))) == cursor


@pytest.mark.parametrize("sku", ["MUG", "P.1.2", "before.MUG", "after", "আম", "a b&c=d", "-1", "%2e"])
def test_any_sku_can_stand_in_a_cursor(sku: str) -> None:
    assert read_cursor(str(Cursor((sku,))), [str]) == Cursor((sku,))
    assert read_cursor(str(Cursor((sku,), backwards=True)), [str]) == Cursor((sku,), backwards=True)
    with pytest.raises(NotOurCursor):
        read_cursor(str(Cursor((sku,))), [int])


def test_a_page_whose_rows_have_all_gone_leads_to_what_is_left(db: Database, owner: Actor) -> None:
    shop = filled(db, owner, LISTS[3], ROWS + 1)

    def read(cursor: str) -> Page[Any]:
        return shop.db.read(lambda tx: packing.queue(tx, cursor))

    first = read("")
    last = read(str(first.next))
    shop.do(last.rows[0].number, c.Pack())
    emptied = read(str(first.next))
    assert (emptied.rows, emptied.next) == ((), None)
    assert read(str(emptied.previous)).rows == first.rows
    assert shown(read, str(first.next)).rows == first.rows

    for row in first.rows:
        shop.do(row.number, c.Hold(reason="address"))
    late = shop.bring_to("confirmed", ("CARD", 1)).number
    before = str(Cursor((0, 1), backwards=True))
    assert (read(before).rows, read(before).previous) == ((), None)
    assert [row.number for row in shown(read, before).rows] == [late]


def test_a_list_that_is_empty_has_no_pages_beside_it(db: Database, owner: Actor) -> None:
    shop = filled(db, owner, LISTS[3], 0)
    assert shown(lambda cursor: shop.db.read(lambda tx: packing.queue(tx, cursor)), "") == Page(())
    assert shown(lambda cursor: shop.db.read(lambda tx: packing.queue(tx, cursor)), "after.1.1").rows == ()


def test_what_belongs_to_no_order_stands_over_the_first_page_alone(db: Database, owner: Actor) -> None:
    shop = filled(db, owner, LISTS[-1], ROWS + 1)
    lost = Count.model_validate({"lines": [{"sku": "MUG", "counted": 49}], "reason": "broken"})
    shop.db.write(lambda tx: count_goods(tx, owner, shop.clock, lost, key="broken"))

    def read(cursor: str) -> Page[Any]:
        return shop.db.read(lambda tx: orders_behind(tx, TODAY, cursor))

    first, second = walked(read, "", "next")
    assert [row.number for row in first.rows][:2] == ["", str(1000 + ROWS + 1)]
    assert (len(first.rows), len(second.rows)) == (ROWS + 1, 1)
    assert read(str(second.previous)) == first


def test_no_room_and_no_page_counts_or_trims_its_own_pages() -> None:
    own = re.compile(r"^_?PAGE(_SIZE)? *=|\blimit\([^)\n]*\+ *1|\[: *_?(PAGE|ROWS|CARDS)\b|\.offset\(", re.MULTILINE)
    files = [path for room in ("dokango", "state", "components", "dokango_web") for path in (ROOT / room).rglob("*.py")]
    assert len(files) > 300
    assert [str(path) for path in files if path.name != "paging.py" and own.search(path.read_text())] == []
