"""What tests of the core share beyond tests/conftest.py."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from dokango.clock import ManualClock
from dokango.couriers.desk import CourierDesk
from tests.core.couriered import Couriered
from tests.small_shop import Shop


@pytest.fixture
def couriered(shop: Shop, clock: ManualClock) -> Iterator[Couriered]:
    """The small shop with a practice courier of its own, in memory; nobody waits long for it."""
    desk = CourierDesk(clock, None, timeout=httpx.Timeout(0.3))
    yield Couriered(shop, desk)
    desk.close()
