"""What differs between an order and what its courier was told, field by field, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from dokango.catalogue.models import Variant
from dokango.clock import ManualClock
from dokango.couriers.desk import CourierDesk
from dokango.couriers.parcels import shipments
from dokango.db import Tx, table_of
from dokango.errors import InvalidInput, NotAllowed
from dokango.orders import Context, Done
from dokango.orders.acts.perform import act_on
from dokango.orders.book import rows
from dokango.orders.cases import rows as cases
from dokango.orders.lifecycle import commands as c
from dokango.orders.parcels.draft import ParcelEdits
from dokango.orders.parcels.drift import Difference, differences, say_told
from dokango.people.actor import Actor
from tests.core.couriered import COD, Couriered, lose, shipped
from tests.small_shop import Shop


def drift(couriered: Couriered, order: Done) -> dict[str, Difference]:
    def found(tx: Tx) -> list[Difference]:
        row = rows.by_number(tx, order.number)
        return differences(tx, row, shipments.live_of(tx, row.id))

    return {one.field: one for one in couriered.shop.db.read(found)}


def corrected(couriered: Couriered, order: Done, **changes: str) -> None:
    """The customer's data as a case corrects them on the way."""
    row = couriered.shop.order(order)
    address = {"line": row.address_line, "area": row.area, "city": row.city, "district": row.district}
    who = {"name": row.name, "phone": row.phone, **address, **changes}
    couriered.shop.do(order, c.CorrectAddress(**who))


def test_nothing_differs_of_a_parcel_that_went_as_its_order_says(couriered: Couriered) -> None:
    order = shipped(couriered, note="Ring {twice}", **COD)
    assert drift(couriered, order) == {}


@pytest.mark.parametrize(
    ("changes", "field", "told", "now"),
    [
        ({"name": "Rahima Begum"}, "recipient_name", "Rahima Akter", "Rahima Begum"),
        ({"phone": "01811000000"}, "recipient_phone", "01711000000", "01811000000"),
        ({"line": "House 9"}, "recipient_address", "House 7, Road 3, Dhanmondi, Dhaka", "House 9, Dhanmondi, Dhaka"),
    ],
)
def test_what_changed_since_is_told_apart_field_by_field_with_what_to_do(
    couriered: Couriered, changes: dict[str, str], field: str, told: str, now: str
) -> None:
    order = shipped(couriered)
    corrected(couriered, order, **changes)
    ((name, found),) = drift(couriered, order).items()
    assert (name, found.told, found.now, found.since) == (field, told, now, True)
    assert "ask it back" in found.to_do and now in found.to_copy and told in found.to_copy


