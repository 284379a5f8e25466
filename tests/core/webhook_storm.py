"""A storm of webhooks: true ones shuffled, late and repeated, and forged ones among them, while parcels move."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from dokango.couriers.inbox import receive_webhook
from dokango.couriers.models import CourierNews
from dokango.couriers.steadfast.practice.notices import notice, signed_headers
from dokango.db import table_of
from dokango.orders import Done
from tests.core.couriered import TOKEN, Couriered, shipped

PARCELS, AT_ONCE = 6, 25
STORIES = (
    ("pending", "delivered_approval_pending", "delivered"),
    ("pending", "hold", "pending", "delivered_approval_pending", "delivered"),
    ("pending", "cancelled_approval_pending", "cancelled", "cancelled_return_processing",
     "cancelled_return_rider_assigned", "cancelled_return_received"),
    ("pending", "partial_delivered_approval_pending", "partial_delivered"),
)  # fmt: skip
FINAL = frozenset(("delivered", "cancelled", "partial_delivered"))


@dataclass
class Storm:
    """Some parcels, each on its way through a story, and all that was told of them so far."""

    couriered: Couriered
    chance: random.Random
    left: dict[str, list[str]] = field(default_factory=dict)
    orders: dict[str, Done] = field(default_factory=dict)
    told: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    heard: set[str] = field(default_factory=set)
    ended: dict[str, str] = field(default_factory=dict)

    def rage(self, many: int) -> None:
        """So many notifications arrive; after each handful what the shop believes is looked at."""
        for number in range(PARCELS):
            order = shipped(self.couriered)
            self.orders[order.number], self.left[order.number] = order, list(STORIES[number % len(STORIES)])
        for sent in range(many):
            if not self.told or self.chance.random() < 0.2:
                self._move()
            self._forged() if self.chance.random() < 0.3 else self._true()
            if sent % AT_ONCE == 0:
                self._look()
        self._end()

    def _move(self) -> None:
        """A parcel goes a step further; what is told of it may arrive whenever."""
        going = [number for number, steps in self.left.items() if steps]
        if not going:
            return
        number = self.chance.choice(going)
        practice = self.couriered.desk.practice()
        row = practice.move(self.couriered.parcel(self.orders[number]).consignment_id, self.left[number].pop(0))
        raw = json.dumps(notice(row)).encode()
        self.told.append((signed_headers(TOKEN, raw, f"key-{len(self.told)}"), raw))

    def _true(self) -> None:
        """One of all that was ever told, perhaps for the tenth time."""
        if not self.told:
            return
        headers, raw = self.chance.choice(self.told)
        assert self._received(headers, raw) == 200
        self.heard.add(headers["Idempotency-Key"])

    def _forged(self) -> None:
        """Somebody who has no token says that a parcel was delivered."""
        order = self.chance.choice(list(self.orders.values()))
        row = self.couriered.parcel(order)
        raw = json.dumps({"invoice": row.invoice, "consignment_id": row.consignment_id, "status": "delivered"}).encode()
        headers: dict[str, Any] = dict(signed_headers(TOKEN, raw, f"forged-{self.chance.random()}"))
        change = self.chance.choice(("bearer", "none", "signature", "body", "empty"))
        if change == "bearer":
            headers["Authorization"] = "Bearer guessed"
        elif change == "none":
            del headers["Authorization"]
        elif change == "signature":
            headers["X-Signature"] = "0" * 64
        elif change == "body":
            raw = raw.replace(b"delivered", b"delivered ")
        else:
            headers["Authorization"] = "Bearer "
        assert self._received(headers, raw) == 401

    def _received(self, headers: dict[str, str], raw: bytes) -> int:
        shop = self.couriered.shop
        return receive_webhook(shop.db, shop.clock, "steadfast", headers, raw, TOKEN).status

    def _look(self) -> None:
        """Nothing is believed that the courier's API does not say, and no final word was taken back."""
        self.couriered.shop.clock.advance(66)
        self.couriered.run_jobs()
        store = self.couriered.desk.practice().store
        for number, order in self.orders.items():
            row = self.couriered.parcel(order)
            (truth,) = store.rows("SELECT status, return_status FROM parcel WHERE invoice = ?", row.invoice)
            passed = {"in_review", *STORIES_OF[self._story(number)]}
            assert row.status in passed, f"{row.status} was never said of it"
            if number in self.ended:
                assert row.status == self.ended[number], "a final word was taken back"
            if row.status in FINAL:
                assert row.status == truth["status"], "it was believed before it was so"
                self.ended[number] = row.status
            delivered = self.couriered.shop.order(order).status == "delivered"
            assert not delivered or truth["status"] == "delivered"

    def _story(self, number: str) -> int:
        return list(self.orders).index(number) % len(STORIES)

    def _end(self) -> None:
        """All that was told has come: the shop says of each parcel what the courier says, and kept each notice once."""
        while any(self.left.values()):
            self._move()
        for headers, raw in self.chance.sample(self.told, len(self.told)):
            assert self._received(headers, raw) == 200
            self.heard.add(headers["Idempotency-Key"])
        for _ in range(4):
            self._look()
        news = table_of(CourierNews)
        kept = self.couriered.shop.db.read(lambda tx: tx.value(select(func.count()).select_from(news)))
        assert kept == len(self.heard) == len(self.told)
        store = self.couriered.desk.practice().store
        for order in self.orders.values():
            row = self.couriered.parcel(order)
            (truth,) = store.rows("SELECT status FROM parcel WHERE invoice = ?", row.invoice)
            assert row.status == truth["status"]


STORIES_OF = [{step.partition("_return_")[0] for step in story} for story in STORIES]
