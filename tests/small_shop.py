"""The shop that tests sell from: a few products, three wallets, and words for what people do in it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, insert, select

from dokango.catalogue.finding import words_of_product, words_of_variant
from dokango.catalogue.models import Product, Variant
from dokango.clock import ManualClock
from dokango.db import Database, Statement, Tx, table_of
from dokango.ledger.balances import trial_balance
from dokango.orders import Context, Done, perform, place
from dokango.orders.advances.rule import AdvanceRule, change_rule, load_rule
from dokango.orders.book import rows
from dokango.orders.lifecycle import commands as c
from dokango.orders.placing.request import PlaceOrder
from dokango.people.actor import Actor
from dokango.shop.profile import Profile, Wallet, load_profile, save_profile
from dokango.stock.models import Level
from dokango.stock.receiving import Receipt, ReceivedLine, receive

# sku: (title, price, cost, units); two of SARI with 100 taka delivery make 2,500, at a cost of 1,800
SHELF = {
    "SARI": ("Jamdani sari", 120_000, 90_000, 20),
    "MUG": ("Clay mug", 80_000, 50_000, 50),
    "HONEY": ("Sundarban honey", 45_000, 30_001, 7),
    "CARD": ("Gift card", 10_000, 0, 0),  # virtual: never runs out
}
PROFILE = Profile(
    name="Small shop",
    phone="01700000000",
    wallets={
        "bkash": Wallet(number="01700000001"),
        "nagad": Wallet(number="01700000002"),
        "rocket": Wallet(number="01700000003"),
    },
    delivery_inside_poisha=10_000,
    delivery_outside_poisha=15_000,
)


@dataclass(frozen=True)
class Shop:
    """A database with a clock and an owner, and the shop's doings as verbs."""

    db: Database
    clock: ManualClock
    owner: Actor

    def place(self, *lines: tuple[str, int], actor: Actor | None = None, **changes: Any) -> Done:
        """Place an order of `lines`; `changes` go into the request ("payment", "customer", "address", "note")."""
        wanted = request(*lines, **changes)
        context = Context(actor or self.owner, self.clock)
        return self.db.write(lambda tx: place(tx, context, wanted, channel="test"))

    def do(self, done: Done | str, command: c.Command, actor: Actor | None = None, version: int | None = None) -> Done:
        """Perform `command` on an order."""
        number = done if isinstance(done, str) else done.number
        context = Context(actor or self.owner, self.clock, version)
        return self.db.write(lambda tx: perform(tx, context, number, command))

    def order(self, done: Done | str) -> Any:
        """The order's row."""
        number = done if isinstance(done, str) else done.number
        return self.db.read(lambda tx: rows.by_number(tx, number))

    def balance(self, account: str) -> int:
        """Debit less credit of an account, in poisha."""
        balances = self.db.read(trial_balance)
        return next((b.balance_poisha for b in balances if b.account == account), 0)

    def books(self) -> dict[str, int]:
        """Every account that is not even."""
        return {b.account: b.balance_poisha for b in self.db.read(trial_balance) if b.balance_poisha}

    def level(self, sku: str) -> tuple[int, int, int]:
        """(on hand, reserved, value in poisha) of a SKU."""
        row = self.db.read(lambda tx: tx.one(_LEVEL_OF, sku=sku))
        return tuple(row) if row is not None else (0, 0, 0)

    def settle(self, done: Done | str, amount_poisha: int | None = None, trx_id: str = "") -> Done:
        """Verify a bKash payment of what is due, or of `amount_poisha`."""
        order = self.order(done)
        command = c.VerifyPayment(
            method="bkash",
            transaction_id=trx_id or f"TRX{order.number}V{order.version}",
            amount_poisha=order.due_poisha if amount_poisha is None else amount_poisha,
        )
        return self.do(done, command)

    def bring_to(self, status: str, *lines: tuple[str, int], **changes: Any) -> Done:
        """An order that has come as far as `status` (also "packed"; "back": undelivered, not inspected)."""
        done = self.place(*(lines or (("MUG", 2),)), **changes)
        if status == "cancelled":
            return self.do(done, c.Cancel(reason="changed their mind"))
        if self.order(done).payment_method != "cod" and status != "pending":
            done = self.settle(done)
        for reached, command in (
            ("confirmed", c.Confirm()),
            ("packed", c.Pack()),
            ("shipped", c.Ship(courier="manual", carrier="Rider")),
            {
                "returned": ("returned", c.ReceiveReturn()),
                "back": ("back", c.ReceiveReturn(inspect_later=True)),
            }.get(status, ("delivered", c.Deliver())),
        ):
            if status == "pending":
                break
            done = self.do(done, command)
            if reached == status:
                break
        return done

    def set_profile(self, **changes: Any) -> None:
        """Change the shop's settings."""

        def change(tx: Tx) -> None:
            save_profile(tx, load_profile(tx).model_copy(update=changes), by="test", now_us=self.clock.now_us())

        self.db.write(change)

    def ask_in_advance(self, *rows: dict[str, Any]) -> None:
        """The owner's rule of advances: these rows, in this order."""
        rule = AdvanceRule.model_validate({"rows": list(rows)})
        self.db.write(lambda tx: change_rule(tx, self.owner, self.clock, load_rule(tx), rule))
        self.clock.advance(1)

    def acting(self, actor: Actor) -> Shop:
        """The same shop, somebody else doing things in it."""
        return replace(self, owner=actor)


