"""Adding and changing what is sold: checked, written with its audit event, and announced."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from dokango import audit, topics
from dokango.catalogue.finding import words_of_product, words_of_variant
from dokango.catalogue.forms import ProductForm, VariantForm
from dokango.catalogue.models import Product, Variant
from dokango.catalogue.slugs import slugs
from dokango.clock import Clock
from dokango.db import Statement, Tx, Upsert, table_of, typed
from dokango.errors import AlreadyExists, InvalidInput, NotFound
from dokango.people.actor import Actor
from dokango.people.permissions import Permission

_P, _V, _E = table_of(Product), table_of(Variant), table_of(audit.Event)
_PRODUCT_FIELDS = (
    "title", "title_bn", "description", "description_bn", "category", "category_bn", "words", "images", "active",
)  # fmt: skip
_VARIANT_FIELDS = (
    "sku", "title", "title_bn", "attributes", "words", "price_poisha", "regular_price_poisha", "image", "weight_g",
    "low_stock_level", "tracks_stock", "active",
)  # fmt: skip


# No id comes back when the slug or the SKU is taken, by somebody at the same moment too.
_ADD_PRODUCT = Upsert(_P, ["slug", "source_ref", "created_at", *_PRODUCT_FIELDS], unique=["slug"], returning="id")
_ADD_VARIANT = Upsert(_V, ["product_id", "position", *_VARIANT_FIELDS], unique=["sku"], returning="id")
_SET_PRODUCT = Statement(
    update(_P).where(_P.c.id == bindparam("which")).values({name: bindparam(f"new_{name}") for name in _PRODUCT_FIELDS})
)
_SET_VARIANT = Statement(
    update(_V).where(_V.c.id == bindparam("which")).values({name: bindparam(f"new_{name}") for name in _VARIANT_FIELDS})
)


class _Kept(NamedTuple):
    id: int
    slug: str
    title: str
    title_bn: str
    description: str
    category: str
    category_bn: str
    description_bn: str
    images: str
    active: int
    words: str
    source_ref: str | None
    created_at: int


_PRODUCT = typed(_Kept, select(*_P.c).where(_P.c.id == bindparam("id")).with_for_update())
_BY_SOURCE = Statement(select(_P.c.id).where(_P.c.source_ref == bindparam("ref")))


class _KeptVariant(NamedTuple):
    id: int
    product_id: int
    sku: str
    title: str
    title_bn: str
    attributes: str
    price_poisha: int
    regular_price_poisha: int | None
    words: str
    image: str
    weight_g: int
    low_stock_level: int
    tracks_stock: int
    active: int
    position: int


_VARIANTS = typed(
    _KeptVariant, select(*_V.c).where(_V.c.product_id == bindparam("product")).order_by(_V.c.position, _V.c.id)
)


class _Data(NamedTuple):
    data: str


_ADDED = typed(_Data, select(_E.c.data).where(_E.c.key == bindparam("key")))


class _Named(NamedTuple):
    id: int
    product_id: int


_BY_SKU = typed(_Named, select(_V.c.id, _V.c.product_id).where(_V.c.sku == bindparam("sku")))


def add(tx: Tx, actor: Actor, clock: Clock, new: ProductForm, *, source_ref: str | None = None, key: str = "") -> int:
    """Offer a new product; its id. `source_ref` names it where it was imported from, `key` the wish (`added_by`).

    Raises NotAllowed, InvalidInput, and AlreadyExists for a SKU in use.
    """
    actor.require(Permission.EDIT_PRODUCTS)
    _refuse_repeated(new.variants)
    now_us = clock.now_us()
    product_id = _add_product(tx, new, source_ref, now_us)
    for position, variant in enumerate(new.variants):
        _add_variant(tx, product_id, position, variant)
    skus = ", ".join(variant.sku for variant in new.variants)
    _note(tx, actor, "product_added", product_id, now_us, f"{new.title}: {skus}", {"product": product_id}, key)
    return product_id


def added_by(tx: Tx, key: str) -> int | None:
    """The id of the product that was added under `key`, or None."""
    found = tx.one(_ADDED, key=f"product_added/{key}")
    return None if found is None else int(json.loads(found.data)["product"])


def edit(tx: Tx, actor: Actor, clock: Clock, product_id: int, form: ProductForm) -> dict[str, list[object]]:
    """Make the product what `form` says; variants that it does not name stay as they are. What changed, old and new.

    Raises NotAllowed, NotFound, InvalidInput, and AlreadyExists for a SKU in use.
    """
    actor.require(Permission.EDIT_PRODUCTS)
    _refuse_repeated(form.variants)
    before = tx.one(_PRODUCT, id=product_id)
    if before is None:
        raise NotFound("product", product_id)
    columns = _product_columns(form)
    changed = _changed(before, columns)
    tx.run(_SET_PRODUCT, which=product_id, **{f"new_{name}": value for name, value in columns.items()})
    changed |= _edit_variants(tx, product_id, form.variants)
    if changed:
        words = ", ".join(name.replace("_", " ") for name in changed)
        _note(tx, actor, "product_changed", product_id, clock.now_us(), f"{form.title}: {words}",
              {"product": product_id, "changed": changed})  # fmt: skip
    return changed


def add_variants(tx: Tx, actor: Actor, clock: Clock, product_id: int, variants: Sequence[VariantForm]) -> None:
    """Add variants to a product that is here already. Raises NotAllowed, AlreadyExists, InvalidInput."""
    actor.require(Permission.EDIT_PRODUCTS)
    _refuse_repeated(variants)
    taken = len(tx.rows(_VARIANTS, product=product_id))
    for position, variant in enumerate(variants, start=taken):
        _add_variant(tx, product_id, position, variant)
    skus = ", ".join(variant.sku for variant in variants)
    _note(tx, actor, "product_changed", product_id, clock.now_us(), f"added {skus}", {"product": product_id})


def by_source(tx: Tx, ref: str) -> int | None:
    """The id of the product that was imported as `ref`, or None."""
    found: int | None = tx.value(_BY_SOURCE, ref=ref)
    return found


def of_sku(tx: Tx, sku: str) -> int | None:
    """The id of the product that has a variant with this SKU, or None."""
    found = tx.one(_BY_SKU, sku=sku)
    return None if found is None else int(found.product_id)


def sku_in_use(tx: Tx, sku: str) -> bool:
    """Whether a variant, sold or not, has this SKU."""
    return tx.one(_BY_SKU, sku=sku) is not None


def _add_product(tx: Tx, new: ProductForm, source_ref: str | None, now_us: int) -> int:
    columns = _product_columns(new)
    for slug in slugs(new.title):
        added = tx.value(_ADD_PRODUCT, slug=slug, source_ref=source_ref, created_at=now_us, **columns)
        if added is not None:
            return int(added)
    raise AlreadyExists("product called", new.title)


def _edit_variants(tx: Tx, product_id: int, variants: Sequence[VariantForm]) -> dict[str, list[object]]:
    present = {row.id: row for row in tx.rows(_VARIANTS, product=product_id)}
    changed: dict[str, list[object]] = {}
    added = 0
    for place, variant in enumerate(variants):
        if variant.id is None:
            _add_variant(tx, product_id, len(present) + added, variant)
            added += 1
            changed[f"variant {variant.sku}"] = [None, "added"]
            continue
        before = present.get(variant.id)
        if before is None:
            raise InvalidInput(
                {f"variants.{place}.id": "This variant belongs to another product. Load the page again."}
            )
        changed |= _edit_variant(tx, before, variant)
    return changed


def _edit_variant(tx: Tx, before: _KeptVariant, variant: VariantForm) -> dict[str, list[object]]:
    columns = _variant_columns(variant)
    if variant.image is None:
        columns["image"] = before.image
    changed = {f"{before.sku} {name}": values for name, values in _changed(before, columns).items()}
    if changed:
        if variant.sku != before.sku and sku_in_use(tx, variant.sku):
            raise AlreadyExists("product with the SKU", variant.sku)
        tx.run(_SET_VARIANT, which=before.id, **{f"new_{name}": value for name, value in columns.items()})
    return changed


def _changed(before: _Kept | _KeptVariant, columns: dict[str, object]) -> dict[str, list[object]]:
    """What people changed, old and new: the words that follow from it are not told again."""
    return {
        name: [getattr(before, name), value]
        for name, value in columns.items()
        if name != "words" and getattr(before, name) != value
    }


def _add_variant(tx: Tx, product_id: int, position: int, variant: VariantForm) -> None:
    columns = _variant_columns(variant)
    if tx.value(_ADD_VARIANT, product_id=product_id, position=position, **columns) is None:
        raise AlreadyExists("product with the SKU", variant.sku)


def _refuse_repeated(variants: Sequence[VariantForm]) -> None:
    seen: set[str] = set()
    for place, variant in enumerate(variants):
        if variant.sku in seen:
            raise InvalidInput(
                {f"variants.{place}.sku": f"The SKU {variant.sku} stands twice. Each variant has its own."}
            )
        seen.add(variant.sku)


def _product_columns(form: ProductForm) -> dict[str, object]:
    return {
        "title": form.title, "title_bn": form.title_bn, "description": form.description, "category": form.category,
        "description_bn": form.description_bn, "category_bn": form.category_bn,
        "words": words_of_product(form.title, form.title_bn, form.category, form.category_bn),
        "images": json.dumps(form.images, ensure_ascii=False), "active": int(form.active),
    }  # fmt: skip


def _variant_columns(form: VariantForm) -> dict[str, object]:
    title = form.title or " · ".join(form.attributes.values())
    return {
        "sku": form.sku, "title": title, "title_bn": form.title_bn,
        "words": words_of_variant(form.sku, title, form.attributes, form.title_bn),
        "attributes": json.dumps(form.attributes, ensure_ascii=False), "price_poisha": form.price_poisha,
        "regular_price_poisha": form.regular_price_poisha, "image": form.image or "", "weight_g": form.weight_g,
        "low_stock_level": form.low_stock_level, "tracks_stock": int(form.tracks_stock), "active": int(form.active),
    }  # fmt: skip


def _note(
    tx: Tx, actor: Actor, action: str, product_id: int, now_us: int, words: str, data: dict[str, object], key: str = ""
) -> None:
    named = f"{action}/{key}" if key else f"{action}:{product_id}:{now_us}"
    audit.record(
        tx, key=named, action=action, actor=actor.name, actor_kind=actor.kind,
        now_us=now_us, note=words, data=data,
    )  # fmt: skip
    tx.changed(topics.CATALOGUE, topics.STOCK)
