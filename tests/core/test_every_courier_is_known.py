"""Couriers that nobody books by API are known wherever couriers are listed, and written as people wrote them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dokango.clock import day_of
from dokango.couriers.carriers import Carrier, add_carrier, names_written
from dokango.errors import InvalidInput
from dokango.orders import Done
from dokango.orders.cases import lists
from dokango.orders.cases.lists import Wanted
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels.manifest import manifest
from dokango.reports.books.account_names import account_name
from dokango.reports.books_sheets import balance_sheet_sheet
from dokango.reports.courier_cash import lines
from dokango.reports.kit.periods import period
from dokango.reports.kit.places import Asked
from dokango.reports.kit.snapshot import Snapshot
from tests.core.couriered import COD
from tests.small_shop import Shop

SA = "SA Paribahan"


def sent_by(shop: Shop, carrier: str) -> Done:
    order = shop.bring_to("packed", ("CARD", 1), **COD)
    return shop.do(order, c.Ship(courier="manual", carrier=carrier))


def in_trouble(shop: Shop, carrier: str) -> Done:
    return shop.do(sent_by(shop, carrier), c.ReportProblem(problem="nobody at home"))


def numbers(shop: Shop, courier: str) -> list[int | None]:
    page = shop.db.read(lambda tx: lists.page(tx, Wanted("needs_us", courier=courier)))
    return [case.order_id for case in page.rows]


def test_the_desk_knows_every_courier_that_has_cases_and_narrows_to_it(shop: Shop) -> None:
    sa, other = in_trouble(shop, SA), in_trouble(shop, "Rahim's bike")
    known = shop.db.read(lists.couriers_of)
    assert known["sa-paribahan"] == SA and known["rahim's-bike"] == "Rahim's bike"
    assert numbers(shop, "rahim's-bike") == [other.order_id]
    assert numbers(shop, "sa-paribahan") == [sa.order_id]
    assert len(numbers(shop, "manual")) == 2 and numbers(shop, "nobody-we-know") == []


def test_one_name_in_two_spellings_is_one_courier(shop: Shop) -> None:
    first, second = in_trouble(shop, SA), in_trouble(shop, "sa paribahan")
    assert list(shop.db.read(lists.couriers_of)) == ["sa-paribahan"]
    assert numbers(shop, "sa-paribahan") == [first.order_id, second.order_id]


def test_the_books_write_a_courier_as_it_was_written(shop: Shop) -> None:
    shop.do(sent_by(shop, SA), c.Deliver())
    names = shop.db.read(names_written)
    assert account_name("receivable:courier:sa-paribahan", names) == "Cash with SA Paribahan"
    day = day_of(shop.clock.now_us())
    asked = Asked(period(day, day), "day")
    sheet = shop.db.read(lambda tx: balance_sheet_sheet(tx, asked))
    assert "Cash with SA Paribahan" in [row[1] for row in sheet.rows]
    seen = shop.db.read(lambda tx: [one.name for one in lines(Snapshot(tx, asked.span, "day", shop.clock.now_us()))])
    assert seen[0] == "SA Paribahan, up to 3 days"


def test_the_owners_spelling_wins_over_a_parcels(shop: Shop) -> None:
    sent_by(shop, "sa paribahan")
    assert shop.db.read(names_written)["sa-paribahan"] == "sa paribahan"
    shop.db.write(lambda tx: add_carrier(tx, shop.owner, shop.clock, Carrier(name=SA)))
    assert shop.db.read(names_written)["sa-paribahan"] == SA


def test_a_courier_of_a_parcel_alone_has_a_list_to_hand_over_under_its_own_name(shop: Shop) -> None:
    """Also on a day when it took nothing."""
    sent_by(shop, "Rahim's bike")
    now_us = shop.clock.now_us()
    later = day_of(now_us) + timedelta(days=3)
    assert shop.db.read(lambda tx: manifest(tx, "rahim's-bike", later, now_us)).name == "Rahim's bike"


def test_an_unknown_tab_is_refused(shop: Shop) -> None:
    with pytest.raises(InvalidInput):
        shop.db.read(lambda tx: lists.page(tx, Wanted("trouble")))
