"""Claims on couriers: opened, counted down, proved, and ended as paid, in part or refused."""

from __future__ import annotations

import pytest

from dokango.clock import US_PER_DAY
from dokango.couriers.kind.tariff import Band, Prices, Tariff
from dokango.couriers.parcels import shipments
from dokango.couriers.tariffs import change_tariff
from dokango.errors import InvalidInput, NotAllowed, Refused
from dokango.orders import Context, Done
from dokango.orders.cases import rows as cases
from dokango.orders.cases.by_staff import deal_with
from dokango.orders.claims import rows, steps
from dokango.orders.claims.forms import OpenClaim, PaidClaim, RefusedClaim
from dokango.orders.claims.rows import ClaimOnCourier
from dokango.orders.lifecycle import commands as c
from dokango.people.actor import Actor
from tests.small_shop import Shop

COD = {"payment": {"method": "cod"}}
COST = 50_000


def claim(shop: Shop, order: Done, amount: int = 160_000, kind: str = "lost") -> ClaimOnCourier:
    form = OpenClaim.model_validate({"kind": kind, "claimed_poisha": amount, "words": "Never arrived", "found_g": 200})
    context = Context(shop.owner, shop.clock)
    return shop.db.write(lambda tx: steps.open_claim(tx, context, order.number, form))


def paid(shop: Shop, opened: ClaimOnCourier, amount: int) -> ClaimOnCourier:
    form = PaidClaim(amount_poisha=amount, reference="NEFT 7")
    return shop.db.write(lambda tx: steps.pay(tx, Context(shop.owner, shop.clock), opened.id, form))


def refused(shop: Shop, opened: ClaimOnCourier) -> ClaimOnCourier:
    form = RefusedClaim(reason="No proof of packing")
    return shop.db.write(lambda tx: steps.refuse(tx, Context(shop.owner, shop.clock), opened.id, form))


def lost(shop: Shop) -> Done:
    order = shop.bring_to("shipped", ("MUG", 2), **COD)
    shop.do(order, c.LoseParcel(reason="not in any hub"))
    return order


def test_the_worked_example_of_a_lost_parcel_whose_claim_is_paid(shop: Shop) -> None:
    """Two mugs that cost ৳1,000 were sold for ৳1,600; the courier pays ৳1,600: their cost is back, ৳600 is income.

    ===============  =======  ========
    account          lost     paid
    ===============  =======  ========
    inventory        −1,000   −1,000
    written off      1,000    0
    bank             0        1,600
    claims           0        −600
    ===============  =======  ========
    """
    before = shop.books()
    order = lost(shop)
    opened = claim(shop, order)
    inventory = before["asset:inventory"] - 2 * COST
    assert shop.books() == {**before, "asset:inventory": inventory, "expense:write-off": 2 * COST}
    closed = paid(shop, opened, 160_000)
    assert (closed.state, closed.paid_poisha, closed.reference) == ("paid", 160_000, "NEFT 7")
    assert shop.books() == {**before, "asset:inventory": inventory, "cash:bank": 160_000, "income:claims": -60_000}


@pytest.mark.parametrize(
    ("amount", "state", "written_off", "income"),
    [(70_000, "part_paid", 30_000, 0), (100_000, "part_paid", 0, 0), (170_000, "paid", 0, -70_000)],
)
def test_what_comes_in_stands_against_the_loss_first(
    shop: Shop, amount: int, state: str, written_off: int, income: int
) -> None:
    opened = claim(shop, lost(shop))
    assert paid(shop, opened, amount).state == state
    assert (shop.balance("expense:write-off"), shop.balance("income:claims")) == (written_off, income)


def test_its_case_waits_until_the_couriers_window_ends_and_ends_with_the_claim_alone(shop: Shop) -> None:
    shop.set_profile(claim_days=5)
    order = shop.bring_to("shipped", ("MUG", 1), **COD)
    opened = claim(shop, order, 90_000)
    [case] = shop.db.read(lambda tx: cases.open_of(tx, order.order_id))
    assert (case.kind, case.state, case.next_act) == ("claim", "asked_courier", "follow_claim")
    assert case.due_at == opened.due_at == opened.opened_at + 5 * US_PER_DAY
    with pytest.raises(Refused, match="It ends with its claim"):
        shop.db.write(lambda tx: deal_with(tx, shop.owner, shop.clock, case.id, "It is settled."))
    shop.do(order, c.LoseParcel(reason="not found"))
    assert shop.db.read(lambda tx: cases.open_of(tx, order.order_id)) != []
    assert refused(shop, opened).reason == "No proof of packing"
    assert shop.db.read(lambda tx: cases.open_of(tx, order.order_id)) == []


