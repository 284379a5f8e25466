"""The whole square of races, of which `make test` runs a sample that changes daily."""

from __future__ import annotations

import pytest

from tests.core.racing import PAIRS, Pair, ends_as_one_of_the_serial_orders
from tests.small_shop import Shop


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_two_commands_at_once_end_as_one_of_the_two_serial_orders(shop: Shop, pair: Pair) -> None:
    ends_as_one_of_the_serial_orders(shop, pair)
