"""What a payout pays for no parcel waits with where it came from, until it is cleared up, each sum once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dokango.errors import InvalidInput, NotAllowed, NotFound, PreviewOver
from dokango.orders import Context
from dokango.payouts import clearing
from dokango.payouts.clearing import AssignSum, Cleared, GiveBackSum, OpenSum, SetOffSum
from dokango.people.actor import Actor
from tests.core.ledgers import ledger
from tests.core.payouts import COD, Paying, as_csv
from tests.small_shop import Shop

OPEN, RIDER = "receivable:courier-open:rider", "receivable:courier:rider"


@pytest.fixture
def paying(shop: Shop) -> Paying:
    return Paying(shop)


def sums(paying: Paying) -> list[OpenSum]:
    return list(paying.shop.db.read(clearing.open_page).rows)


def clear(paying: Paying, act: Callable[..., Cleared], one: OpenSum, form: clearing.Clears) -> Cleared:
    context = Context(paying.shop.owner, paying.shop.clock)
    return paying.shop.db.write(lambda tx: act(tx, context, one.id, form))


def nobodys(paying: Paying, amount: int, reference: str = "SFC-1") -> OpenSum:
    """A payout of ৳`amount` for a parcel that is not ours; below 0 a charge taken for one."""
    row = ("NOBODYS", "", amount, 0, amount) if amount > 0 else ("NOBODYS", "", 0, -amount, amount)
    paying.book(paying.read(as_csv(row), reference))
    return sums(paying)[-1]


def test_each_sum_says_where_it_came_from_and_all_are_the_account(paying: Paying) -> None:
    order = paying.delivered()
    paying.book(paying.read(as_csv((paying.name(order), "", 950, 89, 861), ("NOBODYS", "", 500, 60, 440))))
    over, not_ours = sums(paying)
    assert (over.name, over.verdict, over.left_poisha) == (paying.name(order), "over", 5_000)
    assert (not_ours.name, not_ours.reference, not_ours.left_poisha) == ("NOBODYS", "SFC-1", 44_000)
    [total] = paying.shop.db.read(clearing.open_by_courier)
    assert (total.courier, total.left, total.sums) == ("rider", -paying.shop.balance(OPEN), 2)


def test_a_sum_is_assigned_to_the_order_that_it_was_for(paying: Paying) -> None:
    """Ledger: ৳811 for a parcel that nobody knew goes onto #1001, whose rider owes ৳900: ৳89 stay."""
    order = paying.delivered()
    one = nobodys(paying, 811)
    done = clear(paying, clearing.assign, one, AssignSum(left_poisha=81_100, parcel=f"#{order.number}"))
    assert (done.amount_poisha, done.number) == (81_100, order.number)
    assert ledger(paying.shop, order, "pay_out") == [f"pay_out: cash:bank 811 ← {RIDER}"]
    assert (paying.shop.balance(RIDER), paying.shop.balance("cash:bank"), paying.open_poisha()) == (8_900, 81_100, 0)
    assert sums(paying) == []


def test_no_more_is_assigned_than_its_courier_owes_for_it(paying: Paying) -> None:
    order = paying.delivered()
    one = nobodys(paying, 1_000)
    clear(paying, clearing.assign, one, AssignSum(left_poisha=100_000, parcel=order.number))
    [rest] = sums(paying)
    assert (rest.id, rest.left_poisha, paying.open_poisha(), paying.shop.balance(RIDER)) == (one.id, 10_000, 10_000, 0)
    with pytest.raises(InvalidInput, match="owes nothing"):
        clear(paying, clearing.assign, rest, AssignSum(left_poisha=10_000, parcel=order.number))


@pytest.mark.parametrize(("amount", "bank"), [(440, 0), (-60, 0)])
def test_what_is_the_couriers_is_given_back(paying: Paying, amount: int, bank: int) -> None:
    one = nobodys(paying, amount)
    assert paying.shop.balance("cash:bank") == amount * 100
    clear(paying, clearing.give_back, one, GiveBackSum(left_poisha=amount * 100, reference="NEFT 7"))
    assert (paying.shop.balance("cash:bank"), paying.open_poisha(), sums(paying)) == (bank, 0, [])


def test_two_sums_that_go_opposite_ways_are_set_off(paying: Paying) -> None:
    """৳440 too much, and ৳60 taken off later: ৳380 stay, the account stands as it did."""
    much = nobodys(paying, 440)
    taken = nobodys(paying, -60, "SFC-2")
    clear(paying, clearing.set_off, much, SetOffSum(left_poisha=44_000, against=taken.id))
    [rest] = sums(paying)
    assert (rest.id, rest.left_poisha, paying.open_poisha()) == (much.id, 38_000, 38_000)


ACTS = {
    "assign": lambda one, order: (clearing.assign, AssignSum(left_poisha=one.left_poisha, parcel=order)),
    "give back": lambda one, order: (clearing.give_back, GiveBackSum(left_poisha=one.left_poisha)),
}


@pytest.mark.parametrize("name", ACTS)
def test_the_same_act_twice_books_once(paying: Paying, name: str) -> None:
    order = paying.delivered()
    one = nobodys(paying, 440)
    act, form = ACTS[name](one, order.number)
    clear(paying, act, one, form)
    bank, owed = paying.shop.balance("cash:bank"), paying.shop.balance(RIDER)
    with pytest.raises(PreviewOver):
        clear(paying, act, one, form)
    assert (paying.shop.balance("cash:bank"), paying.shop.balance(RIDER)) == (bank, owed)


def test_what_cannot_be_is_refused_with_a_sentence(paying: Paying, packer: Actor) -> None:
    one = nobodys(paying, 440)
    other = paying.shop.bring_to("packed", ("MUG", 1), **COD)
    with pytest.raises(InvalidInput, match="No parcel of yours with Rider"):
        clear(paying, clearing.assign, one, AssignSum(left_poisha=44_000, parcel=other.number))
    with pytest.raises(InvalidInput, match="goes the other way"):
        clear(paying, clearing.set_off, one, SetOffSum(left_poisha=44_000, against=one.id))
    with pytest.raises(NotFound):
        clear(paying, clearing.give_back, one._replace(id=998), GiveBackSum(left_poisha=44_000))
    with pytest.raises(NotAllowed):
        paying.shop.db.write(
            lambda tx: clearing.give_back(
                tx, Context(packer, paying.shop.clock), one.id, GiveBackSum(left_poisha=44_000)
            )
        )
    assert paying.open_poisha() == 44_000
