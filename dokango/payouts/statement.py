"""A payout as the courier states it, whatever it was read from: one line a parcel, amounts in poisha."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dokango.money import taka

FILE, API = "file", "api"
# As a courier calls what it pays for a parcel that it lost; a parcel that is lost alone was paid nothing for.
_COMPENSATED = re.compile(r"\b(claims?|compensat\w*|reimburse\w*|(lost|damaged?) paid)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatedLine:
    """One parcel as the courier writes of it; None where it says nothing.

    `collected` is the cash taken at the door, `charge` all that the courier takes for itself, `claim` compensation for
    a parcel that it lost or damaged, `paid` what is left, with or without that. `wrong` is why the line cannot be read,
    `odd` what is strange about its own sums.
    """

    line: int
    invoice: str = ""
    consignment_id: str = ""
    tracking_code: str = ""
    collected_poisha: int | None = None
    charge_poisha: int | None = None
    paid_poisha: int | None = None
    status: str = ""
    wrong: str = ""
    odd: str = ""
    claim_poisha: int | None = None

    @property
    def name(self) -> str:
        """What people find the parcel by."""
        return self.invoice or self.consignment_id or self.tracking_code

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that it is given."""
        return tuple(name for name in (self.consignment_id, self.invoice, self.tracking_code) if name)

    @property
    def came_poisha(self) -> int:
        """All that arrives for it, once its amounts are settled."""
        return (self.paid_poisha or 0) + (self.claim_poisha or 0)

    @property
    def is_claim_alone(self) -> bool:
        """Whether it is compensation and says nothing of cash or charges."""
        return bool(self.claim_poisha) and not (self.collected_poisha or self.charge_poisha or self.paid_poisha)

    def settled(self) -> StatedLine:
        """The line with what follows of its amounts: what was collected less what was paid is what the courier took.

        What it paid is without compensation then.
        """
        return claim_apart(self)._settled()

    def _settled(self) -> StatedLine:
        collected, charge, paid = self.collected_poisha, self.charge_poisha, self.paid_poisha
        if collected is not None and paid is not None:
            took = collected - paid
            odd = "" if charge in (None, took) else f"It says a charge of {taka(charge or 0)}, but keeps {taka(took)}."
            return replace(self, charge_poisha=took if took >= 0 else charge, odd=odd)
        if collected is not None:
            return replace(self, paid_poisha=collected - (charge or 0))
        if paid is not None and charge is not None:
            return replace(self, collected_poisha=paid + charge)
        return self

    @property
    def is_bill(self) -> bool:
        """Whether it says what the parcel costs and nothing of cash."""
        return self.collected_poisha is None and self.paid_poisha is None and self.charge_poisha is not None


@dataclass(frozen=True, slots=True)
class Statement:
    """A payout or a bill of one courier, by its name in the books. `stated` are the sums it may have paid in all.

    `either_way`: nobody says whether its `collected` amounts are before charges or after; the parcels tell.
    """

    courier: str
    reference: str
    source: str
    name: str
    lines: Sequence[StatedLine]
    stated_poisha: tuple[int, ...] = ()
    either_way: bool = False

    @property
    def digest(self) -> str:
        """The same for the same lines in any order, from whatever file or call they came."""
        lines = sorted(
            [line.invoice, line.consignment_id, line.tracking_code, line.collected_poisha, line.charge_poisha,
             line.paid_poisha, *([line.claim_poisha] if line.claim_poisha else [])]
            for line in self.lines
        )  # fmt: skip
        return hashlib.sha256(json.dumps(lines, default=str).encode()).hexdigest()

    @property
    def called(self) -> str:
        """Its number; one that has none is told by what is in it."""
        return self.reference or f"{self.source} {self.digest[:10]}"

    def after_charges(self) -> Statement:
        """The other reading: what it calls collected is what it paid."""
        lines = [
            line if line.claim_poisha else replace(line, paid_poisha=line.collected_poisha, collected_poisha=None)
            for line in self.lines
        ]
        return replace(self, lines=lines, either_way=False)


def claim_apart(line: StatedLine) -> StatedLine:
    """The line with compensation in a place of its own.

    A status that speaks of compensation says that what the line pays is that. Where there is a column for it, what was
    paid holds it too, unless cash less charge makes what was paid already.
    """
    collected, charge, paid = line.collected_poisha or 0, line.charge_poisha or 0, line.paid_poisha
    if line.claim_poisha is None:
        gross = collected or (paid or 0) + charge
        if gross <= 0 or not _COMPENSATED.search(line.status):
            return line
        took = -charge if charge else None
        return replace(line, claim_poisha=gross, collected_poisha=0 if charge else None, paid_poisha=took)
    if not paid or (paid == collected - charge and (collected or charge)):
        return line
    return replace(line, paid_poisha=paid - line.claim_poisha)
