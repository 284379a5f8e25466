"""The sample shop's catalogue, and what its suppliers brought."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select

from dokango.catalogue.forms import ProductForm, VariantForm
from dokango.catalogue.models import Variant
from dokango.catalogue.products import add
from dokango.db import table_of, typed
from dokango.sample.goods import GIFT_WRAP, GOODS, SampleProduct
from dokango.sample.stage import Stage
from dokango.stock.models import Level
from dokango.stock.receiving import Count, CountedLine, Receipt, ReceivedLine, count, receive

_TAKA = 100
_VARIANT = table_of(Variant)
_LEVEL = table_of(Level)


class _Level(NamedTuple):
    on_hand: int
    reserved: int


_LEVELS = typed(
    _Level,
    select(_LEVEL.c.on_hand, _LEVEL.c.reserved)
    .join(_VARIANT, _VARIANT.c.id == _LEVEL.c.variant_id)
    .where(_VARIANT.c.sku == bindparam("sku")),
)
BROKEN = "CLY-CUP"


def open_catalogue(stage: Stage) -> None:
    """Offer everything."""
    # The storefront shows the newest first: so the saris lead, and the gift wrap stands last.
    for product in (GIFT_WRAP, *reversed(GOODS)):
        _add(stage, product)


def bring(stage: Stage, which: int) -> None:
    """Each variant's receipt number `which`, by category as suppliers deliver."""
    for category in dict.fromkeys(product.category for product in GOODS):
        goods = [product for product in GOODS if product.category == category and product.popular]
        _receive(stage, goods, which, f"{category} supplier", f"challan {which + 1}")


def bring_new_crop(stage: Stage) -> None:
    """What nobody has ordered yet, so that its 50 units at 500 can be followed from the first order on."""
    goods = [product for product in GOODS if not product.popular]
    _receive(stage, goods, 0, "Chalan Beel beekeepers", "new crop")


def count_cups(stage: Stage) -> None:
    """Two sets broke on the shelf."""
    level = stage.tx.only(_LEVELS, sku=BROKEN)
    found = CountedLine(sku=BROKEN, counted=max(level.on_hand - 2, level.reserved))
    count(stage.tx, stage.manager, stage.clock, Count(lines=(found,), reason="Two sets broke"), key="sample-cups")


def _receive(stage: Stage, goods: list[SampleProduct], which: int, supplier: str, reference: str) -> None:
    lines = tuple(
        ReceivedLine(sku=v.sku, quantity=v.bought[which][0], unit_cost_poisha=v.bought[which][1] * _TAKA)
        for product in goods
        for v in product.variants
        if len(v.bought) > which
    )
    if lines:
        receipt = Receipt(lines=lines, supplier=supplier, reference=reference)
        receive(stage.tx, stage.manager, stage.clock, receipt, key=f"sample-{which}-{supplier}")


def _add(stage: Stage, product: SampleProduct) -> None:
    variants = tuple(
        VariantForm(
            sku=variant.sku, title=variant.title, attributes=variant.attributes, price_poisha=variant.price * _TAKA,
            regular_price_poisha=variant.regular * _TAKA or None, weight_g=variant.weight_g,
            low_stock_level=variant.low, tracks_stock=bool(variant.bought),
        )
        for variant in product.variants
    )  # fmt: skip
    form = ProductForm(
        title=product.title, title_bn=product.title_bn, description=product.description, category=product.category,
        images=(f"/pictures/{product.slug}.svg",), variants=variants,
    )  # fmt: skip
    add(stage.tx, stage.manager, stage.clock, form)
