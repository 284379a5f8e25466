"""Ten thousand webhooks, of which `make test` sends a few hundred."""

from __future__ import annotations

import random

from tests import sampling
from tests.core.conftest import couriered
from tests.core.couriered import Couriered
from tests.core.webhook_storm import Storm

__all__ = ["couriered"]


def test_nothing_goes_backwards_and_nothing_forged_is_believed(couriered: Couriered) -> None:
    Storm(couriered, random.Random(sampling.SEED)).rage(10_000)
