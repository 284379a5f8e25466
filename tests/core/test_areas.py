"""Places out of a courier's lists: guessed where one fits, asked where none or several do, fetched once a week."""

from __future__ import annotations

import pytest

from dokango.clock import US_PER_DAY
from dokango.courier_errors import CourierUnavailable
from dokango.couriers import area_lists
from dokango.couriers.area_lists import FRESH_S
from dokango.couriers.kind.areas import Address, Area, AreaLevel, by_default, by_district, by_words
from tests.paperplane import Paperplane
from tests.small_shop import Shop

CITIES = [Area("1", "Dhaka "), Area("2", "Chittagong"), Area("5", "Cumilla"), Area("9", "Cox's Bazar")]
ZONES = [
    Area("52", "Mirpur"),
    Area("53", "Mirpur 10"),
    Area("54", "Mohammadpur (Dhaka)"),
    Area("55", "Uttara Sector 4"),
    Area("56", "Bashundhara R/A"),
    Area("57", "ধানমন্ডি"),
]


@pytest.mark.parametrize(
    ("district", "city"),
    [("Dhaka", "1"), ("Chattogram", "2"), ("Cumilla", "5"), ("Cox's Bazar", "9"), ("Rangpur", None)],
)
def test_a_city_is_the_addresses_district_in_whatever_spelling(district: str, city: str | None) -> None:
    found = by_district(Address(district), CITIES)
    assert (found.id if found else None) == city


@pytest.mark.parametrize(
    ("area", "line", "zone"),
    [
        ("Mirpur 10", "House 3", "53"),
        ("mirpur", "House 3", "52"),
        ("Mohammadpur", "", "54"),
        ("Muhammadpur", "", "54"),
        ("", "House 9, Mirpur-10, near the fire station", "53"),
        ("", "House 9, Road 2, Uttara Sector 4", "55"),
        ("", "বাড়ি ৪, ধানমন্ডি", "57"),
        ("Bashundhara", "", None),  # nearly, and a person can tell
        ("", "House 9, Gulshan", None),
        ("", "from Mirpur, behind Mohammadpur bus stop", None),
        ("", "", None),
    ],
)
def test_a_zone_is_guessed_only_where_one_fits(area: str, line: str, zone: str | None) -> None:
    found = by_words(Address("Dhaka", area, "", line), ZONES)
    assert (found.id if found else None) == zone


def test_the_courier_s_default_is_taken_and_one_alone_too() -> None:
    one, two = Area("1", "Mirpur"), Area("2", "Uttara", default=True)
    anywhere = Address("Dhaka")
    assert (by_default(anywhere, [one, two]), by_default(anywhere, [one])) == (two, one)
    assert by_default(anywhere, [one, Area("3", "Banani")]) is None


class Routed(Paperplane):
    """Paperplane with lists of places; counts how often it is asked."""

    area_levels = (
        AreaLevel("city", "City", by_district),
        AreaLevel("zone", "Zone", by_words, under="city"),
        AreaLevel("area", "Area", by_words, under="zone", optional=True),
    )
    areas_from = "http://paperplane.test"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.down = False

    def areas(self, level: str, parent: str) -> list[Area]:
        self.asked.append((level, parent))
        if self.down:
            raise CourierUnavailable("paperplane", "Not now.")
        return {("city", ""): CITIES, ("zone", "1"): ZONES}.get((level, parent), [])


MIRPUR = Address("Dhaka", "Mirpur 10")


def chosen(shop: Shop, courier: Routed, address: Address, wanted: dict[str, str]) -> dict[str, str | None]:
    found = shop.db.read(lambda tx: area_lists.choices(tx, courier, address, wanted))
    return {choice.level.name: choice.chosen.id if choice.chosen else None for choice in found}


def test_lists_are_fetched_once_a_week_and_then_chosen_from_without_a_call(shop: Shop) -> None:
    courier = Routed()
    assert chosen(shop, courier, MIRPUR, {}) == {"city": None, "zone": None, "area": None}
    for _ in range(3):
        area_lists.load(shop.db, shop.clock, courier, MIRPUR, {})
    assert courier.asked == [("city", ""), ("zone", "1")]
    assert chosen(shop, courier, MIRPUR, {}) == {"city": "1", "zone": "53", "area": None}
    shop.clock.advance(seconds=FRESH_S + 1)
    area_lists.load(shop.db, shop.clock, courier, MIRPUR, {})
    assert courier.asked == [("city", ""), ("zone", "1")] * 2


def test_old_lists_serve_while_the_courier_is_down(shop: Shop) -> None:
    courier = Routed()
    area_lists.load(shop.db, shop.clock, courier, MIRPUR, {})
    courier.down = True
    shop.clock.advance(seconds=8 * US_PER_DAY // 1_000_000)
    area_lists.load(shop.db, shop.clock, courier, MIRPUR, {})
    assert chosen(shop, courier, MIRPUR, {}) == {"city": "1", "zone": "53", "area": None}


@pytest.mark.parametrize(
    ("wanted", "stands"),
    [
        ({"zone": "52"}, {"city": "1", "zone": "52"}),
        ({"zone": ""}, {"city": "1", "zone": None}),
        ({"zone": "9999"}, {"city": "1", "zone": None}),
        ({"city": "2"}, {"city": "2", "zone": None}),
        ({"city": ""}, {"city": None, "zone": None}),
    ],
)
def test_what_a_person_chose_stands_before_the_guess(
    shop: Shop, wanted: dict[str, str], stands: dict[str, str | None]
) -> None:
    courier = Routed()
    area_lists.load(shop.db, shop.clock, courier, MIRPUR, {})
    area_lists.load(shop.db, shop.clock, courier, MIRPUR, wanted)
    assert chosen(shop, courier, MIRPUR, wanted) == {**stands, "area": None}


def test_a_list_that_was_never_fetched_says_that_the_courier_is_down(shop: Shop) -> None:
    courier = Routed()
    courier.down = True
    with pytest.raises(CourierUnavailable):
        area_lists.load(shop.db, shop.clock, courier, MIRPUR, {})


def test_a_list_that_a_parcel_can_go_without_is_fetched_for_who_looks_at_it(shop: Shop) -> None:
    courier = Routed()
    area_lists.load(shop.db, shop.clock, courier, MIRPUR, {})
    assert ("area", "53") not in courier.asked
    area_lists.load(shop.db, shop.clock, courier, MIRPUR, {}, optional=True)
    assert ("area", "53") in courier.asked
