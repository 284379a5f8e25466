"""Customers by phone: their record follows their orders, and what the desk writes down of them stays."""

from __future__ import annotations

import pytest

from dokango.customers import acts, lists
from dokango.customers.acts import By
from dokango.customers.glance import glance_of
from dokango.customers.rows import CustomerRow
from dokango.errors import InvalidInput, NotAllowed, NotFound, Refused
from dokango.orders.lifecycle import commands as c
from dokango.orders.one_customer import OtherNumber, merge, separate
from dokango.orders.placing.limit_text import limit_words
from dokango.orders.placing.limits import NotTakenHere
from dokango.orders.reading.of_customer import customer_page
from dokango.orders.reading.review import review
from dokango.orders.recount import different, set_right
from dokango.people.actor import Actor
from state.customers.text import glance_in_words
from tests.core.nobodys_money import came, keep
from tests.core.test_plans import plan
from tests.small_shop import PROFILE, Shop

RAHIMA, KARIM = "01711000000", "01811000000"


def person(name: str, phone: str) -> dict[str, str]:
    return {"name": name, "phone": phone}


def record(shop: Shop, phone: str = RAHIMA) -> CustomerRow:
    return shop.db.read(lambda tx: customer_page(tx, shop.owner, phone)).customer


def found(shop: Shop, words: str = "", narrowed: str = "") -> list[str]:
    return [row.name or row.phone for row in shop.db.read(lambda tx: lists.page(tx, words, narrowed)).rows]


def by(shop: Shop) -> By:
    return By(shop.owner, shop.clock)


def block(shop: Shop, phone: str, reason: str = "never at home") -> None:
    shop.db.write(lambda tx: acts.block(tx, by(shop), phone, acts.Block(reason=reason)))


def label(shop: Shop, phone: str, *labels: str) -> None:
    shop.db.write(lambda tx: acts.set_labels(tx, by(shop), phone, acts.SetLabels(labels=labels)))


@pytest.mark.parametrize(
    ("status", "figures"),
    [
        ("pending", {"open_orders": 1, "ordered_poisha": 170_000, "due_poisha": 170_000}),
        ("shipped", {"open_orders": 1, "ordered_poisha": 170_000, "paid_poisha": 170_000}),
        ("delivered", {"delivered": 1, "ordered_poisha": 170_000, "paid_poisha": 170_000}),
        ("returned", {"undelivered": 1, "paid_poisha": 170_000, "refund_due_poisha": 170_000}),
        ("cancelled", {"cancelled": 1}),
    ],
)
def test_an_order_is_of_its_customers_record_what_it_has_come_to(
    shop: Shop, status: str, figures: dict[str, int]
) -> None:
    shop.bring_to(status, ("MUG", 2))
    row = record(shop)._asdict()
    counted = ("open_orders", "delivered", "undelivered", "returned", "cancelled")
    amounts = ("ordered_poisha", "paid_poisha", "refunded_poisha", "due_poisha", "refund_due_poisha", "credit_poisha")
    assert {name: row[name] for name in (*counted, *amounts) if row[name]} == figures
    assert row["orders"] == 1


def test_what_came_back_after_delivery_is_told_from_what_never_arrived(shop: Shop) -> None:
    shop.do(shop.bring_to("delivered", ("MUG", 2)), c.ReceiveReturn(restock=True))
    shop.bring_to("returned", ("MUG", 1))
    shop.bring_to("delivered", ("MUG", 1))
    row = record(shop)
    assert (row.returned, row.undelivered, row.delivered, row.back_per_cent) == (1, 1, 1, 67)


