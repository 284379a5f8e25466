"""What a parcel really cost: booked once for any parcel, corrected by the difference, and part of its order's books."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from dokango.audit import Event
from dokango.couriers.parcels import shipments
from dokango.couriers.steadfast.tariff import TARIFF
from dokango.couriers.tariffs import change_tariff
from dokango.db import table_of
from dokango.errors import InvalidInput, Refused
from dokango.orders import Done
from dokango.orders.lifecycle import commands as c
from tests.core.ledgers import ledger
from tests.small_shop import Shop

COD: dict[str, Any] = {"payment": {"method": "cod"}}
RIDER = "receivable:courier:rider"
STATES = [
    ("shipped", {}), ("shipped", COD), ("delivered", {}), ("delivered", COD), ("returned", {}), ("returned", COD)
]  # fmt: skip


def parcel(shop: Shop, order: Done) -> Any:
    return shop.db.read(lambda tx: shipments.all_of(tx, order.order_id))[-1]


def steps(shop: Shop, order: Done) -> list[str]:
    """What the payouts and charges of an order wrote: "a 80 ← b", in taka."""
    return [line.removeprefix("pay_out: ") for line in ledger(shop, order, "pay_out")]


@pytest.mark.parametrize(("status", "changes"), STATES)
def test_the_charge_of_any_parcel_can_be_booked_alone(shop: Shop, status: str, changes: dict[str, Any]) -> None:
    order = shop.bring_to(status, ("MUG", 1), **changes)
    due = shop.order(order).courier_due_poisha
    done = shop.do(order, c.PayOut(charge_poisha=8_000, reference="BILL-7"))
    assert done.status == status
    assert steps(shop, order) == [f"expense:courier 80 ← {RIDER}"]
    assert shop.order(order).courier_due_poisha == due - 8_000
    assert parcel(shop, order).charge_poisha == 8_000


@pytest.mark.parametrize("status", ["pending", "confirmed", "packed", "cancelled"])
def test_an_order_that_no_courier_had_has_no_charge(shop: Shop, status: str) -> None:
    order = shop.bring_to(status, ("MUG", 1))
    with pytest.raises(Refused):
        shop.do(order, c.PayOut(charge_poisha=8_000))


def test_a_charge_is_booked_once_and_another_is_a_correction_of_its_own(shop: Shop) -> None:
    order = shop.bring_to("delivered", ("MUG", 1))
    shop.do(order, c.PayOut(charge_poisha=8_000))
    with pytest.raises(Refused, match="booked already: ৳80"):
        shop.do(order, c.PayOut(charge_poisha=8_000))
    shop.do(order, c.PayOut(charge_poisha=9_000))
    shop.do(order, c.PayOut(charge_poisha=7_500))
    assert steps(shop, order) == [
        f"expense:courier 80 ← {RIDER}", f"expense:courier 10 ← {RIDER}", f"{RIDER} 15 ← expense:courier"
    ]  # fmt: skip
    assert (shop.balance("expense:courier"), shop.balance(RIDER)) == (7_500, -7_500)
    assert parcel(shop, order).charge_poisha == 7_500


def test_a_charge_of_nothing_is_known_to_be_nothing(shop: Shop) -> None:
    order = shop.bring_to("delivered", ("MUG", 1))
    shop.do(order, c.PayOut(charge_poisha=0))
    assert (steps(shop, order), parcel(shop, order).charge_poisha) == ([], 0)
    with pytest.raises(Refused, match="booked already: ৳0"):
        shop.do(order, c.PayOut(charge_poisha=0))


def test_a_payout_in_two_parts_charges_once(shop: Shop) -> None:
    order = shop.bring_to("delivered", ("MUG", 1), **COD)  # ৳900 at the door
    shop.do(order, c.PayOut(amount_poisha=50_000, charge_poisha=8_900))
    assert shop.do(order, c.PayOut(amount_poisha=31_100)).money == "paid"
    assert steps(shop, order) == [
        f"expense:courier 89 ← {RIDER}", f"cash:bank 500 ← {RIDER}", f"cash:bank 311 ← {RIDER}"
    ]  # fmt: skip
    assert shop.balance(RIDER) == 0


def test_a_charge_that_was_too_low_makes_the_courier_owe_less(shop: Shop) -> None:
    order = shop.bring_to("delivered", ("MUG", 1), **COD)
    shop.do(order, c.PayOut(amount_poisha=82_000, charge_poisha=8_000))
    shop.do(order, c.PayOut(charge_poisha=9_000))
    assert shop.order(order).courier_due_poisha == -1_000
    shop.do(order, c.PayOut(amount_poisha=-1_000, reference="taken off SFC-9"))
    assert (shop.order(order).courier_due_poisha, shop.balance("cash:bank")) == (0, 81_000)


def test_what_a_prepaid_parcel_cost_is_paid_to_the_courier(shop: Shop) -> None:
    order = shop.bring_to("delivered", ("MUG", 1))
    shop.do(order, c.PayOut(charge_poisha=8_000))
    with pytest.raises(InvalidInput, match="owed ৳80"):
        shop.do(order, c.PayOut(amount_poisha=-8_001))
    shop.do(order, c.PayOut(amount_poisha=-8_000))
    assert steps(shop, order) == [f"expense:courier 80 ← {RIDER}", f"{RIDER} 80 ← cash:bank"]
    with pytest.raises(InvalidInput, match="owed nothing"):
        shop.do(order, c.PayOut(amount_poisha=-1))


@pytest.mark.parametrize(
    ("status", "changes", "amount"), [("delivered", {}, 1), ("returned", COD, 1), ("delivered", COD, 90_100)]
)
def test_no_more_arrives_than_the_courier_owes(shop: Shop, status: str, changes: dict[str, Any], amount: int) -> None:
    order = shop.bring_to(status, ("MUG", 1), **changes)
    with pytest.raises(InvalidInput) as wrong:
        shop.do(order, c.PayOut(amount_poisha=amount))
    assert list(wrong.value.fields) == ["amount_poisha"]


def test_nothing_at_all_is_no_payout(shop: Shop) -> None:
    order = shop.bring_to("delivered", ("MUG", 1), **COD)
    with pytest.raises(InvalidInput, match="what the courier charges"):
        shop.do(order, c.PayOut())


def test_what_is_paid_before_we_hear_of_the_delivery_is_even_after_it(shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 1), **COD)
    shop.do(order, c.PayOut(amount_poisha=81_100, charge_poisha=8_900, reference="SFC-1"))
    assert shop.order(order).courier_due_poisha == -90_000
    assert shop.do(order, c.Deliver()).money == "paid"
    assert (shop.order(order).courier_due_poisha, shop.balance(RIDER)) == (0, 0)
    with pytest.raises(InvalidInput):
        shop.do(order, c.PayOut(amount_poisha=1))


def test_the_charge_that_a_return_booked_is_corrected_by_the_bill(shop: Shop) -> None:
    shop.set_profile(courier_return_charge_poisha=6_000)
    order = shop.bring_to("returned", ("MUG", 1), **COD)
    assert parcel(shop, order).charge_poisha == 6_000
    shop.do(order, c.PayOut(charge_poisha=11_000))
    assert steps(shop, order) == [f"expense:courier 50 ← {RIDER}"]


def test_a_charge_booked_while_the_parcel_travels_is_not_booked_again_when_it_comes_back(shop: Shop) -> None:
    shop.set_profile(courier_return_charge_poisha=6_000)
    order = shop.bring_to("shipped", ("MUG", 1), **COD)
    shop.do(order, c.PayOut(charge_poisha=5_000))
    shop.do(order, c.ReceiveReturn())
    assert (shop.balance("expense:courier"), parcel(shop, order).charge_poisha) == (5_000, 5_000)


def test_a_parcel_is_named_by_any_of_its_names_and_another_is_refused(shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 1))
    shop.do(order, c.PayOut(charge_poisha=8_000, parcel=parcel(shop, order).invoice.upper()))
    with pytest.raises(InvalidInput) as wrong:
        shop.do(order, c.PayOut(charge_poisha=8_100, parcel="DG-9999"))
    assert list(wrong.value.fields) == ["parcel"]


def test_the_step_says_what_was_charged_and_what_was_expected(shop: Shop) -> None:
    shop.db.write(lambda tx: change_tariff(tx, shop.owner, shop.clock, "rider", TARIFF))
    order = shop.bring_to("delivered", ("MUG", 1))
    shop.do(order, c.PayOut(charge_poisha=8_000))
    shop.do(order, c.PayOut(charge_poisha=9_500, reference="BILL-8"))
    event = table_of(Event)
    rows = shop.db.read(
        lambda tx: tx.rows(select(event.c.note).where(event.c.action == "pay_out").order_by(event.c.id))
    )
    assert [row.note for row in rows] == ["৳80 charged", "৳95 charged instead of ৳80 · BILL-8"]
    assert parcel(shop, order).expected_charge_poisha == 8_000
