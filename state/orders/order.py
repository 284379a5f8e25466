"""The order that is open in a tab of a browser: on its own page, or in the list's drawer."""

from __future__ import annotations

from typing import Any

import reflex as rx

from dokango import topics
from dokango.couriers.kind import CourierKind
from dokango.customers.glance import Glance, glance_of
from dokango.db import Tx
from dokango.errors import NotFound
from dokango.orders.book.rows import OrderRow
from dokango.orders.cases.losses import last_carried
from dokango.orders.claims.lists import of_number as claims_of
from dokango.orders.lifecycle.table import BEFORE_SHIPPING
from dokango.orders.parcels.beforehand import beforehand
from dokango.orders.parcels.cancelling import cancelling_of
from dokango.orders.parcels.choosing import Chooser, Ready
from dokango.orders.parcels.drift import differences
from dokango.orders.reading.review import review
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango.process import clock
from dokango.settings import settings
from dokango.shop.profile import load_profile
from state.claims.text import claimable_from, row_of
from state.customers.text import glance_in_words
from state.kit import live
from state.kit.session import allow, current_actor
from state.kit.work import now_us
from state.orders import money_text, text
from state.shipping.beforehand import have_asked, kinds_asked
from state.shipping.beforehand_text import buyers_in_words, places_in_words
from state.shipping.couriers import ready_for_rule, sent_to
from state.shipping.drift_text import drift_in_words

# prices now, what the shop asks for, what couriers answer, and what is known of buyers
_SHOWN_BESIDE = (topics.CATALOGUE, topics.SETTINGS, topics.COURIERS_KNOW, topics.CUSTOMERS)


class OrderState(rx.State):
    """Everything of one order, in words. Other states (its steps, the verify dialog) name it by number and version."""

    order: dict[str, str] = {}
    version: int = 0
    lines: list[dict[str, str]] = []
    money: list[dict[str, str]] = []
    parcel: dict[str, str] = {}
    claims: list[dict[str, str]] = []  # on its couriers
    claimable_from: str = ""  # who had its last parcel, while nothing of it is claimed
    drift: list[dict[str, str]] = []  # what its courier was told otherwise
    places: list[dict[str, str]] = []  # whether couriers serve where it goes
    by_rule: str = ""  # whom the owner's rule gives it to, and why
    buyers: list[dict[str, str]] = []  # their records of who ordered
    verdicts: list[dict[str, str]] = []
    ticked: list[str] = []  # of the packer's checklist, on the bench
    events: list[dict[str, str]] = []
    history: list[dict[str, str]] = []
    record: str = ""
    glance: list[dict[str, str]] = []  # what is known of the buyer
    first: dict[str, str] = {}
    outlined: list[dict[str, str]] = []
    menu: list[dict[str, str]] = []
    cancels: str = ""  # how its parcel's booking can be cancelled
    missing: str = ""
    loading: bool = True
    _number: str = ""

    @rx.event
    @allow(Permission.VIEW_ORDERS)
    async def load(self) -> None:
        """The page's on_load: the number is the last part of the path."""
        await self._open(self.router.url.path.rstrip("/").rpartition("/")[2][:20])

    async def _open(self, number: str) -> None:
        if number != self._number:
            self.loading, self.order, self.missing = True, {}, ""
        self._number = number
        live.watch(self, *_SHOWN_BESIDE, topics.of_order(number), topics.STOCK)  # until its goods are known
        await self._refresh()
        if not self.missing and self.order.get("status") in BEFORE_SHIPPING:
            await have_asked(await kinds_asked(), [number])
        goods = () if self.missing else (topics.of_sku(line["sku"]) for line in self.lines)
        live.watch(self, *_SHOWN_BESIDE, topics.of_order(number), *goods)

    async def _refresh(self) -> None:
        """Read the order anew; also after each commit that concerns it."""
        actor, number = current_actor(), self._number
        if not number:
            return
        to_whom, kinds, ready = await sent_to(), await kinds_asked(), await ready_for_rule()
        try:
            found = await live.once(
                ("order", number, actor.role, actor.person),
                lambda tx: _in_words(tx, actor, number, to_whom, kinds, ready),
            )
        except NotFound as error:
            self.missing, self.loading = f"{error} Check the number, or search for the buyer's phone.", False
            return
        for name, value in found.items():
            if getattr(self, name) != value:
                setattr(self, name, value)
        self.loading, self.missing = False, ""


def _in_words(
    tx: Tx, actor: Actor, number: str, to_whom: str, kinds: list[CourierKind], ready: Ready | None
) -> dict[str, Any]:
    """All vars of OrderState for one order; `to_whom` a parcel can be sent, `kinds` who can be asked about it.

    `ready`: who can be called, where a rule of the owner may choose; None without one.
    """
    found = review(tx, actor, clock(), number)
    known = beforehand(tx, kinds, found.order) if found.order.status in BEFORE_SHIPPING else []
    now = now_us()
    first, outlined, menu = text.buttons_of(found, to_whom)
    claims = claims_of(tx, found.order.number)
    return {
        "order": text.order_in_words(found, load_profile(tx).name, settings().site_url, now),
        "version": found.order.version,
        "lines": text.lines_in_words(found),
        "money": money_text.money_in_words(found),
        "places": places_in_words(known),
        "by_rule": _by_rule(tx, actor, found.order, ready),
        "buyers": buyers_in_words(known),
        "cancels": cancelling_of(tx, found.order, found.parcel).value,
        "drift": drift_in_words(differences(tx, found.order, found.parcel)),
        "claims": [row_of(claim, now) for claim in claims],
        "claimable_from": claimable_from(last_carried(tx, found.order.id), claims, actor),
        "parcel": text.parcel_in_words(found, with_cost=actor.may(Permission.SEE_COST)),
        "verdicts": [{"check": v.check, "level": v.level, "words": v.words} for v in found.verdicts],
        "ticked": list(found.ticked),
        "events": text.events_in_words(found, now),
        "history": text.history_in_words(found, now),
        "record": text.record_in_words(found),
        "glance": glance_in_words(_glance(tx, actor, found.order.phone)),
        "first": first,
        "outlined": outlined,
        "menu": menu,
    }


def _glance(tx: Tx, actor: Actor, phone: str) -> Glance | None:
    return glance_of(tx, phone) if actor.may(Permission.VIEW_CUSTOMERS) else None


def _by_rule(tx: Tx, actor: Actor, order: OrderRow, ready: Ready | None) -> str:
    """Whom the owner's rule gives an order to, for who may send it; "" once it is on its way."""
    if ready is None or order.status not in BEFORE_SHIPPING or not actor.may(Permission.SHIP):
        return ""
    return Chooser(tx, ready).of(order).sentence
