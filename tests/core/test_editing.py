"""An order is changed before it is shipped: what moves on the shelf and in the books, and what its customer is told."""

from __future__ import annotations

from typing import Any

import pytest

from dokango.db import table_of
from dokango.errors import DokangoError, InsufficientStock, InvalidInput, NotAllowed, Refused, StaleVersion
from dokango.notify.messages import Letterhead, render
from dokango.notify.models import Message
from dokango.orders import Context, Done
from dokango.orders.book import rows
from dokango.orders.customer.tracking import by_link
from dokango.orders.customer.tracking_text import describe
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.rehearse import rehearse
from dokango.people.actor import Actor
from dokango.people.permissions import Role
from tests.core.couriered import COD
from tests.core.ledgers import ledger, owes
from tests.core.racing import at_once
from tests.small_shop import Shop

CUSTOMERS, DISCOUNTS, REFUNDS = "receivable:customers", "revenue:discounts", "payable:refunds"
SALES, DELIVERY, ROUNDING = "revenue:sales", "revenue:delivery", "expense:rounding"
_M = table_of(Message)


def edit(**changes: Any) -> c.Edit:
    """A change; `lines` are ("MUG", 2) or ("MUG", 2, price in taka)."""
    if "lines" in changes:
        changes["lines"] = [
            {"sku": line[0], "quantity": line[1], **({"unit_price_poisha": line[2] * 100} if len(line) > 2 else {})}
            for line in changes["lines"]
        ]
    return c.Edit.model_validate(changes)


def lines(shop: Shop, order: Done) -> list[tuple[str, int, int, int]]:
    found = shop.db.read(lambda tx: rows.lines_of(tx, order.order_id))
    return [(one.sku, one.quantity, one.unit_price_poisha, one.discount_poisha) for one in found]


def letter(shop: Shop) -> str:
    query = _M.select().where(_M.c.audience == "customer").order_by(_M.c.id.desc()).limit(1)
    row: Any = shop.db.read(lambda tx: tx.rows(query))[0]
    found = render("customer", row.template, row.data, Letterhead("Small shop", "", ""))
    return f"{found.subject}\n{found.body}"


