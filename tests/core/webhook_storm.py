"""A storm of webhooks: true ones shuffled, late and repeated, and forged ones among them, while parcels move.

It knows no courier: the words are those of its practice server's plays, the proof is whatever it signs with.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select

from dokango.couriers.inbox import receive_webhook
from dokango.couriers.kind.base import ParcelName
from dokango.couriers.kind.status import MEANINGS, CarrierStatus
from dokango.couriers.kind.webhook import Webhook
from dokango.couriers.models import CourierNews
from dokango.couriers.parcels.shipments import status_of
from dokango.couriers.practice.plays import Play
from dokango.couriers.registry import COURIERS
from dokango.db import table_of
from dokango.orders import Done
from tests.core.couriered import TOKEN, Couriered, Told, shipped

PLAYS = (Play.DELIVERED, Play.ATTEMPTS, Play.RETURNED, Play.PARTIAL)
PARCELS, AT_ONCE = 6, 25
FORGERIES = ("guessed", "", f"{TOKEN} ", TOKEN[:-1])


@dataclass
class Telling:
    """One notification as it is sent, however often."""

    headers: dict[str, str]
    raw: bytes


@dataclass
class Storm:
    """Some parcels, each on its way through a play, and all that was told of them so far.

    `said` holds what the courier's API, or a notification that no call tells of, ever said of a parcel.
    """

    couriered: Couriered
    chance: random.Random
    left: dict[str, list[str]] = field(default_factory=dict)
    orders: dict[str, Done] = field(default_factory=dict)
    said: dict[str, list[CarrierStatus]] = field(default_factory=dict)
    told: list[Telling] = field(default_factory=list)
    heard: set[int] = field(default_factory=set)
    ended: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.practice = self.couriered.desk.practice(self.couriered.courier)
        self.teller = self.practice.teller = Told()
        webhook = COURIERS[self.couriered.courier].webhook
        assert webhook is not None
        self.webhook: Webhook = webhook

    def rage(self, many: int) -> None:
        """So many notifications arrive; after each handful what the shop believes is looked at."""
        for at in range(PARCELS):
            order = shipped(self.couriered)
            self.orders[order.number] = order
            self.left[order.number] = [move.word for move in self.practice.plays[PLAYS[at % len(PLAYS)]] if move.word]
            self.said[order.number] = [self._truth(order)]
        self._pack(None)
        for sent in range(many):
            if not self.told or self.chance.random() < 0.2:
                self._move()
            self._forged() if self.chance.random() < 0.3 or not self.told else self._true()
            if sent % AT_ONCE == 0:
                self._look()
        self._end()

    def _move(self) -> None:
        """A parcel goes a step further; what is told of it may arrive whenever."""
        going = [number for number, steps in self.left.items() if steps]
        if not going:
            return
        number = self.chance.choice(going)
        order = self.orders[number]
        self.couriered.shop.clock.advance(1)
        assert self.practice.move(self.couriered.parcel(order).consignment_id, self.left[number].pop(0))
        self.said[number].append(self._truth(order))
        self._pack(number)

    def _pack(self, number: str | None) -> None:
        """What the courier told by now is on its way."""
        for body in self.teller.bodies:
            raw = json.dumps(body).encode()
            self.told.append(Telling(self.practice.signed(TOKEN, raw, f"key-{len(self.told)}"), raw))
            counts = self.webhook.read(body).counts
            if counts is not None and number is not None:
                self.said[number].append(counts.status)
        self.teller.bodies.clear()

    def _truth(self, order: Done) -> CarrierStatus:
        row = self.couriered.parcel(order)
        courier = self.couriered.desk.courier(self.couriered.courier)
        return courier.status(ParcelName(row.invoice, row.consignment_id, row.tracking_code)).status

    def _true(self) -> None:
        """One of all that was ever told, perhaps for the tenth time."""
        at = self.chance.randrange(len(self.told))
        self._arrives(at)

    def _arrives(self, at: int) -> None:
        one = self.told[at]
        assert self._received(one.headers, one.raw, self.webhook.query(TOKEN)) == self.webhook.thanks.status
        self.heard.add(at)

    def _forged(self) -> None:
        """Somebody who has no token says that a parcel was delivered; or alters what was really told."""
        words = random.Random(self.chance.random())
        order = words.choice(list(self.orders.values()))
        row = self.couriered.parcel(order)
        body = {
            "consignment_id": row.consignment_id, "tracking_number": row.consignment_id, "invoice": row.invoice,
            "merchant_order_id": row.invoice, "invoice_number": row.invoice, "status": "delivered",
            "event": "order.returned-to-merchant", "notification_type": "delivery_status", "n": words.random(),
        }  # fmt: skip
        raw, token = json.dumps(body).encode(), words.choice(FORGERIES)
        headers, query = self.practice.signed(token, raw, "forged"), self.webhook.query(token)
        if self.told and self._signs_bodies() and words.random() < 0.3:
            headers, raw, query = words.choice(self.told).headers, raw, self.webhook.query(TOKEN)
        elif words.random() < 0.2:
            headers, query = {}, {}
        assert self._received(headers, raw, query) == self.webhook.refused.status

    def _signs_bodies(self) -> bool:
        return self.practice.signed(TOKEN, b"a", "k") != self.practice.signed(TOKEN, b"b", "k")

    def _received(self, headers: Mapping[str, str], raw: bytes, query: Mapping[str, str]) -> int:
        shop, courier = self.couriered.shop, self.couriered.courier
        return receive_webhook(shop.db, shop.clock, courier, headers, raw, TOKEN, query=query).status

    def _look(self) -> None:
        """Nothing is believed that the courier never said, and no final word was taken back."""
        self.couriered.shop.clock.advance(66)
        self.couriered.run_jobs()
        for number, order in self.orders.items():
            row = self.couriered.parcel(order)
            said, status = self.said[number], status_of(row)
            assert status in {CarrierStatus.IN_REVIEW, *said}, f"{row.status} was never said of it"
            assert row.status == self.ended.get(number, row.status), "a final word was taken back"
            if MEANINGS[status].final:
                self.ended[number] = row.status
            if self.couriered.shop.order(order).status == "delivered":
                assert CarrierStatus.DELIVERED in said, "it was believed before it was so"

    def _end(self) -> None:
        """All that was told has come: each parcel stands as its courier said last, and each notice is kept once."""
        while any(self.left.values()):
            self._move()
        for at in self.chance.sample(range(len(self.told)), len(self.told)):
            self._arrives(at)
        for _ in range(4):
            self._look()
        news = table_of(CourierNews)
        kept = self.couriered.shop.db.read(lambda tx: tx.value(select(func.count()).select_from(news)))
        assert kept == len(self.heard) == len(self.told)
        for number, order in self.orders.items():
            assert status_of(self.couriered.parcel(order)) is self.said[number][-1], number
