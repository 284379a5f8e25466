"""Compensation in a payout: it settles the claim of its parcel, once; without an open claim it is nobody's yet."""

from __future__ import annotations

from dataclasses import replace

from dokango.money import taka
from dokango.payouts.findings import AS_EXPECTED, Finding, Verdict
from dokango.payouts.known import KnownParcel

_NOT_READ = (Verdict.UNREADABLE, Verdict.NO_NAME)


def with_claim(finding: Finding, known: KnownParcel | None, claimed: set[int]) -> Finding:
    """`finding` of a line's cash, with what becomes of its compensation; `claimed` are the claims that it found."""
    amount = finding.stated.claim_poisha or 0
    if not amount or finding.verdict in _NOT_READ:
        return finding
    if known is None:
        return replace(finding, open_poisha=finding.open_poisha + amount)
    claim = known.claim
    if claim is None or not claim.is_open or claim.id in claimed or amount < 0:
        verdict, words = _nobodys(known, claimed)
        return _said(replace(finding, open_poisha=finding.open_poisha + amount), verdict, words)
    claimed.add(claim.id)
    settled = replace(finding, claim_id=claim.id, claim_poisha=amount)
    if amount >= claim.claimed_poisha:
        return _said(settled, Verdict.CLAIM_PAID, f"It settles the claim of {taka(claim.claimed_poisha)}.")
    words = f"{taka(amount)} of {taka(claim.claimed_poisha)}: the claim is closed as paid in part."
    return _said(settled, Verdict.CLAIM_IN_PART, words)


def _nobodys(known: KnownParcel, claimed: set[int]) -> tuple[Verdict, str]:
    claim = known.claim
    if claim is not None and claim.id in claimed:
        return Verdict.PAID_TWICE, "Its compensation stands in this payout twice."
    if claim is not None and claim.paid_poisha:
        by = f", by {claim.reference}" if claim.reference else ""
        return Verdict.PAID_TWICE, f"Its claim was paid already{by}."
    words = "No claim of this parcel is open. Open one on its order first, and the money goes against the loss."
    return Verdict.NO_CLAIM, words


def _said(finding: Finding, verdict: Verdict, words: str) -> Finding:
    """What is wrong with the cash of the line stands before what is said of its compensation."""
    if not finding.stated.is_claim_alone and finding.verdict not in AS_EXPECTED:
        verdict = finding.verdict
    return replace(finding, verdict=verdict, words=" ".join(part for part in (finding.words, words) if part))
