"""What stands in the database while people click: an order's three axes, its postings, and the shelf."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from dokango.couriers.models import Shipment
from dokango.db import table_of
from dokango.ledger.models import Posting
from dokango.people.actor import Actor
from dokango.people.permissions import Role
from tests.pages.quiet import until
from tests.pages.site import Site
from tests.small_shop import Shop

_P = table_of(Posting)
_S = table_of(Shipment)


@dataclass(frozen=True)
class Facts:
    """Reads past the pages, from the database itself."""

    site: Site

    @property
    def shop(self) -> Shop:
        """The shop as it stands when all that was clicked is done."""
        return Shop(self.site.db, self.site.clock, Actor(1, "Facts", Role.OWNER))  # type: ignore[arg-type]

    def axes(self, number: str) -> tuple[str, str, str]:
        """(work, money, carrier) of an order; carrier "" without a parcel."""
        order = self.shop.order(number)
        query = select(_S.c.status).where(_S.c.order_id == order.id, _S.c.live == 1)
        return order.status, order.money, self.shop.db.read(lambda tx: tx.value(query)) or ""

    def posted(self, number: str) -> dict[str, int]:
        """Debit less credit of each account that this order moved and that is not even, in taka."""
        order = self.shop.order(number)
        rows = self.shop.db.read(lambda tx: tx.rows(select(_P).where(_P.c.order_id == order.id)))
        sums: dict[str, int] = {}
        for row in rows:
            sums[row.debit] = sums.get(row.debit, 0) + row.amount_poisha
            sums[row.credit] = sums.get(row.credit, 0) - row.amount_poisha
        return {account: amount // 100 for account, amount in sums.items() if amount}

    def shelf(self, sku: str) -> tuple[int, int, int]:
        """(on hand, reserved, value in taka)."""
        on_hand, reserved, value = self.shop.level(sku)
        return on_hand, reserved, value // 100

    def become(self, read: Callable[[], Any], wanted: Any) -> None:
        """Wait until `read()` is `wanted`: clicks take a moment to be written down."""
        until(lambda: bool(read() == wanted), lambda: f"{read()} did not become {wanted}")
