"""What is asked of a claim: opened, paid, refused."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from dokango.money import MOST_POISHA
from dokango.plain_model import PlainModel

MOST_GRAMS, MOST_UNITS = 1_000_000, 100_000
Grams = Annotated[int, Field(ge=0, le=MOST_GRAMS)]
Reason = Annotated[str, Field(min_length=1, max_length=500)]


class ClaimForm(PlainModel):
    """The base: strict types, nothing extra."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, str_strip_whitespace=True)


class ClaimedLine(ClaimForm):
    """So many of a SKU that the claim is for."""

    sku: Annotated[str, Field(min_length=1, max_length=200)]
    quantity: Annotated[int, Field(ge=1, le=MOST_UNITS)]


class OpenClaim(ClaimForm):
    """What is claimed from the courier, and what for. Weights are in grams, 0 when they are not known.

    `parcel` is any name of one of the order's parcels, without one the last that a courier had. Without `lines` the
    claim is for all that is in the order.
    """

    MANY_LINES = frozenset(("words",))
    kind: Literal["lost", "damaged", "short_weight"]
    claimed_poisha: Annotated[int, Field(ge=1, le=MOST_POISHA)]
    words: Reason
    packed_g: Grams = 0
    found_g: Grams = 0
    parcel: Annotated[str, Field(max_length=120)] = ""
    lines: Annotated[tuple[ClaimedLine, ...], Field(strict=False, max_length=200)] = ()


class PaidClaim(ClaimForm):
    """What came in at the bank for it; less than was claimed closes it as paid in part."""

    MANY_LINES = frozenset(("reason",))
    amount_poisha: Annotated[int, Field(ge=1, le=MOST_POISHA)]
    reference: Annotated[str, Field(max_length=120)] = ""
    reason: Annotated[str, Field(max_length=500)] = ""


class RefusedClaim(ClaimForm):
    """The courier pays nothing, and says why."""

    MANY_LINES = frozenset(("reason",))
    reason: Reason