def test_what_staff_changed_as_they_sent_it_differs_without_anything_to_do(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed", ("SARI", 1), **COD)
    couriered.ship(order, ParcelEdits(recipient_phone="01911000000", note="Gate 2", cod_poisha=10_000))
    found = drift(couriered, order)
    assert set(found) == {"recipient_phone", "note", "collects"}
    assert {one.since for one in found.values()} == {False} and {one.to_copy for one in found.values()} == {""}
    assert (found["collects"].told, found["collects"].now) == ("৳100", "৳1,300")


def test_an_order_that_is_corrected_while_nobody_knows_of_its_booking_differs_too(couriered: Couriered) -> None:
    order = lose(couriered, lands=True)
    row = couriered.shop.order(order)
    address = {"line": row.address_line, "area": row.area, "city": row.city, "district": row.district}
    couriered.shop.do(order, c.EditAddress(name="Rahima Begum", phone=row.phone, **address))
    assert "Settle the booking first" in drift(couriered, order)["recipient_name"].to_do


def test_a_weight_differs_once_the_goods_weigh_something_else(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed", ("SARI", 2))
    couriered.ship(order, ParcelEdits(weight_g=900))
    assert drift(couriered, order) == {}, "it was weighed with its packing"
    variant = table_of(Variant)
    couriered.shop.db.write(lambda tx: tx.run(update(variant).where(variant.c.sku == "SARI").values(weight_g=700)))
    found = drift(couriered, order)["weight_g"]
    assert (found.told, found.now, found.since) == ("900 g", "1400 g", True)


def test_a_parcel_carried_by_hand_differs_like_any_other(couriered: Couriered) -> None:
    shop = couriered.shop
    order = shop.bring_to("packed")
    shop.do(order, c.Ship(courier="manual", carrier="Rider", phone="01911000000"))
    assert drift(couriered, order)["recipient_phone"].since is False
    corrected(couriered, order, phone="01811000000")
    assert drift(couriered, order)["recipient_phone"].since is True
    assert drift(couriered, order)["recipient_phone"].to_do == "Tell Rider by phone."


def test_what_the_courier_was_told_by_phone_differs_no_more_and_is_on_record(
    couriered: Couriered, viewer: Actor
) -> None:
    order = shipped(couriered)
    corrected(couriered, order, phone="01811000000", name="Rahima Begum")
    db, clock = couriered.shop.db, couriered.shop.clock
    with pytest.raises(NotAllowed):
        db.write(lambda tx: say_told(tx, Context(viewer, clock), order.number, "recipient_phone"))
    db.write(lambda tx: say_told(tx, couriered.context(), order.number, "recipient_phone"))
    assert set(drift(couriered, order)) == {"recipient_name"}
    for field in ("recipient_phone", "collects", "nothing"):
        with pytest.raises(InvalidInput):
            db.write(lambda tx, field=field: say_told(tx, couriered.context(), order.number, field))
    corrected(couriered, order, phone="01511000000")
    assert drift(couriered, order)["recipient_phone"].told == "01811000000"


def test_a_correction_that_a_case_told_the_courier_differs_no_more(couriered: Couriered) -> None:
    shop = couriered.shop
    order = shipped(couriered)
    couriered.move(order, "hold")
    couriered.sync(order)
    (case,) = shop.db.read(lambda tx: cases.open_of(tx, order.order_id))
    form = {"name": "Rahima Begum", "phone": "01811000000", "line": "House 9", "district": "Dhaka"}
    context = couriered.context()
    act_on(couriered.desk, shop.db, context, case.id, "correct_address", form)
    assert {one.since for one in drift(couriered, order).values()} == {True}
    act_on(couriered.desk, shop.db, context, case.id, "told", {})
    assert drift(couriered, order) == {}


def test_an_order_that_has_ended_has_nothing_to_tell(couriered: Couriered) -> None:
    order = shipped(couriered)
    corrected(couriered, order, phone="01811000000")
    couriered.shop.do(order, c.Deliver())
    assert drift(couriered, order) == {}


MORE = {"alternative_phone": "01911000000", "recipient_email": "r@shop.com.bd", "hub_pickup": True, "note": "Gate 2"}


def test_second_phone_e_mail_and_hub_differ_where_the_courier_was_told_of_them(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed", ("SARI", 1))
    couriered.ship(order, ParcelEdits(**MORE))  # type: ignore[arg-type]
    found = drift(couriered, order)
    assert {(one.label, one.told, one.now, one.since) for one in found.values()} == {
        ("Second phone", "01911000000", "", False),
        ("E-mail", "r@shop.com.bd", "", False),
        ("Collected at a hub", "yes", "no", False),
        ("Note", "Gate 2", "", False),
    }


def test_what_a_courier_has_no_use_for_was_not_told_to_it(shop: Shop, clock: ManualClock) -> None:
    desk = CourierDesk(clock, None)
    try:
        redx = Couriered(shop, desk, "redx")
        order = shop.bring_to("packed", ("SARI", 1))
        redx.ship(order, ParcelEdits(**MORE))  # type: ignore[arg-type]
        assert set(drift(redx, order)) == {"note"}
    finally:
        desk.close()


def test_an_e_mail_that_was_not_told_differs_from_nothing(couriered: Couriered) -> None:
    email = {"name": "Rahima", "phone": "01711000000", "email": "r@shop.com.bd"}
    order = couriered.shop.bring_to("packed", customer=email)
    couriered.ship(order)
    assert drift(couriered, order) == {}


def test_a_parcel_carried_by_hand_was_told_of_a_second_phone_too(couriered: Couriered) -> None:
    order = couriered.shop.bring_to("packed")
    ship = c.Ship(courier="manual", carrier="Rider", alternative_phone="01911000000", hub_pickup=True)
    couriered.shop.do(order, ship)
    assert {name: one.told for name, one in drift(couriered, order).items()} == {
        "alternative_phone": "01911000000", "hub_pickup": "yes",
    }  # fmt: skip
