"""Every status that an order, its money or a parcel can have is shown with a word and a colour, never as it is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from sqlalchemy import CheckConstraint

from components.theme import CARRIER, MONEY, WORK, Look
from dokango.couriers.kind.status import CarrierStatus
from dokango.couriers.models import Shipment
from dokango.db import table_of
from dokango.orders.book.models import Order


def kept(model: type, column: str) -> set[str]:
    """The words that the database takes for a column, by its own check."""
    start = re.compile(rf'"?{column}"? IN \(')
    checks = [str(one.sqltext) for one in table_of(model).constraints if isinstance(one, CheckConstraint)]
    (known,) = [check for check in checks if start.match(check)]
    return set(re.findall(r"'([^']*)'", known))


@pytest.mark.parametrize(
    ("words", "looks"),
    [
        (kept(Order, "status"), WORK),
        (kept(Order, "money"), MONEY),
        (kept(Shipment, "booking"), CARRIER),
        ({status.value for status in CarrierStatus}, CARRIER),
    ],
    ids=["work", "money", "booking", "carrier"],
)
def test_each_word_that_is_kept_has_its_look(words: set[str], looks: Mapping[str, Look]) -> None:
    assert len(words) > 3
    assert sorted(words - set(looks)) == []
