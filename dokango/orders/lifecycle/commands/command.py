"""What every command is built of: the strict base, and the fields that many have."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

from dokango.money import MOST_POISHA
from dokango.plain_model import PlainModel

MOST_PIECES = 10_000
MOST_LINES = 100  # of one order
MOST_GRAMS = 1_000_000
Words = Annotated[str, Field(max_length=500)]
ParcelWords = Annotated[str, Field(max_length=2_000)]  # each courier has its own limit, and says so
Reason = Annotated[str, Field(min_length=1, max_length=500)]
Amount = Annotated[int, Field(ge=1, le=MOST_POISHA)]
AreaId = Annotated[str, Field(max_length=60)]
Areas = Annotated[dict[Annotated[str, Field(max_length=40)], AreaId], Field(max_length=10)]  # by level
CheckKey = Annotated[str, Field(max_length=40)]
Quantity = Annotated[int, Field(ge=1, le=MOST_PIECES)]


class Command(PlainModel):
    """The base: strict types, nothing extra, frozen."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, str_strip_whitespace=True)
    MANY_LINES = frozenset(("reason", "note", "text", "problem", "line", "address"))
    action: ClassVar[str]
