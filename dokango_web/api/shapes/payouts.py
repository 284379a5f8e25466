"""What is answered of couriers' payouts."""

from __future__ import annotations

from typing import Literal

from dokango_web.api.shapes.base import Shape


class BookedPayoutShape(Shape):
    """One payout as it was booked; `open_poisha` is what of it belonged to no parcel of the shop's."""

    id: int
    courier: str
    reference: str
    source: Literal["file", "api"]
    name: str | None
    amount_poisha: int
    charges_poisha: int
    open_poisha: int
    parcels: int
    differences: int
    booked_by: str
    booked_at: str


class PayoutLineShape(Shape):
    """What was found of one line; `amount_poisha` went onto its order, amounts are null where the courier said none."""

    line: int
    name: str
    order: str | None
    verdict: str
    charge_verdict: str | None
    words: str
    collected_poisha: int | None
    charge_poisha: int | None
    paid_poisha: int | None
    amount_poisha: int
    open_poisha: int
    claim_poisha: int


class PayoutsShape(Shape):
    """A page of payouts, newest first."""

    payouts: list[BookedPayoutShape]
    next_cursor: str | None


class PayoutShape(BookedPayoutShape):
    """One payout with a page of its lines, in the order of its file."""

    lines: list[PayoutLineShape]
    next_cursor: str | None


class ToldPayoutShape(Shape):
    """A payout that a courier tells of and nobody booked; null what it does not say."""

    id: str
    amount_poisha: int | None
    paid_at: str | None
    status: str


class ToldPayoutsShape(Shape):
    """What a courier tells of, a page of its own list, the newest first."""

    courier: str
    payouts: list[ToldPayoutShape]
    older: bool


class HeardPayoutShape(Shape):
    """A payout that waits to be looked at; `parcels` that it is said to hold, `cod_poisha` what their riders were told
    to collect. Null what the courier does not say."""

    id: int
    courier: str
    reference: str
    source: Literal["api", "notice"]
    amount_poisha: int | None
    paid_at: str | None
    status: str
    parcels: int
    cod_poisha: int
    heard_at: str


class HeardPayoutsShape(Shape):
    """A page of them, newest first."""

    payouts: list[HeardPayoutShape]
    next_cursor: str | None


class SetAsideShape(Shape):
    """The one that was set aside."""

    id: int


class OpenSumShape(Shape):
    """A sum that belongs to no parcel yet; below 0 the courier took it. Without a name: beyond the payout's lines."""

    id: int
    courier: str
    left_poisha: int
    payout: int
    reference: str
    name: str | None
    verdict: str | None
    words: str
    booked_at: str


class OpenSumsShape(Shape):
    """A page of sums to be cleared up, the oldest first."""

    open_sums: list[OpenSumShape]
    next_cursor: str | None


class ClearedPostingShape(Shape):
    """One posting that was made."""

    debit: str
    credit: str
    amount_poisha: int


class ClearedShape(Shape):
    """So much of a sum was cleared up, and what is left of it."""

    id: int
    amount_poisha: int
    left_poisha: int
    order: str | None
    parcel: str | None
    postings: list[ClearedPostingShape]