def test_an_order_that_gets_another_number_is_another_customers(shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    shop.do(order, c.Edit(phone=KARIM, reason="typed wrong"))
    assert (record(shop).orders, record(shop, KARIM).orders) == (0, 1)
    shop.do(order, c.Cancel(reason="changed their mind"))
    assert (record(shop).cancelled, record(shop, KARIM).cancelled) == (0, 1)


def test_credit_of_somebody_who_never_ordered_is_on_their_page(shop: Shop) -> None:
    keep(shop, came(shop, 500))
    assert (record(shop).credit_poisha, found(shop, narrowed="credit")) == (50_000, [RAHIMA])
    shop.do(shop.bring_to("returned", ("MUG", 1)), c.KeepAsCredit())
    assert (record(shop).credit_poisha, found(shop, narrowed="credit")) == (140_000, ["Rahima Akter"])
    shop.do(shop.place(("CARD", 1)), c.PayWithCredit())
    assert record(shop).credit_poisha == 120_000


def test_a_record_that_was_damaged_is_found_and_set_right(shop: Shop) -> None:
    shop.bring_to("delivered", ("MUG", 1))
    shop.place(("MUG", 1), customer=person("Karim Uddin", KARIM))
    right = record(shop)

    def damage_and_mend(tx: object) -> None:
        tx.script("UPDATE customer SET orders = 7, due_poisha = 3, last_at = 1")  # type: ignore[attr-defined]
        assert [one.phone for one in different(tx)] == [RAHIMA, KARIM]  # type: ignore[arg-type]
        assert [one.orders for one in set_right(tx, right.last_at)] == [-6, -6]  # type: ignore[arg-type]

    shop.db.write(damage_and_mend)
    assert record(shop) == right


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("rahima", ["Rahima Akter"]),
        ("AKT rah", ["Rahima Akter"]),
        ("01811", ["Karim Uddin"]),
        ("+880 1811-000000", ["Karim Uddin"]),
        ("১৮১১", []),
        ("wholesale", ["Karim Uddin"]),
        ("রহি", ["রহিম উদ্দিন"]),
        ("nobody", []),
        ("", ["রহিম উদ্দিন", "Karim Uddin", "Rahima Akter"]),
    ],
)
def test_customers_are_found_by_number_name_and_label(shop: Shop, words: str, names: list[str]) -> None:
    shop.place(("MUG", 1))
    for name, phone in (("Karim Uddin", KARIM), ("রহিম উদ্দিন", "01911000000")):
        shop.clock.advance(60)
        shop.place(("MUG", 1), customer=person(name, phone))
    label(shop, KARIM, "Wholesale", "Eid 2026")
    assert found(shop, words) == names


def test_a_label_that_is_taken_off_finds_nobody_and_a_name_still_does(shop: Shop) -> None:
    shop.place(("MUG", 1))
    label(shop, RAHIMA, "akter family", "press")
    assert found(shop, "press") == ["Rahima Akter"]
    label(shop, RAHIMA)
    assert (found(shop, "press"), found(shop, "akter")) == ([], ["Rahima Akter"])


def test_a_list_is_narrowed_to_whom_it_is_about(shop: Shop) -> None:
    def ordered(phone: str, status: str, times: int = 1) -> None:
        for _ in range(times):
            shop.bring_to(status, ("MUG", 1), customer=person(phone, phone))

    ordered("01711000001", "returned", 2)
    ordered("01711000002", "returned", 1)
    ordered("01711000003", "delivered")
    ordered("01711000004", "pending")
    block(shop, "01711000003")
    assert found(shop, narrowed="blocked") == ["01711000003"]
    assert sorted(found(shop, narrowed="owed")) == ["01711000001", "01711000002"]
    assert found(shop, narrowed="owing") == ["01711000004"]
    assert found(shop, narrowed="returns") == ["01711000001"]
    assert found(shop, "01711", "blocked") == ["01711000003"]


def test_notes_and_blocks_say_who_wrote_them_and_when(shop: Shop) -> None:
    shop.place(("MUG", 1))
    shop.db.write(lambda tx: acts.write_note(tx, by(shop), "+8801711000000", acts.WriteNote(words="rings twice")))
    block(shop, RAHIMA)
    with pytest.raises(Refused, match="blocked already, by Olin Owner"):
        block(shop, RAHIMA)
    shop.db.write(lambda tx: acts.unblock(tx, by(shop), RAHIMA, acts.Unblock()))
    page = shop.db.read(lambda tx: customer_page(tx, shop.owner, RAHIMA))
    assert [(note.kind, note.words, note.by) for note in page.notes.rows] == [
        ("unblock", "", "Olin Owner"),
        ("block", "never at home", "Olin Owner"),
        ("note", "rings twice", "Olin Owner"),
    ]
    assert page.customer.blocked_at is None


