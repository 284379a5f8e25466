"""What a column of a courier's payout file can be, and what it is likely to be by its heading."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dokango.importing.arranging import LEFT_OUT, Choice, arranged
from dokango.importing.columns import holds_something
from dokango.importing.table_file import Sheet

INVOICE, CONSIGNMENT, TRACKING = "invoice", "consignment", "tracking"
COLLECTED, PAID, CLAIM, STATUS = "collected", "paid", "claim", "status"
CHARGES = ("charge", "cod charge", "return charge", "other charge")
DISCOUNT = "discount"
PLACES: Mapping[str, str] = {
    LEFT_OUT: "Leave out",
    INVOICE: "Your parcel name or order number", CONSIGNMENT: "Courier's parcel id", TRACKING: "Tracking code",
    COLLECTED: "Collected from the customer", "charge": "Delivery charge", "cod charge": "COD charge",
    "return charge": "Return charge", "other charge": "Other charge", DISCOUNT: "Discount on the charges",
    PAID: "Paid out for it", CLAIM: "Compensation for a lost or damaged parcel", STATUS: "Status",
}  # fmt: skip
NAMES = (INVOICE, CONSIGNMENT, TRACKING)
# The first that the folded heading fits; what stands before decides: "cod charge" is a charge, "cod amount" is cash.
_LIKELY = (
    (
        CLAIM,
        r"(?!.*\b(id|no|number|ref(erence)?|status|date|charge|fee)\b).*\b(claims?|compensations?|reimbursements?)\b.*",
    ),
    (DISCOUNT, r"discount|promo"),
    ("cod charge", r"cod (charge|fee|%)|collection (charge|fee)"),
    ("return charge", r"return (charge|fee)"),
    ("charge", r"(delivery|shipping|service)? ?(charge|fee|cost)s?|bill"),
    ("other charge", r"(additional|other|extra|weight) (charge|fee)s?"),
    (PAID, r"(net |total )?(payable|pay ?out|paid|disbursed|receivable|net|payment)( amount)?"),
    (COLLECTED, r"(collected|collectable|collection|cod|cash)( collected)?( amount)?|amount( collected)?"),
    (INVOICE, r"(merchant )?(invoice|order)( ?(id|no|number|ref(erence)?))?|merchant order id|reference"),
    (CONSIGNMENT, r"(consignment|parcel)( ?(id|no|number))?"),
    (TRACKING, r"tracking( ?(id|code|no|number))?"),
    (STATUS, r"(delivery |parcel )?status"),
)


def asked(sheet: Sheet) -> list[str]:
    """The folded headings of every column that holds something."""
    return [heading for heading in sheet.headings if holds_something(sheet, heading)]


def likely(sheet: Sheet) -> dict[str, str]:
    """What each column is likely to be, each place once."""
    found: dict[str, str] = {}
    for heading in asked(sheet):
        bare = re.sub(r"[^a-z%]+", " ", heading[:80]).strip()
        place = next((place for place, words in _LIKELY if re.fullmatch(words, bare)), LEFT_OUT)
        if place not in found.values():
            found[heading] = place
    return found


def placed(sheet: Sheet, choice: Choice) -> Sheet:
    """The sheet with its columns where `choice` puts them. Raises InvalidInput, under the heading."""
    return arranged(sheet, asked(sheet), PLACES, choice, {})


def problem_of(sheet: Sheet) -> str:
    """Why an arranged sheet is no payout and no bill yet; "" when it is one."""
    held = set(sheet.headings)
    if not held & set(NAMES):
        return "Say which column names the parcel: your name for it, the courier's id, or the tracking code."
    if not held & {COLLECTED, CLAIM, *CHARGES}:
        return "Say which column is what was collected, which is the charge, or which the compensation."
    return ""
