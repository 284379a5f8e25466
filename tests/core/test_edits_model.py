"""Random edits, payments, cancels and returns against a plain model: the books agree with it to the last poisha."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import Any

from dokango.checks import run_checks
from dokango.errors import DokangoError
from dokango.orders import Done
from dokango.orders.lifecycle import commands as c
from dokango.stock.receiving import Receipt, ReceivedLine, receive
from tests.sampling import SEED
from tests.small_shop import SHELF, Shop

LIVES, STEPS, LIMIT = 40, 14, 5_000
UNITS = {sku: units for sku, (_, _, _, units) in SHELF.items()}


def half_up(part: Fraction) -> int:
    return floor(part + Fraction(1, 2))


@dataclass
class Line:
    """So many, at this price each, with this off the line; so many of them came back."""

    quantity: int
    each: int
    off: int = 0
    back: int = 0

    @property
    def net(self) -> int:
        return self.quantity * self.each - self.off


@dataclass
class Model:
    """An order as plain sums: what it comes to, what was paid, forgiven and given back."""

    lines: dict[str, Line]
    delivery: int
    off: int = 0  # of the whole order
    paid: int = 0
    forgiven: int = 0
    refunded: int = 0
    returned: int = 0  # the price of what came back
    status: str = "pending"
    rows: list[str] = field(default_factory=list)  # the SKUs in the order of their lines

    @property
    def total(self) -> int:
        return sum(line.net for line in self.lines.values()) + self.delivery - self.off

    @property
    def net(self) -> int:
        """What is due, below 0 what is due back."""
        asked = 0 if self.status == "cancelled" else self.total - self.returned
        return asked - self.paid + self.refunded - self.forgiven

    def unforgive(self) -> None:
        """What was forgiven goes before anything is due back."""
        self.forgiven -= min(self.forgiven, max(0, -self.net))

    def worth(self, sku: str, upto: int) -> int:
        """What the first `upto` units of a line are worth after every discount."""
        goods = sum(line.net for line in self.lines.values())
        shared, before = min(self.off, goods), 0
        for name in self.rows:
            line = self.lines[name]
            if name == sku:
                share = cut(shared, before + line.net, goods) - cut(shared, before, goods) if line.net else 0
                return half_up(Fraction((line.net - share) * upto, line.quantity))
            before += line.net
        raise LookupError(sku)

    def reserved(self) -> Counter[str]:
        keeps = self.status in ("pending", "confirmed", "packed", "shipped")
        return Counter({sku: line.quantity for sku, line in self.lines.items() if keeps and UNITS[sku]})


def cut(amount: int, part: int, whole: int) -> int:
    return half_up(Fraction(amount * part, whole)) if whole else 0


class Story:
    """One order's life in the shop, and in the model."""

    def __init__(self, shop: Shop, dice: random.Random, number: int) -> None:
        self.shop, self.dice, self.trx = shop, dice, number * 1_000
        self.done: Done = shop.place(("MUG", dice.randint(1, 3)), ("CARD", 1))
        row = shop.order(self.done)
        self.model = Model({"CARD": Line(1, 10_000), "MUG": Line(row.units - 1, 80_000)}, row.delivery_poisha)
        self.model.rows = ["CARD", "MUG"]

    def step(self) -> None:
        doing = self.dice.choice(["edit", "edit", "edit", "verify", "verify", "refund", "cancel", "on", "on", "back"])
        getattr(self, doing)()
        self.compare()

    def compare(self) -> None:
        row, model = self.shop.order(self.done), self.model
        assert (row.total_poisha, row.paid_poisha, row.forgiven_poisha) == (model.total, model.paid, model.forgiven)
        assert (row.due_poisha, row.refund_due_poisha) == (max(0, model.net), max(0, -model.net))
        assert row.courier_due_poisha == 0

    def edit(self) -> None:
        lines, wanted = self._wanted()
        off = self.dice.choice([None, 0, 777, 50_000])
        delivery = self.dice.choice([None, 0, 12_345])
        command = c.Edit.model_validate(
            {"lines": wanted, "discount_poisha": off, "delivery_poisha": delivery, "reason": "agreed"}
        )
        changed = Model(lines, self.model.delivery if delivery is None else delivery)
        changed.off = self.model.off if off is None else off
        try:
            self.shop.do(self.done, command)
        except DokangoError:
            late = self.model.status not in ("pending", "confirmed", "packed")
            same = (changed.lines, changed.off, changed.delivery) == (
                self.model.lines, self.model.off, self.model.delivery,
            )  # fmt: skip
            assert late or same or changed.total < 0
            return
        differ = {sku: line.quantity for sku, line in lines.items()} != {
            sku: line.quantity for sku, line in self.model.lines.items()
        }
        self.model.rows = [sku for sku in self.model.rows if sku in lines] + [
            sku for sku in lines if sku not in self.model.rows
        ]
        self.model.lines, self.model.off, self.model.delivery = lines, changed.off, changed.delivery
        self.model.unforgive()
        if self.model.status == "packed" and differ:
            self.model.status = "confirmed"

    def _wanted(self) -> tuple[dict[str, Line], list[dict[str, Any]]]:
        lines, wanted = dict[str, Line](), list[dict[str, Any]]()
        for sku in self.dice.sample(sorted(SHELF), self.dice.randint(1, 4)):
            has = self.model.lines.get(sku)
            quantity, each = self.dice.randint(1, 4), has.each if has else SHELF[sku][1]
            said: dict[str, Any] = {"sku": sku, "quantity": quantity}
            if self.dice.random() < 0.3:
                said["unit_price_poisha"] = each = self.dice.choice([0, 33_333, 99_999])
            off = min(has.off if has else 0, quantity * each)
            if self.dice.random() < 0.3:
                said["discount_percent"] = self.dice.choice([0, 7, 100])
                off = half_up(Fraction(quantity * each * said["discount_percent"], 100))
            lines[sku] = Line(quantity, each, off)
            wanted.append(said)
        return lines, wanted

    def verify(self) -> None:
        self.trx += 1
        amount = self.dice.choice([1, 50_000, max(1, self.model.net), max(1, self.model.net - 4_999), 300_000])
        forgive = self.dice.random() < 0.5
        command = c.VerifyPayment(
            method="bkash", transaction_id=f"MODEL{self.trx:07d}", amount_poisha=amount, forgive=forgive
        )
        short = max(0, self.model.net - amount) if self.model.net > 0 else 0
        try:
            self.shop.do(self.done, command)
        except DokangoError:
            assert forgive and short > LIMIT
            return
        self.model.paid += amount
        if forgive:
            self.model.forgiven += short

    def refund(self) -> None:
        if self.model.net < 0:
            self.trx += 1
            amount = self.dice.choice([1, -self.model.net])
            self.shop.do(self.done, c.PayRefund(method="bkash", amount_poisha=amount, reference=f"SENT{self.trx:06d}"))
            self.model.refunded += amount

    def cancel(self) -> None:
        if self.model.status in ("pending", "confirmed", "packed") and self.dice.random() < 0.3:
            self.shop.do(self.done, c.Cancel(reason="changed their mind"))
            self.model.status, self.model.forgiven = "cancelled", 0

    def on(self) -> None:
        """The next step; a parcel leaves only when nothing is due, so that no rider carries money."""
        steps: dict[str, tuple[c.Command, str]] = {
            "pending": (c.Confirm(), "confirmed"), "confirmed": (c.Pack(), "packed"),
            "packed": (c.Ship(courier="manual", carrier="Rider"), "shipped"), "shipped": (c.Deliver(), "delivered"),
        }  # fmt: skip
        if self.model.status in steps and self.model.net <= 0:
            command, reached = steps[self.model.status]
            self.shop.do(self.done, command)
            self.model.status = reached

    def back(self) -> None:
        """One unit of a delivered line comes back, worth what was paid for it."""
        left = [sku for sku, line in self.model.lines.items() if line.back < line.quantity]
        if self.model.status != "delivered" or not left:
            return
        sku = self.dice.choice(left)
        line = self.model.lines[sku]
        back = {"lines": [{"sku": sku, "quantity": 1, "restock": False}]}
        self.shop.do(self.done, c.ReceiveReturn.model_validate(back))
        self.model.returned += self.model.worth(sku, line.back + 1) - self.model.worth(sku, line.back)
        line.back += 1
        self.model.unforgive()


def test_random_lives_equal_a_plain_model(shop: Shop) -> None:
    shop.set_profile(forgive_most_poisha=LIMIT)
    lines = tuple(ReceivedLine(sku=sku, quantity=900, unit_cost_poisha=7_777) for sku in SHELF if UNITS[sku])
    receipt = Receipt(lines=lines, supplier="Weavers")
    shop.db.write(lambda tx: receive(tx, shop.owner, shop.clock, receipt, key="plenty"))
    dice = random.Random(SEED)
    for number in range(LIVES):
        story = Story(shop, dice, number)
        for _ in range(STEPS):
            story.step()
        held = {sku: shop.level(sku)[1] for sku in SHELF if UNITS[sku]}
        assert held == {sku: story.model.reserved()[sku] for sku in held}
        broken = [(check.name, check.problems) for check in shop.db.read(run_checks) if not check.ok]
        assert not broken
        if story.model.status in ("pending", "confirmed", "packed"):
            shop.do(story.done, c.Cancel(reason="the end"))
        elif story.model.status == "shipped":
            shop.do(story.done, c.ReceiveReturn())
