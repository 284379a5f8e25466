"""Placing the sample shop's orders: who buys, what, and how they pay."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from dokango.catalogue.models import Variant
from dokango.db import Statement, table_of
from dokango.orders import Context, place
from dokango.orders.placing.request import Address, Buyer, PaymentChoice, PlaceOrder, WantedLine
from dokango.people.actor import customer
from dokango.sample.buyers import BUYERS, NOTES, SampleBuyer
from dokango.sample.goods import GIFT_WRAP, GOODS
from dokango.sample.stage import SampleOrder, Stage
from dokango.sample.stories import Story
from dokango.stock.levels import available

_V = table_of(Variant)
_ID = Statement(select(_V.c.id).where(_V.c.sku == bindparam("sku")))
_FAVOURED = 6  # the first buyers come back more often
_CHEAP = 100_000  # poisha; of such things people take two or three


def order(stage: Stage, story: Story) -> SampleOrder:
    """Place one order that can lead the life of `story`."""
    rng = stage.rng
    buyer = rng.choice(BUYERS[:_FAVOURED] if rng.random() < 0.2 else BUYERS)
    method = rng.choice(story.methods)
    channel = rng.choices(("storefront", "phone", "whatsapp"), (8, 1, 1))[0]
    wanted = PlaceOrder(
        customer=Buyer(name=buyer.name, phone=buyer.phone, email=buyer.email),
        address=_address(stage, buyer, story),
        lines=_basket(stage, story),
        payment=PaymentChoice(method=method),
        note=rng.choice(NOTES) if rng.random() < 0.18 else None,
    )
    by = customer(buyer.name) if channel == "storefront" else stage.manager
    context = Context(by, stage.clock)
    done = place(stage.tx, context, wanted, channel=channel, locale="bn" if buyer.bangla else "en")
    return SampleOrder(done.number, buyer, method, story.courier)


def _address(stage: Stage, buyer: SampleBuyer, story: Story) -> Address:
    vague = story.name == "held for its address"
    line = "near the big mosque" if vague else buyer.line
    return Address(line=line, area=buyer.area, city=buyer.city, district=buyer.district)


def _basket(stage: Stage, story: Story) -> tuple[WantedLine, ...]:
    """One to three things that are on the shelf, the popular ones more often."""
    rng = stage.rng
    kinds = rng.choices((1, 2, 3), (5, 3, 1))[0]
    lines: dict[str, WantedLine] = {}
    while len(lines) < kinds:
        variant = rng.choice(rng.choices(GOODS, [product.popular for product in GOODS])[0].variants)
        most = 3 if variant.price * 100 < _CHEAP else 1
        quantity = max(rng.randint(1, most), story.min_units)
        if variant.sku not in lines and available(stage.tx, stage.tx.value(_ID, sku=variant.sku)) >= quantity:
            lines[variant.sku] = WantedLine(sku=variant.sku, quantity=quantity)
    if rng.random() < 0.08:
        wrap = GIFT_WRAP.variants[0]
        lines[wrap.sku] = WantedLine(sku=wrap.sku, quantity=1)
    return tuple(lines.values())