def test_one_more_of_a_paid_order_is_reserved_and_its_price_is_due(shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    shop.settle(order)
    shop.do(order, edit(lines=[("MUG", 2)]))
    assert shop.level("MUG")[1] == 2
    assert ledger(shop, order, "edit") == [f"edit: {CUSTOMERS} 800 ← {SALES}"]
    assert (owes(shop, order), shop.order(order).money) == ({"due": 800.0}, "part_paid")
    assert "MUG" not in letter(shop) and "Clay mug: 2 instead of 1. It comes to ৳1,700 now; ৳800 is due." in letter(
        shop
    )


def test_one_less_of_a_paid_order_is_free_again_and_its_price_is_due_back(shop: Shop) -> None:
    order = shop.place(("MUG", 2))
    shop.settle(order)
    shop.do(order, edit(lines=[("MUG", 1)]))
    assert shop.level("MUG")[1] == 1
    assert ledger(shop, order, "edit") == [f"edit: {SALES} 800 ← {CUSTOMERS}", f"edit: {CUSTOMERS} 800 ← {REFUNDS}"]
    assert owes(shop, order) == {"back": 800.0}
    assert "we give ৳800 back to you" in letter(shop)
    shop.do(order, edit(lines=[("MUG", 2)]))
    assert owes(shop, order) == {}, "what was due back pays for it again"
    assert ledger(shop, order, "edit")[2:] == [f"edit: {CUSTOMERS} 800 ← {SALES}", f"edit: {REFUNDS} 800 ← {CUSTOMERS}"]


def test_an_item_is_exchanged_for_another_with_discount_and_charge_at_once(shop: Shop) -> None:
    """Two mugs, 1,700 with delivery, become a sari and a mug, 10 % off, delivery ৳60: 2,000 − 200 + 60."""
    order = shop.place(("MUG", 2), **COD)
    shop.do(
        order, edit(lines=[("SARI", 1), ("MUG", 1)], discount_percent=10, delivery_poisha=6_000, reason="a regular")
    )
    row = shop.order(order)
    assert (row.subtotal_poisha, row.delivery_poisha, row.discount_poisha, row.total_poisha, row.units) == (
        200_000, 6_000, 20_000, 186_000, 2,
    )  # fmt: skip
    assert (row.discount_reason, row.discount_by, row.money) == ("a regular", "Olin Owner", "cod_due")
    assert sorted(lines(shop, order)) == [("MUG", 1, 80_000, 0), ("SARI", 1, 120_000, 0)]
    assert (shop.level("MUG")[1], shop.level("SARI")[1]) == (1, 1)
    assert ledger(shop, order, "edit") == [
        f"edit: {CUSTOMERS} 400 ← {SALES}",
        f"edit: {DELIVERY} 40 ← {CUSTOMERS}",
        f"edit: {DISCOUNTS} 200 ← {CUSTOMERS}",
    ]  # fmt: skip
    assert "the rider collects ৳1,860" in letter(shop)


def test_a_line_has_a_price_and_a_discount_of_its_own(shop: Shop) -> None:
    order = shop.place(("MUG", 2), ("CARD", 1), **COD)
    wanted = [
        {"sku": "MUG", "quantity": 2, "unit_price_poisha": 75_000, "discount_percent": 10},
        {"sku": "CARD", "quantity": 1, "discount_poisha": 1_000},
    ]
    with pytest.raises(InvalidInput, match="Say why the price is another one"):
        shop.do(order, c.Edit.model_validate({"lines": wanted}))
    shop.do(order, c.Edit.model_validate({"lines": wanted, "reason": "chipped"}))
    assert sorted(lines(shop, order)) == [("CARD", 1, 10_000, 1_000), ("MUG", 2, 75_000, 15_000)]
    assert shop.order(order).total_poisha == 150_000 - 15_000 + 9_000 + 10_000
    shop.do(order, c.Edit.model_validate({"lines": [{"sku": "MUG", "quantity": 1}]}))
    assert (lines(shop, order), shop.order(order).discount_poisha) == ([("MUG", 1, 75_000, 15_000)], 15_000)


def test_what_is_short_is_named_and_nothing_changes(shop: Shop) -> None:
    order = shop.place(("MUG", 1), ("HONEY", 1))
    before = (shop.order(order), shop.books(), shop.level("MUG"), shop.level("HONEY"), shop.level("SARI"))
    with pytest.raises(InsufficientStock) as short:
        shop.do(order, edit(lines=[("MUG", 60), ("HONEY", 9), ("SARI", 1)], delivery_poisha=0))
    assert {(item.sku, item.wanted, item.available) for item in short.value.items} == {("MUG", 59, 49), ("HONEY", 8, 6)}
    assert (shop.order(order), shop.books(), shop.level("MUG"), shop.level("HONEY"), shop.level("SARI")) == before


def test_an_edit_after_packing_is_packed_anew(shop: Shop) -> None:
    order = shop.bring_to("packed", ("MUG", 1), **COD)
    shop.do(order, edit(note="ring twice"))
    assert shop.order(order).packed == 1, "what is in it is the same"
    shop.do(order, edit(lines=[("MUG", 2)]))
    assert shop.order(order).packed == 0
    with pytest.raises(Refused, match="not packed yet"):
        shop.do(order, c.Ship(courier="manual", carrier="Rider"))
    for command in (c.Pack(), c.Ship(courier="manual", carrier="Rider"), c.Deliver()):
        shop.do(order, command)
    assert owes(shop, order) == {"courier": 1_700.0}


def test_who_where_and_how_it_is_paid(shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    shop.do(order, edit(name="Karim", phone="01811000000", line="House 9", area="Banani", payment_method="cod"))
    row = shop.order(order)
    assert (row.name, row.phone, row.address_line, row.area, row.district) == (
        "Karim", "01811000000", "House 9", "Banani", "Dhaka",
    )  # fmt: skip
    assert (row.payment_method, row.money) == ("cod", "cod_due")
    said = letter(shop)
    assert (
        "paid by Cash on delivery instead of bKash; name: Karim; phone: 01811000000; address: House 9, Banani" in said
    )
    assert shop.do(order, c.Confirm()).status == "confirmed"


def test_the_timeline_says_it_in_both_languages(shop: Shop) -> None:
    order = shop.place(("MUG", 2), **COD)
    shop.do(order, edit(lines=[("MUG", 1), ("CARD", 2)], delivery_poisha=5_000))
    tracked = shop.db.read(lambda tx: by_link(tx, shop.order(order).token))
    english, bangla = (describe(tracked, locale).history[0]["what"] for locale in ("en", "bn"))
    assert english == (
        "We changed the order: Clay mug: 1 instead of 2; 2 × Gift card added; delivery ৳50 instead of ৳100"
    )
    assert bangla == "অর্ডার বদলানো হয়েছে: Clay mug: ২টির বদলে ১টি; Gift card ২টি যোগ হয়েছে; ডেলিভারি ৳১০০-এর বদলে ৳৫০"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"lines": [("MUG", 1), ("MUG", 2)]}, "lines.1.sku"),
        ({"lines": [("NOTHERE", 1)]}, "lines.0.sku"),
        ({"discount_poisha": 90_001, "reason": "x"}, "discount_poisha"),
        ({"payment_method": "gold"}, "payment_method"),
        ({"phone": "12"}, "phone"),
        ({"district": "Atlantis"}, "district"),
        ({"discount_poisha": 100}, "reason"),
        ({"lines": [("MUG", 1, 700)]}, "reason"),
    ],
)
def test_what_cannot_be_is_said_under_its_field(shop: Shop, changes: dict[str, Any], field: str) -> None:
    order = shop.place(("MUG", 1))
    with pytest.raises(InvalidInput) as wrong:
        shop.do(order, edit(**changes))
    assert field in wrong.value.fields
    assert shop.order(order).version == 1


