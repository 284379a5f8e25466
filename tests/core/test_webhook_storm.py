"""Webhooks of every courier shuffled, repeated and forged: a few hundred here, ten thousand in `make soak`."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from dokango.clock import ManualClock
from dokango.couriers.desk import CourierDesk
from dokango.couriers.registry import COURIERS
from tests import sampling
from tests.core.couriered import Couriered
from tests.core.webhook_storm import Storm
from tests.small_shop import Shop

TELLING = [kind.key for kind in COURIERS.values() if kind.webhook is not None and kind.practice is not None]


@pytest.fixture(params=TELLING)
def beside(request: pytest.FixtureRequest, shop: Shop, clock: ManualClock) -> Iterator[Couriered]:
    desk = CourierDesk(clock, None)
    yield Couriered(shop, desk, request.param)
    desk.close()


def test_nothing_goes_backwards_and_nothing_forged_is_believed(beside: Couriered) -> None:
    Storm(beside, random.Random(sampling.SEED)).rage(250)