def test_who_may_look_may_not_write_and_a_number_that_is_none_is_said(shop: Shop, viewer: Actor) -> None:
    assert shop.db.read(lambda tx: customer_page(tx, viewer, RAHIMA)).customer.orders == 0
    for attempt in (
        lambda tx: acts.write_note(tx, By(viewer, shop.clock), RAHIMA, acts.WriteNote(words="x")),
        lambda tx: acts.set_labels(tx, By(viewer, shop.clock), RAHIMA, acts.SetLabels(labels=("x",))),
        lambda tx: acts.block(tx, By(viewer, shop.clock), RAHIMA, acts.Block(reason="x")),
    ):
        with pytest.raises(NotAllowed):
            shop.db.write(attempt)
    with pytest.raises(NotFound, match="no customer 1234"):
        record(shop, "1234")
    with pytest.raises(InvalidInput, match="not a mobile number"):
        block(shop, "1234")


def test_pages_of_customers_and_of_their_orders_miss_nobody(shop: Shop) -> None:
    for i in range(5):
        shop.place(("CARD", 1), customer=person(f"Buyer {i}", f"0171100000{i}"))
        shop.place(("CARD", 1), customer=person(f"Buyer {i}", "01911000000"))

    def walk(page: object) -> list[str]:
        seen: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            at = shop.db.read(lambda tx, cursor=cursor: page(tx, cursor))  # type: ignore[operator,misc]
            seen += [getattr(row, "number", row.phone) for row in at.rows]
            cursor = at.next
        return seen

    phones = walk(lambda tx, at: lists.page(tx, "buyer", "", at, 2))
    assert sorted(phones) == [f"0171100000{i}" for i in range(5)] + ["01911000000"]
    numbers = walk(lambda tx, at: customer_page(tx, shop.owner, "01911000000", at, 2).orders)
    assert numbers == sorted(numbers, reverse=True) and len(numbers) == 5


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("words", "narrowed"), [("", ""), ("", "blocked"), ("", "returns"), ("akter", ""), ("017", "")]
)
def test_no_list_of_customers_reads_all_of_them(shop: Shop, words: str, narrowed: str) -> None:
    class Watching:
        asked: tuple[object, dict[str, object]]

        def rows(self, statement: object, **values: object) -> list[object]:
            self.asked = (statement, values)
            return []

    watching = Watching()
    lists.page(watching, words, narrowed)  # type: ignore[arg-type]
    steps = shop.db.read(lambda tx: plan(tx, *watching.asked))
    index = f"customer_{narrowed or 'last'}"
    wanted = "SEARCH customer USING INTEGER PRIMARY KEY" if words else f"SCAN customer USING INDEX {index}"
    assert wanted in steps, steps


def verdict(shop: Shop, number: str) -> tuple[str, str]:
    found = shop.db.read(lambda tx: review(tx, shop.owner, shop.clock, number))
    return next((one.level, one.words) for one in found.verdicts if one.check == "Blocked")


def test_an_order_of_a_blocked_buyer_is_taken_and_red(shop: Shop, buyer: Actor) -> None:
    before = shop.place(("MUG", 1), actor=buyer)
    assert verdict(shop, before.number)[0] == "good"
    block(shop, RAHIMA)
    after = shop.place(("MUG", 1), actor=buyer)
    assert verdict(shop, after.number) == (
        "bad",
        "Olin Owner blocked this buyer: never at home (They are not told.)",
    )


