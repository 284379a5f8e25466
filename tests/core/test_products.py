"""The catalogue: slugs, unique SKUs, and changes that leave their trace."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from dokango.audit import Event
from dokango.catalogue import products
from dokango.catalogue.forms import ProductForm, VariantForm
from dokango.catalogue.models import Product, Variant
from dokango.catalogue.slugs import slug_of
from dokango.clock import ManualClock
from dokango.db import Database, table_of
from dokango.errors import AlreadyExists, InvalidInput, NotAllowed, NotFound
from dokango.people.actor import Actor


def sari(*skus: str, **changed: Any) -> ProductForm:
    given: dict[str, Any] = {
        "title": "Cotton sari",
        "variants": tuple(VariantForm(sku=sku, price_poisha=250_000) for sku in skus),
    }
    return ProductForm(**{**given, **changed})


def add(db: Database, actor: Actor, clock: ManualClock, form: ProductForm) -> int:
    return db.write(lambda tx: products.add(tx, actor, clock, form))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Tangail cotton sari", "tangail-cotton-sari"),
        ("শাড়ি (লাল)", "শাড়ি-লাল"),
        ("  --  ", "product"),
        ("Honey — 500 g!", "honey-500-g"),
        ("../../etc", "etc"),
        ("Ünïcode", "ünïcode"),
    ],
)
def test_a_slug_keeps_letters_of_any_alphabet(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_two_products_of_one_title_have_two_addresses(db: Database, manager: Actor, clock: ManualClock) -> None:
    add(db, manager, clock, sari("a"))
    add(db, manager, clock, sari("b"))
    assert db.read(lambda tx: [row.slug for row in tx.rows(select(table_of(Product).c.slug))]) == [
        "cotton-sari",
        "cotton-sari-2",
    ]


def test_a_sku_in_use_is_refused_and_nothing_is_written(db: Database, manager: Actor, clock: ManualClock) -> None:
    add(db, manager, clock, sari("a"))
    with pytest.raises(AlreadyExists):
        add(db, manager, clock, sari("b", "a"))
    assert db.read(lambda tx: len(tx.rows(select(table_of(Variant).c.id)))) == 1


def test_a_sku_that_stands_twice_is_refused_by_field(db: Database, manager: Actor, clock: ManualClock) -> None:
    with pytest.raises(InvalidInput) as refused:
        add(db, manager, clock, sari("a", "a"))
    assert list(refused.value.fields) == ["variants.1.sku"]


def test_a_change_is_kept_with_what_was_and_what_is(db: Database, manager: Actor, clock: ManualClock) -> None:
    product_id = add(db, manager, clock, sari("a"))
    variant_id = db.read(lambda tx: tx.value(select(table_of(Variant).c.id)))
    form = sari(
        title="Tangail sari",
        variants=(
            VariantForm(id=variant_id, sku="a", price_poisha=240_000),
            VariantForm(sku="b", price_poisha=260_000),
        ),
    )
    db.write(lambda tx: products.edit(tx, manager, clock, product_id, form))
    event = table_of(Event)
    row = db.read(lambda tx: tx.one(select(*event.c).where(event.c.action == "product_changed")))
    assert row.actor == manager.name
    assert json.loads(row.data)["changed"] == {
        "title": ["Cotton sari", "Tangail sari"],
        "a price_poisha": [250_000, 240_000],
        "variant b": [None, "added"],
    }


def test_a_variant_of_another_product_cannot_be_changed_through_this_one(
    db: Database, manager: Actor, clock: ManualClock
) -> None:
    add(db, manager, clock, sari("a"))
    other = add(db, manager, clock, sari("b"))
    form = sari(variants=(VariantForm(id=1, sku="a", price_poisha=1),))
    with pytest.raises(InvalidInput):
        db.write(lambda tx: products.edit(tx, manager, clock, other, form))


def test_editing_what_is_not_there_says_so(db: Database, manager: Actor, clock: ManualClock) -> None:
    with pytest.raises(NotFound):
        db.write(lambda tx: products.edit(tx, manager, clock, 99, sari("a")))


def test_a_packer_may_not_change_the_catalogue(db: Database, packer: Actor, clock: ManualClock) -> None:
    with pytest.raises(NotAllowed):
        add(db, packer, clock, sari("a"))


@pytest.mark.parametrize(
    "wrong",
    [{"price_poisha": -1}, {"price_poisha": 1.5}, {"price_poisha": "5"}, {"sku": ""}, {"sku": "a\ue000b"},
     {"image": "javascript:alert(1)"}, {"image": "//evil.example.com/x"}, {"cost": 5}],
)  # fmt: skip
def test_a_variant_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        VariantForm(**{"sku": "a", "price_poisha": 1, **wrong})