def request(*lines: tuple[str, int], **changes: Any) -> PlaceOrder:
    """What a buyer in Dhaka asks for, paid by bKash unless `changes` say otherwise."""
    body: dict[str, Any] = {
        "customer": {"name": "Rahima Akter", "phone": "01711000000"},
        "address": {"line": "House 7, Road 3", "area": "Dhanmondi", "city": "Dhaka", "district": "Dhaka"},
        "lines": [{"sku": sku, "quantity": quantity} for sku, quantity in lines],
        "payment": {"method": "bkash"},
        **changes,
    }
    return PlaceOrder.model_validate(body)


def open_shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    """Stock SHELF and set PROFILE in an empty database."""

    def stock(tx: Tx) -> None:
        save_profile(tx, PROFILE, by="test", now_us=clock.now_us())
        for sku, (title, price, _, units) in SHELF.items():
            add_product(tx, sku, title, price, tracks_stock=bool(units))
        lines = tuple(
            ReceivedLine(sku=sku, quantity=units, unit_cost_poisha=cost)
            for sku, (_, _, cost, units) in SHELF.items()
            if units
        )
        receive(tx, owner, clock, Receipt(lines=lines, supplier="Weavers"), key="opening")

    db.write(stock)
    return Shop(db, clock, owner)


_PRODUCT, _VARIANT, _LEVEL = table_of(Product), table_of(Variant), table_of(Level)
_LEVEL_OF = Statement(
    select(_LEVEL.c.on_hand, _LEVEL.c.reserved, _LEVEL.c.value_poisha)
    .join(_VARIANT, _VARIANT.c.id == _LEVEL.c.variant_id)
    .where(_VARIANT.c.sku == bindparam("sku"))
)
_NEW_PRODUCT = Statement(
    insert(_PRODUCT).returning(_PRODUCT.c.id),
    columns=[
        "slug", "title", "title_bn", "description", "category", "images", "words", "active", "created_at",
    ],
)  # fmt: skip
_NEW_VARIANT = Statement(
    insert(_VARIANT),
    columns=[
        "product_id", "sku", "title", "attributes", "words", "price_poisha", "image", "weight_g", "low_stock_level",
        "tracks_stock", "active", "position",
    ],
)  # fmt: skip


def add_product(tx: Tx, sku: str, title: str, price_poisha: int, *, tracks_stock: bool = True) -> None:
    """One product with one variant."""
    row = {"slug": sku.lower(), "title": title, "title_bn": "", "description": "", "category": "", "images": "[]"}
    product_id = tx.value(_NEW_PRODUCT, **row, words=words_of_product(title, "", ""), active=1, created_at=0)
    attributes = json.dumps({"Size": "M"})
    tx.run(
        _NEW_VARIANT, product_id=product_id, sku=sku, title="", attributes=attributes,
        words=words_of_variant(sku, "", {"Size": "M"}), price_poisha=price_poisha, image="", weight_g=0,
        low_stock_level=0, tracks_stock=int(tracks_stock), active=1, position=0,
    )  # fmt: skip
