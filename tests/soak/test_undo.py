"""20,000 steps done and undone: stock, books and every check are as if nothing had been."""

from __future__ import annotations

from random import Random

import pytest

from tests.core.undoing import live
from tests.sampling import SEED
from tests.small_shop import Shop

PAIRS = 10_000
LIVES = 40  # each in a shop of its own: what is undone stays on record, and a shop that only remembers grows slow


@pytest.mark.parametrize("number", range(LIVES))
def test_do_and_undo_leaves_everything_as_it_was(shop: Shop, number: int) -> None:
    live(shop, Random(f"{SEED} {number}"), PAIRS // LIVES, checked_every=50)
