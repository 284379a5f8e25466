"""Ten thousand webhooks of every courier, of which `make test` sends a few hundred."""

from __future__ import annotations

import random

from tests import sampling
from tests.core.couriered import Couriered
from tests.core.test_webhook_storm import beside
from tests.core.webhook_storm import Storm

__all__ = ["beside"]


def test_nothing_goes_backwards_and_nothing_forged_is_believed(beside: Couriered) -> None:
    Storm(beside, random.Random(sampling.SEED)).rage(10_000)