def test_an_owner_may_take_no_order_of_a_blocked_buyer_and_they_are_not_told_why(shop: Shop, buyer: Actor) -> None:
    shop.set_profile(blocked_orders="refuse")
    shop.place(("MUG", 1), actor=buyer)
    block(shop, RAHIMA)
    with pytest.raises(NotTakenHere) as refused:
        shop.place(("MUG", 1), actor=buyer)
    for locale in ("en", "bn"):
        said = limit_words(refused.value, PROFILE, {}, locale)
        assert "01700-000000" in said and not {"block", "never at home"} & set(said.casefold().split())
    assert shop.place(("MUG", 1)).status == "pending"  # staff enter it


def test_a_glance_says_record_credit_block_labels_and_the_last_note(shop: Shop) -> None:
    assert glance_in_words(shop.db.read(lambda tx: glance_of(tx, RAHIMA))) == []
    shop.do(shop.bring_to("returned", ("MUG", 1)), c.KeepAsCredit())
    shop.bring_to("delivered", ("MUG", 1))
    block(shop, RAHIMA)
    label(shop, RAHIMA, "press")
    for words in ("rings twice", "ask for Rahim"):
        shop.db.write(lambda tx, words=words: acts.write_note(tx, by(shop), RAHIMA, acts.WriteNote(words=words)))
    lines = glance_in_words(shop.db.read(lambda tx: glance_of(tx, RAHIMA)))
    assert [(line["level"], line["words"]) for line in lines] == [
        ("bad", "Blocked by Olin Owner: never at home"),
        ("warn", "2 orders: 1 delivered, 1 came back (50 %)."),
        ("info", "Credit: ৳900, to pay an order with."),
        ("info", "Labels: press."),
        ("info", "Note of Olin Owner: ask for Rahim"),
    ]


def joined(shop: Shop, phone: str, other: str) -> CustomerRow:
    return shop.db.write(lambda tx: merge(tx, by(shop), phone, OtherNumber(other=other)))


def test_two_numbers_of_one_person_are_one_customer_until_they_are_separated(shop: Shop) -> None:
    mine = shop.bring_to("delivered", ("MUG", 1))
    other = shop.place(("MUG", 1), customer=person("Rahima (work)", KARIM))
    label(shop, KARIM, "press")
    shop.db.write(lambda tx: acts.write_note(tx, by(shop), KARIM, acts.WriteNote(words="rings twice")))
    block(shop, KARIM)
    apart = record(shop, KARIM), record(shop)
    joined(shop, RAHIMA, "+880 1811-000000")
    page = shop.db.read(lambda tx: customer_page(tx, shop.owner, KARIM))
    assert (page.customer.phone, page.phones, page.customer.orders) == (RAHIMA, (RAHIMA, KARIM), 2)
    assert [order.number for order in page.orders.rows] == [other.number, mine.number]
    assert "rings twice" in [note.words for note in page.notes.rows] and page.customer.blocked_at is not None
    assert found(shop) == found(shop, "work") == found(shop, "01811") == ["Rahima Akter"]
    shop.do(other, c.Cancel(reason="changed their mind"))
    assert (record(shop).cancelled, shop.order(other).phone) == (1, KARIM)
    with pytest.raises(Refused, match="this customer's already"):
        joined(shop, RAHIMA, KARIM)
    with pytest.raises(Refused, match="has other numbers of its own"):
        joined(shop, "01911000000", RAHIMA)
    shop.db.write(lambda tx: separate(tx, by(shop), RAHIMA, OtherNumber(other=KARIM)))
    assert record(shop, KARIM) == apart[0]._replace(open_orders=0, cancelled=1, due_poisha=0, ordered_poisha=0)
    assert record(shop)[4:18] == apart[1][4:18]
    with pytest.raises(Refused, match="not merged into this customer"):
        shop.db.write(lambda tx: separate(tx, by(shop), RAHIMA, OtherNumber(other=KARIM)))


def test_who_may_not_merge_is_refused(shop: Shop, packer: Actor) -> None:
    with pytest.raises(NotAllowed):
        shop.db.write(lambda tx: merge(tx, By(packer, shop.clock), RAHIMA, OtherNumber(other=KARIM)))