def test_a_courier_whose_days_are_known_has_its_own_window_and_another_the_shops(shop: Shop) -> None:
    rider = Tariff(bands=(Band(up_to_g=500, price=Prices()),), claim_days=3)
    shop.db.write(lambda tx: change_tariff(tx, shop.owner, shop.clock, "rider", rider))
    shop.set_profile(claim_days=9)
    known = claim(shop, lost(shop))
    order = shop.bring_to("packed", ("MUG", 1), **COD)
    shop.do(order, c.Ship(courier="manual", carrier="Somebody"))
    unknown = claim(shop, order)
    assert [(one.due_at - one.opened_at) // US_PER_DAY for one in (known, unknown)] == [3, 9]


def test_of_a_parcel_one_claim_is_open_and_a_closed_one_stays_closed(shop: Shop) -> None:
    order = lost(shop)
    opened = claim(shop, order)
    with pytest.raises(Refused, match="claimed already"):
        claim(shop, order)
    refused(shop, opened)
    with pytest.raises(Refused, match="closed already: refused"):
        paid(shop, opened, 1)
    again = claim(shop, order)
    assert [row.id for row in shop.db.read(rows.open_ones)] == [again.id]


def test_what_was_paid_in_full_is_not_claimed_again_and_what_was_paid_in_part_may_be(shop: Shop) -> None:
    whole, part = lost(shop), lost(shop)
    paid(shop, claim(shop, whole), 160_000)
    with pytest.raises(Refused, match="paid in full, ৳1,600: nothing is left to claim"):
        claim(shop, whole)
    paid(shop, claim(shop, part), 70_000)
    assert claim(shop, part, 90_000).is_open


def test_a_claim_is_for_lines_of_the_order_and_for_all_of_them_when_none_is_named(shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 2), ("SARI", 1), **COD)
    context = Context(shop.owner, shop.clock)

    def opened(*lines: tuple[str, int]) -> dict[str, int]:
        form = OpenClaim(
            kind="damaged", claimed_poisha=80_000, words="broken",
            lines=tuple({"sku": sku, "quantity": units} for sku, units in lines),
        )  # fmt: skip
        made = shop.db.write(lambda tx: steps.open_claim(tx, context, order.number, form))
        return {line.sku: line.quantity for line in shop.db.read(lambda tx: rows.lines_of(tx, made.id))}

    for wrong in ((("MUG", 3),), (("MUG", 1), ("MUG", 1)), (("LAMP", 1),)):
        with pytest.raises(InvalidInput, match="can be claimed"):
            opened(*wrong)
    assert opened(("MUG", 1)) == {"MUG": 1}
    refused(shop, shop.db.read(rows.open_ones)[0])
    assert opened() == {"MUG": 2, "SARI": 1}


def test_a_claim_names_the_parcel_that_was_lost_though_another_went_out_since(shop: Shop) -> None:
    order = lost(shop)
    shop.do(order, c.SendAgain())
    for command in (c.Pack(), c.Ship(courier="manual", carrier="Other rider")):
        shop.do(order, command)
    first, second = shop.db.read(lambda tx: shipments.all_of(tx, order.order_id))
    context = Context(shop.owner, shop.clock)

    def opened(parcel: str) -> int:
        form = OpenClaim(kind="lost", claimed_poisha=1, words="gone", parcel=parcel)
        return shop.db.write(lambda tx: steps.open_claim(tx, context, order.number, form)).shipment_id

    assert opened(first.invoice.upper()) == first.id
    assert opened("") == second.id
    with pytest.raises(InvalidInput, match="called NOBODY"):
        opened("NOBODY")


def test_what_came_in_stands_against_goods_that_were_sold_and_came_back_broken(shop: Shop) -> None:
    order = shop.bring_to("delivered", ("MUG", 2), **COD)
    lines = [{"sku": "MUG", "quantity": 1, "restock": False}]
    shop.do(order, c.ReceiveReturn.model_validate({"lines": lines}))
    assert shop.balance("expense:write-off") == COST
    paid(shop, claim(shop, order, 50_000, "damaged"), 50_000)
    assert (shop.balance("expense:write-off"), shop.balance("income:claims")) == (0, 0)


def test_what_no_courier_had_cannot_be_claimed(shop: Shop) -> None:
    with pytest.raises(Refused, match="nothing to claim"):
        claim(shop, shop.bring_to("packed", ("MUG", 1), **COD))


def test_a_claim_has_so_many_photos_and_each_once(shop: Shop) -> None:
    opened = claim(shop, lost(shop))
    context = Context(shop.owner, shop.clock)
    for name in ("a.jpg", "a.jpg", *(f"{n}.png" for n in range(steps.MOST_PHOTOS - 1))):
        shop.db.write(lambda tx, name=name: steps.add_photo(tx, context, opened.id, name))
    with pytest.raises(InvalidInput):
        shop.db.write(lambda tx: steps.add_photo(tx, context, opened.id, "more.jpg"))
    assert len(shop.db.read(lambda tx: rows.photos_of(tx, opened.id))) == steps.MOST_PHOTOS


def test_only_who_settles_money_books_what_came_in(shop: Shop, packer: Actor) -> None:
    opened = claim(shop, lost(shop))
    with pytest.raises(NotAllowed):
        paid(shop.acting(packer), opened, 1)
