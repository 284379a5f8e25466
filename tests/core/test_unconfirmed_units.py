"""How much of a SKU is kept from the shelf by orders that nobody has confirmed, from a small index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect, text

from dokango.db import Statement, open_database
from dokango.migrations.upgrade import config, engine_url, upgrade
from dokango.orders.book.rows import ORDER
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle import unconfirmed
from dokango.orders.placing import limits
from dokango.orders.reading import unconfirmed_units as reading
from dokango.orders.reading.unconfirmed_units import unconfirmed_units
from dokango.stock.shelf import shelved
from tests.core.racing import at_once
from tests.small_shop import Shop


def kept(shop: Shop, sku: str = "MUG") -> tuple[int, int]:
    """(reserved, of which unconfirmed) of a SKU."""
    return shop.db.read(lambda tx: (shelved(tx, sku).reserved, unconfirmed_units(tx, [sku]).get(sku, 0)))


def test_held_twelve_of_which_nine_are_unconfirmed(shop: Shop) -> None:
    for quantity in (4, 5):
        shop.place(("MUG", quantity), ("CARD", 7))
    shop.bring_to("confirmed", ("MUG", 3))
    assert kept(shop) == (12, 9)
    assert shop.db.read(lambda tx: unconfirmed_units(tx, ["MUG", "SARI", "CARD"])) == {"MUG": 9}
    assert shop.db.read(lambda tx: unconfirmed_units(tx, [])) == {}


LEAVE: dict[str, tuple[Callable[[Shop, Any], Any], tuple[int, int]]] = {
    "confirmed": (lambda shop, order: shop.do(order, c.Confirm()), (2, 0)),
    "cancelled": (lambda shop, order: shop.do(order, c.Cancel(reason="no")), (0, 0)),
    "held": (lambda shop, order: shop.do(order, c.Hold(reason="address")), (2, 2)),
    "paid": (lambda shop, order: shop.settle(order), (2, 2)),
}


@pytest.mark.parametrize(("leave", "after"), LEAVE.values(), ids=LEAVE)
def test_it_counts_while_the_order_is_pending(
    shop: Shop, leave: Callable[[Shop, Any], Any], after: tuple[int, int]
) -> None:
    order = shop.place(("MUG", 2), payment={"method": "cod"})
    assert kept(shop) == (2, 2)
    leave(shop, order)
    assert kept(shop) == after


def test_orders_confirmed_at_once_beside_new_ones_are_all_counted(shop: Shop) -> None:
    orders = [shop.place(("MUG", 1), ("SARI", 1), payment={"method": "cod"}) for _ in range(8)]
    at_once(
        *[lambda order=order: shop.do(order, c.Confirm()) for order in orders],
        *[lambda: shop.place(("SARI", 1), ("MUG", 1)) for _ in range(8)],
    )
    assert kept(shop) == kept(shop, "SARI") == (16, 8)


def test_a_database_from_before_counts_the_orders_that_it_has(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'before.sqlite3'}"
    engine = create_engine(engine_url(url))
    with engine.connect() as connection:
        command.upgrade(config(connection), "0008")
        connection.execute(text(
            "INSERT INTO product (slug, title, title_bn, description, category, images, active, created_at)"
            " VALUES ('mug', 'Mug', '', '', '', '[]', 1, 0)"
        ))  # fmt: skip
        connection.execute(text(
            "INSERT INTO variant (product_id, sku, title, attributes, price_poisha, image, weight_g, low_stock_level,"
            " tracks_stock, active, position) VALUES (1, 'MUG', '', '{}', 1, '', 0, 0, 1, 1, 0)"
        ))  # fmt: skip
        connection.execute(text("INSERT INTO customer (phone, name, email, created_at) VALUES ('1', 'x', '', 0)"))
        for number, status in (("1001", "pending"), ("1002", "confirmed")):
            _write_order(connection, number, status)
        connection.commit()
    engine.dispose()
    upgrade(url)
    database = open_database(url)
    assert database.read(lambda tx: unconfirmed_units(tx, ["MUG"])) == {"MUG": 2}
    database.close()


def _write_order(connection: Any, number: str, status: str) -> None:
    given = {"number": number, "token": number, "status": status, "customer_id": 1, "name": "x", "phone": "1",
             "payment_method": "cod", "money": "cod_due", "units": 2}  # fmt: skip
    known = {column["name"] for column in inspect(connection).get_columns("order")}  # others came later
    values = {
        column.name: given.get(column.name, "" if column.type.python_type is str else 0)
        for column in ORDER.c
        if column.name in known - {"id", "held_reason", "expires_at"}
    }
    names = ", ".join(values)
    row = f'INSERT INTO "order" ({names}) VALUES ({", ".join(f":{name}" for name in values)}) RETURNING id'
    order_id = connection.execute(text(row), values).scalar_one()
    connection.execute(text(
        "INSERT INTO order_line (order_id, variant_id, sku, title, variant_title, image, tracks_stock, quantity,"
        " unit_price_poisha, cost_poisha, returned_quantity, returned_cost_poisha)"
        f" VALUES ({order_id}, 1, 'MUG', 'Mug', '', '', 1, 2, 1, 0, 0, 0)"
    ))  # fmt: skip


PLANS: dict[str, tuple[Statement, dict[str, Any]]] = {
    "order_web_customer": (limits._OF_CUSTOMER, {"customer": 1}),
    "order_web_network": (limits._OF_NETWORK, {"network": "8.8.8.8"}),
    "order_expires (expires_at=? AND placed_at<?)": (unconfirmed._UNTOLD, {"before": 1}),
    "order_expires (expires_at<?)": (unconfirmed._TOLD, {"now": 1}),
    "order_line_unconfirmed": (Statement(reading._KEPT), {}),
}


@pytest.mark.parametrize("index", PLANS)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_asked_often_reads_the_small_index_of_its_own(shop: Shop, index: str) -> None:
    statement, params = PLANS[index]
    compiled = statement.compiled("sqlite")
    explain = f"EXPLAIN QUERY PLAN {compiled.sql}"
    plan = shop.db.read(lambda tx: tx.connection.execute(explain, compiled.bind(params)).fetchall())
    assert index in " ".join(str(step) for step in plan)