@pytest.mark.parametrize("changes", [{}, {"lines": [("MUG", 1)]}, {"name": "Rahima Akter", "delivery_poisha": 10_000}])
def test_what_differs_in_nothing_is_refused(shop: Shop, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="Nothing is different"):
        shop.do(shop.place(("MUG", 1)), edit(**changes))


@pytest.mark.parametrize("status", ["shipped", "delivered", "cancelled", "returned"])
def test_it_is_too_late_once_it_is_shipped(shop: Shop, status: str) -> None:
    with pytest.raises(Refused):
        shop.do(shop.bring_to(status, ("MUG", 1)), edit(lines=[("MUG", 2)]))


def test_who_may_not_edit_changes_nothing(shop: Shop, packer: Actor) -> None:
    customer = Actor(None, "Rahima Akter", Role.CUSTOMER)
    order = shop.place(("MUG", 1))
    with pytest.raises(NotAllowed):
        shop.do(order, edit(lines=[("MUG", 2)]), actor=packer)
    with pytest.raises(Refused):
        shop.do(order, edit(lines=[("MUG", 2)]), actor=customer)


def test_what_was_forgiven_is_the_first_to_go_when_the_price_falls(shop: Shop) -> None:
    order = shop.place(("MUG", 2))
    shop.do(order, c.VerifyPayment(method="bkash", transaction_id="EDIT12345", amount_poisha=169_950, forgive=True))
    shop.do(order, edit(lines=[("MUG", 1)]))
    assert (owes(shop, order), shop.balance(ROUNDING), shop.order(order).forgiven_poisha) == ({"back": 799.5}, 0, 0)


def test_a_cancel_after_edits_gives_back_what_was_paid_to_the_last_poisha(shop: Shop) -> None:
    order = shop.place(("MUG", 2))
    shop.settle(order)
    shop.do(order, edit(lines=[("MUG", 1), ("HONEY", 2)], discount_poisha=3_333, reason="regular"))
    shop.do(order, edit(lines=[("HONEY", 1)], delivery_poisha=0))
    shop.do(order, c.Cancel(reason="changed their mind"))
    assert owes(shop, order) == {"back": 1_700.0}
    assert {shop.balance(account) for account in (SALES, DELIVERY, DISCOUNTS, CUSTOMERS)} == {0}
    assert shop.level("HONEY")[1] == shop.level("MUG")[1] == 0


def test_an_order_that_goes_out_again_can_be_changed_but_keeps_what_was_inspected(shop: Shop) -> None:
    order = shop.bring_to("returned", ("MUG", 2), ("HONEY", 1), **COD)
    shop.do(order, c.SendAgain())
    with pytest.raises(InvalidInput, match="HONEY came back once"):
        shop.do(order, edit(lines=[("MUG", 1)]))
    shop.do(order, edit(lines=[("MUG", 1), ("HONEY", 1)], discount_poisha=5_000, reason="for the wait"))
    for command in (c.Pack(), c.Ship(courier="manual", carrier="Rider"), c.ReceiveReturn(), c.SendAgain()):
        shop.do(order, command)
    assert owes(shop, order) == {"due": 1_300.0}


def test_a_preview_says_what_changes_and_writes_nothing(shop: Shop) -> None:
    order = shop.place(("MUG", 2), **COD)
    before = (shop.order(order), shop.books(), shop.level("MUG"))
    seen = rehearse(shop.db, Context(shop.owner, shop.clock), order.number, edit(lines=[("MUG", 1)]))
    assert [(move.sku, move.kind, move.quantity) for move in seen.moves] == [("MUG", "released", 1)]
    assert (seen.order.total_poisha, seen.note) == (90_000, "Clay mug: 1 instead of 2")
    assert (shop.order(order), shop.books(), shop.level("MUG")) == before


RIVALS: dict[str, tuple[str, c.Command]] = {
    "ship": ("packed", c.Ship(courier="manual", carrier="Rider")),
    "verify": ("pending", c.VerifyPayment(method="bkash", transaction_id="RACE123456", amount_poisha=90_000)),
    "cancel": ("pending", c.Cancel(reason="changed their mind")),
    "edit": ("pending", c.Edit.model_validate({"lines": [{"sku": "MUG", "quantity": 3}]})),
}


@pytest.mark.parametrize("rival", RIVALS)
def test_of_two_who_saw_the_same_order_one_wins_and_the_other_is_told(shop: Shop, rival: str) -> None:
    status, command = RIVALS[rival]
    order = shop.bring_to(status, ("MUG", 1), **COD)
    seen = shop.order(order).version
    outcomes = at_once(
        lambda: shop.do(order, edit(lines=[("MUG", 2)]), version=seen), lambda: shop.do(order, command, version=seen)
    )
    lost = [outcome for outcome in outcomes if isinstance(outcome, DokangoError)]
    assert len(lost) == 1 and isinstance(lost[0], StaleVersion)
    assert lost[0].actor == "Olin Owner" and lost[0].action in ("edit", command.action)
