"""Placing the sample shop's orders: who buys, what, and how they pay."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select, text

from dokango.catalogue.models import Variant
from dokango.db import Statement, table_of
from dokango.orders import Context, place
from dokango.orders.book.queues import UNCONFIRMED_WEB
from dokango.orders.book.rows import ORDER
from dokango.orders.placing.request import Address, Buyer, PaymentChoice, PlaceOrder, WantedLine
from dokango.people.actor import customer
from dokango.people.phones import normalise_phone
from dokango.sample.buyers import BUYERS, NOTES, SampleBuyer
from dokango.sample.goods import GIFT_WRAP, GOODS
from dokango.sample.stage import SampleOrder, Stage
from dokango.sample.stories import Story
from dokango.shop.profile import load_profile
from dokango.stock.levels import available

_V = table_of(Variant)
_ID = Statement(select(_V.c.id).where(_V.c.sku == bindparam("sku")))
_WAITING = Statement(
    select(func.count()).select_from(ORDER).where(text(UNCONFIRMED_WEB), ORDER.c.phone == bindparam("phone"))
)
_FAVOURED = 6  # the first buyers come back more often
_CHEAP = 100_000  # poisha; of such things people take two or three


def order(stage: Stage, story: Story) -> SampleOrder:
    """Place one order that can lead the life of `story`."""
    rng = stage.rng
    buyer = rng.choice(BUYERS[:_FAVOURED] if rng.random() < 0.2 else BUYERS)
    method = rng.choice(story.methods)
    channel = rng.choices(("storefront", "phone", "whatsapp"), (8, 1, 1))[0]
    if channel == "storefront" and _has_all_places(stage, buyer):
        channel = "phone"  # as the storefront tells them to
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


def _has_all_places(stage: Stage, buyer: SampleBuyer) -> bool:
    """Whether as many of the buyer's orders wait unconfirmed as the storefront lets wait."""
    most = load_profile(stage.tx).web_open_by_phone
    return 0 < most <= int(stage.tx.value(_WAITING, phone=normalise_phone(buyer.phone)))


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
