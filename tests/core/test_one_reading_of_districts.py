"""One reading for every way in: what was typed is understood alike, or refused alike, wherever it was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dokango.errors import InvalidInput
from dokango.orders import Context
from dokango.orders.customer import steps
from dokango.orders.lifecycle import commands as c
from dokango.orders.placing.checkout_form import place_once, wanted_of
from dokango.people.actor import customer
from dokango.people.districts import DISTRICTS
from dokango.sample.buyers import BUYERS
from dokango.shop.editing import change_profile
from dokango.shop.profile import load_profile
from state.orders.url import read_url
from state.settings.typed import delivery_fields
from tests.small_shop import Shop

TAKEN = {
    "Dhaka": "Dhaka", "ঢাকা": "Dhaka", "Dhaka District": "Dhaka", "ঢাকা জেলা": "Dhaka", " dhaka": "Dhaka",
    "Jessore": "Jashore", "coxs bazar": "Cox's Bazar", "Comilla Dist.": "Cumilla", "যশোহর": "Jashore",
}  # fmt: skip
REFUSED = ("Atlantis", "Kolkata", "জেলা", "-")
ADDRESS = {"line": "House 7, Road 3", "area": "Mirpur", "city": "", "district": "Dhaka"}
FORM = {"name": "Rahima", "phone": "01711000000", "line": "House 7, Road 3", "method": "cod"}
Way = Callable[[Shop, str], str]


def by_the_api(shop: Shop, typed: str) -> str:
    """A program places an order."""
    order = shop.order(shop.place(("MUG", 1), address={**ADDRESS, "district": typed}))
    assert order.delivery_poisha == (10_000 if order.district == "Dhaka" else 15_000)
    return str(order.district)


def by_a_form(shop: Shop, typed: str) -> str:
    """A buyer's checkout, and the form in which staff take an order by phone."""
    wanted = wanted_of({**FORM, "district": typed}, {"MUG": 1})
    placed = shop.db.write(
        lambda tx: place_once(tx, Context(customer("Rahima"), shop.clock), "key", wanted, locale="bn")
    )
    order = shop.order(placed.number)
    assert order.delivery_poisha == (10_000 if order.district == "Dhaka" else 15_000)
    return str(order.district)


def by_an_edit(shop: Shop, typed: str) -> str:
    """Staff, or a program, change the address of an order."""
    order = shop.place(("MUG", 1))
    shop.do(order, c.EditAddress(name="Rahima", phone="01711000000", line="House 8", district=typed))
    return str(shop.order(order).district)


def by_the_customer(shop: Shop, typed: str) -> str:
    """The customer mends the address on the page of their order."""
    shop.set_profile(delivery_outside_poisha=10_000)
    done = shop.place(("MUG", 1))
    form = {**FORM, "district": typed}
    shop.db.write(lambda tx: steps.fix_address(tx, shop.clock, shop.order(done).token, form))
    return str(shop.order(done).district)


def by_the_settings(shop: Shop, typed: str) -> str:
    """The owner says where the shop is, on the page."""
    return str(delivery_fields({"home_district": typed, **_CHARGES})["home_district"])


def by_a_setting(shop: Shop, typed: str) -> str:
    """The same, at the shop's own door."""
    shop.db.write(lambda tx: change_profile(tx, shop.owner, shop.clock, {"home_district": typed}))
    return shop.db.read(load_profile).home_district


_CHARGES = {"delivery_inside": "60", "delivery_outside": "120", "delivery_days_inside": "2",
            "delivery_days_outside": "4", "courier_return_charge": "0", "pickup_hours": "24", "claim_days": "7",
            "return_charge_by": "shop", "refusal_keeps": "nothing"}  # fmt: skip
WAYS: tuple[Way, ...] = (by_the_api, by_a_form, by_an_edit, by_the_customer, by_the_settings, by_a_setting)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("typed", TAKEN)
def test_a_district_is_kept_under_its_one_name_whichever_way_it_came(shop: Shop, way: Way, typed: str) -> None:
    assert way(shop, typed) == TAKEN[typed]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("typed", REFUSED)
def test_an_unknown_district_is_refused_whichever_way_it_came(shop: Shop, way: Way, typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        way(shop, typed)
    assert {field.rpartition(".")[2] for field in refused.value.fields} <= {"district", "home_district"}


def test_a_shop_that_is_at_home_in_an_old_spelling_charges_by_the_district(shop: Shop) -> None:
    shop.set_profile(home_district="ঢাকা")
    assert shop.order(shop.place(("MUG", 1))).delivery_poisha == 10_000


def test_a_list_is_narrowed_by_a_district_in_any_spelling() -> None:
    assert read_url({"district": "ঢাকা জেলা"}).wanted().filters.district == "Dhaka"


def test_the_sample_shop_buys_from_districts_by_their_names() -> None:
    assert {buyer.district for buyer in BUYERS} <= set(DISTRICTS)


@pytest.mark.parametrize("email", ["me@", "a b@shop.com", "me@localhost"])
def test_an_address_that_no_mail_reaches_is_refused_from_a_program_too(shop: Shop, email: str) -> None:
    buyer: dict[str, Any] = {"name": "Rahima", "phone": "01711000000", "email": email}
    with pytest.raises(InvalidInput) as refused:
        shop.place(("MUG", 1), customer=buyer)
    assert set(refused.value.fields) == {"customer.email"}
