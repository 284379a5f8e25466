"""What is answered of claims on couriers."""

from __future__ import annotations

from typing import Literal

from dokango_web.api.shapes.base import Shape


class ClaimedLineShape(Shape):
    """So many of a SKU that the claim is for."""

    sku: str
    quantity: int


class ClaimOnCourierShape(Shape):
    """One claim; `due_at` ends the courier's window, weights are in grams and null when they are not known."""

    id: int
    order: str
    parcel: str
    kind: Literal["lost", "damaged", "short_weight"]
    state: Literal["open", "paid", "part_paid", "refused"]
    words: str
    lines: list[ClaimedLineShape]
    claimed_poisha: int
    paid_poisha: int
    packed_g: int | None
    found_g: int | None
    handed_at: str
    opened_at: str
    due_at: str
    closed_at: str | None
    reference: str | None
    reason: str | None
    photos: list[str]


class ClaimsShape(Shape):
    """Claims."""

    claims: list[ClaimOnCourierShape]
