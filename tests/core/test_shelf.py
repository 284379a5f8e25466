"""The shelf as the stock page shows it."""

from __future__ import annotations

import pytest

from dokango.errors import NotFound
from dokango.paging import Page
from dokango.reports.movements import movements
from dokango.stock.shelf import OnShelf, shelf_page, shelf_totals, shelved
from tests.small_shop import Shop, add_product

TAKA = 100


def page(shop: Shop, **asked: object) -> Page[OnShelf]:
    """A page of the shelf."""
    return shop.db.read(lambda tx: shelf_page(tx, **asked))  # type: ignore[arg-type]


def test_virtual_goods_lie_on_no_shelf(shop: Shop) -> None:
    assert [row.sku for row in page(shop).rows] == ["HONEY", "MUG", "SARI"]


def test_a_product_never_received_is_shown_with_nothing_on_hand(shop: Shop) -> None:
    shop.db.write(lambda tx: add_product(tx, "LAMP", "Oil lamp", 100))
    lamp = next(row for row in page(shop).rows if row.sku == "LAMP")
    assert (lamp.on_hand, lamp.value_poisha, lamp.unit_cost_poisha, lamp.level) == (0, 0, 0, "out")
    assert [row.sku for row in page(shop, low_only=True).rows] == ["LAMP"]


def test_available_is_on_hand_less_what_is_promised(shop: Shop) -> None:
    shop.place(("MUG", 2))
    mug = shop.db.read(lambda tx: shelved(tx, "MUG"))
    assert (mug.on_hand, mug.reserved, mug.available, mug.unit_cost_poisha) == (50, 2, 48, 500 * TAKA)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("mug", ["MUG"]),
        ("SUNDARBAN honey", ["HONEY"]),
        ("a", ["HONEY", "MUG", "SARI"]),
        ("%", []),
        ("_", []),
        ("\\", []),
    ],
)
def test_words_are_sought_in_sku_and_title_as_typed(shop: Shop, typed: str, found: list[str]) -> None:
    assert [row.sku for row in page(shop, words=typed).rows] == found


def test_pages_go_forth_and_back_by_sku(shop: Shop) -> None:
    first = page(shop, size=2)
    assert ([row.sku for row in first.rows], first.previous) == (["HONEY", "MUG"], None)
    second = page(shop, size=2, cursor=first.next)
    assert ([row.sku for row in second.rows], second.next) == (["SARI"], None)
    assert page(shop, size=2, cursor=second.previous) == first


def test_movements_tell_who_and_for_which_order_and_sum_to_the_level(shop: Shop) -> None:
    done = shop.bring_to("delivered", ("MUG", 2))
    moved = shop.db.read(lambda tx: movements(tx, "MUG")).rows
    assert [(m.kind, m.order) for m in moved] == [("sold", done.number), ("reserved", done.number), ("received", None)]
    assert sum(m.on_hand_delta for m in moved) == 48
    assert sum(m.value_delta_poisha for m in moved) == 24_000 * TAKA


def test_an_unknown_sku_is_not_found(shop: Shop) -> None:
    for question in (shelved, movements):
        with pytest.raises(NotFound):
            shop.db.read(lambda tx, ask=question: ask(tx, "NOPE"))


def test_the_totals_are_those_of_the_inventory_account(shop: Shop) -> None:
    totals = shop.db.read(shelf_totals)
    assert totals.value_poisha == shop.balance("asset:inventory")
    assert (totals.units, totals.low) == (77, 0)
