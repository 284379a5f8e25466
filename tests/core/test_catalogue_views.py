"""The storefront's shelf: what is listed, found, and left."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from dokango.catalogue import storefront
from dokango.catalogue.models import Product
from dokango.clock import ManualClock
from dokango.db import Database, table_of
from dokango.errors import NotFound
from tests.core.shop_to_buy_from import open_shop


@pytest.fixture(autouse=True)
def _shop(db: Database, clock: ManualClock) -> None:
    open_shop(db, clock)


def test_the_shelf_goes_on_page_by_page_without_repeating(db: Database) -> None:
    first = db.read(lambda tx: storefront.shelf(tx, size=2))
    second = db.read(lambda tx: storefront.shelf(tx, size=2, cursor=str(first.next)))
    assert [p.slug for p in first.rows + second.rows] == ["gift-card", "sundarban-honey", "jamdani-sari"]
    assert second.next is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jamdani", ["jamdani-sari"]),
        ("SARI jam", ["jamdani-sari"]),
        ("শাড়ি", ["jamdani-sari"]),
        ("মধু", ["sundarban-honey"]),
        ("honey-5", ["sundarban-honey"]),
        ("100%", []),
        ("_", []),
        ("\x00", ["gift-card", "sundarban-honey", "jamdani-sari"]),
        ("\ud800honey", ["sundarban-honey"]),
        ("sari honey", []),
    ],
)
def test_search_finds_every_word_in_either_language(db: Database, typed: str, found: list[str]) -> None:
    assert [p.slug for p in db.read(lambda tx: storefront.shelf(tx, typed=typed)).rows] == found


def test_a_product_says_what_is_left_of_each_variant(db: Database) -> None:
    sari = db.read(lambda tx: storefront.by_slug(tx, "jamdani-sari"))
    red, blue = sari.variants
    assert (red.available, red.few, red.sold_out) == (50, False, False)
    assert (blue.available, blue.sold_out) == (0, True)
    assert (sari.from_poisha, sari.has_prices, sari.sold_out) == (250_000, True, False)
    honey = db.read(lambda tx: storefront.by_slug(tx, "sundarban-honey")).variants[0]
    assert honey.few
    card = db.read(lambda tx: storefront.by_slug(tx, "gift-card")).variants[0]
    assert card.available is None and not card.sold_out


def test_what_is_taken_off_sale_is_neither_listed_nor_found_by_its_link(db: Database) -> None:
    table = table_of(Product)
    db.write(lambda tx: tx.run(update(table).where(table.c.slug == "gift-card").values(active=0)))
    assert "gift-card" not in [p.slug for p in db.read(storefront.shelf).rows]
    assert db.read(storefront.categories) == [("Food", "Food"), ("Sari", "Sari")]
    with pytest.raises(NotFound):
        db.read(lambda tx: storefront.by_slug(tx, "gift-card"))
