"""Orders for the desk's browser tests, of a product of their own: the sample shop's stay as they are."""

from __future__ import annotations

import itertools
from typing import Any

from dokango.orders import Context, Done, perform, place
from dokango.orders.book import rows
from dokango.orders.lifecycle import commands as c
from dokango.orders.placing.request import PlaceOrder
from dokango.people.actor import SYSTEM, Actor
from dokango.people.permissions import Role
from dokango.stock.receiving import Receipt, ReceivedLine, receive
from tests.pages.site import Site
from tests.small_shop import add_product

SKU = "DESK-MUG"
COLLEAGUE = Actor(0, "Colleague", Role.MANAGER)
_trx_ids = (f"DESK{n:06d}" for n in itertools.count(1))


def place_order(
    site: Site,
    *,
    method: str = "cod",
    claim: bool = False,
    name: str = "Desk Tester",
    units: int = 1,
    phone: str = "01711000000",
) -> Done:
    """An order over ৳800 for each of its `units` and delivery, its TrxID sent when `claim`."""
    _stock(site)
    payment = {"method": "bkash" if claim else method}
    if claim:
        payment |= {"transaction_id": next(_trx_ids), "sender": "01711000000"}
    wanted = PlaceOrder.model_validate(
        {
            "customer": {"name": name, "phone": phone},
            "address": {"line": "House 7, Road 3", "area": "Dhanmondi", "district": "Dhaka"},
            "lines": [{"sku": SKU, "quantity": units}],
            "payment": payment,
        }
    )
    return site.db.write(lambda tx: place(tx, Context(SYSTEM, site.clock), wanted, channel="phone"))


def do(site: Site, number: str, command: c.Command) -> Done:
    """Somebody else takes a step with the order."""
    return site.db.write(lambda tx: perform(tx, Context(COLLEAGUE, site.clock), number, command))


def order(site: Site, number: str) -> Any:
    """The order as it stands."""
    return site.db.read(lambda tx: rows.by_number(tx, number))


def _stock(site: Site) -> None:
    def fill(tx: Any) -> None:
        add_product(tx, SKU, "Desk mug", 80_000)
        lines = (ReceivedLine(sku=SKU, quantity=500, unit_cost_poisha=50_000),)
        receive(tx, SYSTEM, site.clock, Receipt(lines=lines, supplier="Potter"), key="desk-tests")

    if site.db.read(lambda tx: tx.connection.cursor().execute(_KNOWN).fetchone()) is None:
        site.db.write(fill)


_KNOWN = f"SELECT 1 FROM variant WHERE sku = '{SKU}'"
