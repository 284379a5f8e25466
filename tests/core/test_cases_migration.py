"""What waited for a person before there were cases: each has its case, with a deadline and a next act."""

from __future__ import annotations

import importlib

import pytest
from sqlalchemy import text

from dokango.orders import Done
from dokango.orders.cases import rows
from dokango.orders.lifecycle import commands as c
from tests.core.test_search_migration import migrate
from tests.small_shop import Shop

CASES = importlib.import_module("dokango.migrations.versions.0016_cases")
ACTS = importlib.import_module("dokango.migrations.versions.0022_case_acts")
ASKED = importlib.import_module("dokango.migrations.versions.0039_asked_by_itself")
BEFORE = (
    "DROP TABLE case_event",
    'DROP TABLE "case"',
    "CREATE INDEX shipment_problem ON shipment (order_id) WHERE live = 1 AND problem <> ''",
    "CREATE TABLE resolution (id BIGINT PRIMARY KEY, key TEXT NOT NULL, order_id BIGINT, kind TEXT NOT NULL, "
    "words TEXT NOT NULL, opened_at BIGINT NOT NULL, taken_by TEXT NOT NULL, closed_at BIGINT, closed_by TEXT)",
)
NEW = text("INSERT INTO resolution VALUES (:id, :key, :order_id, :kind, 'Look.', 1000, '', :closed_at, :by)")


def waited(shop: Shop, *found: tuple[str, int | None, str, int | None]) -> None:
    """The tables of before, with what waited or had been dealt with."""
    for statement in BEFORE:
        shop.db.write(lambda tx, statement=statement: tx.script(statement))
    for row, (key, order_id, kind, closed_at) in enumerate(found):
        values = {"id": row, "key": key, "order_id": order_id, "kind": kind, "closed_at": closed_at}
        shop.db.write(lambda tx, values=values: tx.run(NEW, **values, by="Olin" if values["closed_at"] else ""))
    migrate(shop, CASES)
    migrate(shop, ACTS)
    migrate(shop, ASKED)


def shipment_of(shop: Shop, order: Done) -> int:
    return int(shop.order(order).shipment_id)


@pytest.mark.parametrize(
    ("kind", "became", "state"),
    [
        ("parcel_returning", "unknown", "coming_back"),
        ("parcel_back", "unknown", "to_inspect"),
        ("lost_or_damaged", "lost", "needs_us"),
        ("partly_delivered", "partial", "needs_us"),
        ("amount_changed", "amount_changed", "needs_us"),
        ("a_kind_of_long_ago", "unknown", "needs_us"),
    ],
)
def test_what_waited_is_a_case_in_its_state(shop: Shop, kind: str, became: str, state: str) -> None:
    order = shop.bring_to("shipped", ("MUG", 1))
    waited(shop, (f"shipment/{shipment_of(shop, order)}/{kind}", order.order_id, kind, None))
    (case,) = shop.db.read(lambda tx: rows.open_of(tx, order.order_id))
    assert (case.kind, case.state, case.shipment_id) == (became, state, shipment_of(shop, order))


def test_of_two_that_are_one_matter_the_later_stays_open_and_what_was_closed_stays_closed(shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 1))
    parcel = f"shipment/{shipment_of(shop, order)}"
    waited(
        shop,
        (f"{parcel}/parcel_returning", order.order_id, "parcel_returning", None),
        (f"{parcel}/old", order.order_id, "parcel_returning", 2_000),
        (f"{parcel}/parcel_back", order.order_id, "parcel_back", None),
        ("job/7", None, "job_failed", None),
    )
    cases = shop.db.read(lambda tx: rows.all_of(tx, order.order_id))
    assert [case.state for case in cases] == ["closed", "closed", "to_inspect"]
    assert shop.db.read(rows.how_many_open) == 2


def test_a_parcel_with_a_problem_that_nothing_waited_for_gets_a_case(shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 1))
    shop.do(order, c.ReportProblem(problem="nobody home"))
    waited(shop)
    (case,) = shop.db.read(lambda tx: rows.open_of(tx, order.order_id))
    assert (case.kind, case.words, case.next_act) == ("noted", "nobody home", "call_customer")
