"""What can be found of a line of a payout, and the words for it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dokango.payouts.statement import StatedLine, Statement


class Verdict(StrEnum):
    """How a line stands to what we know."""

    PAID = "paid"
    CHARGE_ALONE = "charge_alone"
    SHORT = "short"
    OVER = "over"
    EARLY = "early"
    RETURNED = "returned"
    PAID_TWICE = "paid_twice"
    BY_HAND = "by_hand"
    CLAIM_PAID = "claim_paid"
    CLAIM_IN_PART = "claim_in_part"
    NO_CLAIM = "no_claim"
    NOT_OURS = "not_ours"
    NO_NAME = "no_name"
    UNREADABLE = "unreadable"
    MISSING = "missing"


class ChargeVerdict(StrEnum):
    """How the charge stands to the expected one."""

    AGREED = "agreed"
    MORE = "more"
    LESS = "less"
    UNKNOWN = "unknown"
    UNSAID = ""


LABELS = {
    Verdict.PAID: "Paid", Verdict.CHARGE_ALONE: "Charge alone", Verdict.SHORT: "Short", Verdict.OVER: "Over",
    Verdict.EARLY: "Not delivered here yet", Verdict.RETURNED: "Came back", Verdict.PAID_TWICE: "Paid twice",
    Verdict.BY_HAND: "Booked by hand before", Verdict.NOT_OURS: "Not ours", Verdict.NO_NAME: "Names no parcel",
    Verdict.CLAIM_PAID: "Claim paid", Verdict.CLAIM_IN_PART: "Claim paid in part",
    Verdict.NO_CLAIM: "Nothing was claimed", Verdict.UNREADABLE: "Cannot be read", Verdict.MISSING: "Missing",
}  # fmt: skip
AS_EXPECTED = frozenset((Verdict.PAID, Verdict.CHARGE_ALONE, Verdict.RETURNED, Verdict.BY_HAND, Verdict.CLAIM_PAID))


@dataclass(frozen=True, slots=True)
class Finding:
    """One line, or a parcel that is missing. `amount` and `charge` go onto the order, `open` is nobody's yet.

    `charge` is None where nothing new is booked of it; `expected` is what the tariff says. `claim` goes against the
    loss that the claim `claim_id` is for.
    """

    stated: StatedLine
    verdict: Verdict
    words: str
    charge_verdict: ChargeVerdict = ChargeVerdict.UNSAID
    number: str = ""
    order_id: int | None = None
    shipment_id: int | None = None
    parcel: str = ""
    expected_poisha: int | None = None
    charge_poisha: int | None = None
    amount_poisha: int = 0
    open_poisha: int = 0
    claim_id: int | None = None
    claim_poisha: int = 0

    @property
    def is_difference(self) -> bool:
        """Whether somebody should look at it."""
        return (
            self.verdict not in AS_EXPECTED
            or self.charge_verdict in (ChargeVerdict.MORE, ChargeVerdict.LESS)
            or bool(self.open_poisha)
            or bool(self.stated.odd)
        )

    @property
    def posts(self) -> bool:
        """Whether booking it writes anything on an order, its claim apart."""
        return bool(self.amount_poisha) or self.charge_poisha is not None


@dataclass(frozen=True, slots=True)
class Matched:
    """A whole payout beside what we know. `unexplained` is what it paid in all beyond (below 0: short of) its lines."""

    statement: Statement
    findings: Sequence[Finding]
    unexplained_poisha: int = 0

    @property
    def amount_poisha(self) -> int:
        """What arrives at the bank by booking it."""
        return sum(f.amount_poisha + f.claim_poisha + f.open_poisha for f in self.findings) + self.unexplained_poisha

    @property
    def open_poisha(self) -> int:
        """What of it belongs to no parcel yet."""
        return sum(f.open_poisha for f in self.findings) + self.unexplained_poisha

    @property
    def charges_poisha(self) -> int:
        """What the courier takes for itself, by its own lines."""
        return sum(f.stated.charge_poisha or 0 for f in self.findings)

    @property
    def counts(self) -> Counter[Verdict]:
        """How many lines of each verdict."""
        return Counter(f.verdict for f in self.findings)

    @property
    def differences(self) -> list[Finding]:
        """The lines that somebody should look at."""
        return [f for f in self.findings if f.is_difference]

    @property
    def print(self) -> str:
        """The same while it would book the same."""
        booked = [
            (
                f.stated.line,
                f.verdict.value,
                f.order_id,
                f.shipment_id,
                f.charge_poisha,
                f.amount_poisha,
                f.open_poisha,
                f.claim_id,
                f.claim_poisha,
            )
            for f in self.findings
        ]
        whole = repr((self.statement.courier, self.statement.called, self.unexplained_poisha, booked))
        return hashlib.sha256(whole.encode()).hexdigest()[:32]
