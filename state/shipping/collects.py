"""What a rider was told to collect and what they should, in words: for the order's page and the parcel's drawer."""

from __future__ import annotations

from dokango.couriers.parcels.shipments import ParcelRow, told_poisha
from dokango.money import taka
from dokango.orders.cases.amounts import whom_to_call, words_to_copy

NOTHING_ASKED = dict.fromkeys(
    ("told", "should", "whom", "to_copy", "told_poisha", "should_poisha", "lowered", "anyway"), ""
)


def asked_in_words(parcel: ParcelRow | None) -> dict[str, str]:
    """Both amounts, the words to copy and the answers, while it is open which happened; all "" otherwise."""
    if parcel is None or parcel.live != 1 or parcel.asked_cod_poisha is None:
        return NOTHING_ASKED
    told, should = told_poisha(parcel), parcel.asked_cod_poisha
    return {
        "told": taka(told),
        "should": taka(should),
        "whom": whom_to_call(parcel),
        "to_copy": words_to_copy(parcel, should),
        "told_poisha": str(told),
        "should_poisha": str(should),
        "lowered": f"The courier was told: collects {taka(should)}",
        "anyway": f"Collected {taka(told)} anyway",
    }
