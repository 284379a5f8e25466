"""Questions that grow with all that ever happened are answered from an index of the few rows they are about."""

from __future__ import annotations

import re

import pytest

from dokango.couriers import inbox
from dokango.db import Database, Tx
from dokango.payouts.known import held_parcels


class Watching:
    """A transaction that keeps what is asked of it."""

    def __init__(self, tx: Tx) -> None:
        self.tx, self.asked = tx, list[tuple[object, dict[str, object]]]()

    def rows(self, statement: object, **values: object) -> list[object]:
        self.asked.append((statement, values))
        return []


def plan(tx: Tx, statement: object, values: dict[str, object]) -> str:
    compiled = statement.compiled("sqlite")  # type: ignore[attr-defined]
    found = tx.connection.execute(f"EXPLAIN QUERY PLAN {compiled.sql}", compiled.bind(values)).fetchall()
    return " / ".join(str(row[-1]) for row in found)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_parcels_whose_cash_a_courier_has_are_found_by_the_orders_that_wait_for_it(db: Database) -> None:
    def steps(tx: Tx) -> str:
        watching = Watching(tx)
        held_parcels(watching, "steadfast")  # type: ignore[arg-type]
        ((statement, values),) = watching.asked
        return plan(tx, statement, values)

    words = db.read(steps)
    assert "order_with_courier" in words and not re.search(r"SCAN (shipment|order)$|shipment_status", words), words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_was_told_of_nobodys_parcel_is_found_among_such_alone(db: Database) -> None:
    values = {"courier": "pathao", "since": 1, "named": "DL1"}
    words = db.read(lambda tx: plan(tx, inbox._NOBODYS, values))
    assert "USING INDEX courier_news_nobodys (courier=? AND received_at>?)" in words, words
