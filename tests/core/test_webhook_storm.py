"""Webhooks shuffled, repeated and forged: a few hundred here, ten thousand in `make soak`."""

from __future__ import annotations

import random

from tests import sampling
from tests.core.couriered import Couriered
from tests.core.webhook_storm import Storm


def test_nothing_goes_backwards_and_nothing_forged_is_believed(couriered: Couriered) -> None:
    Storm(couriered, random.Random(sampling.SEED)).rage(400)
