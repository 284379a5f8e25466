"""How many wait under each tab of the desk of problems, the claims among them."""

from __future__ import annotations

from dokango.db import Tx
from dokango.orders.cases import lists as cases
from dokango.orders.claims import lists as claims
from state.kit import live

CLAIMS = "claims"


async def tab_counts() -> dict[str, int]:
    """The count of each tab, once for all pages that show it."""
    return await live.once("problem counts", _counts)


def _counts(tx: Tx) -> dict[str, int]:
    return {**cases.counts(tx), CLAIMS: claims.how_many_open(tx)}
