"""A few cases of a square too large for every run, others each day; `make soak` runs the whole of it."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar

T = TypeVar("T")

VARIABLE = "DOKANGO_TEST_SEED"
# Set for the processes that this one starts, too: all of them collect the same tests, at midnight as well.
SEED = os.environ.setdefault(VARIABLE, f"{datetime.now(UTC):%Y-%m-%d}")

WHOLE = os.environ.get("DOKANGO_TEST_WHOLE") == "1"  # then nothing is left out of any square


def sampled(cases: Sequence[T], most: int) -> list[T]:
    """`most` of `cases`, in their order, chosen by the day (or by DOKANGO_TEST_SEED, to repeat a day's choice).

    All of them where DOKANGO_TEST_WHOLE is 1.
    """
    if WHOLE:
        return list(cases)
    chosen = random.Random(SEED).sample(range(len(cases)), min(most, len(cases)))
    return [cases[position] for position in sorted(chosen)]
