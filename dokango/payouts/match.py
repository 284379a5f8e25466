"""A payout matched parcel by parcel: what was paid, what is short, over, missing, paid twice, not ours or came back.

Of each line as much goes onto its order as is owed there; what is paid beyond that, or for parcels that are not ours,
arrives at the bank too and waits in an account of its own until it is cleared up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dokango.couriers.kind.status import goods_come_back
from dokango.couriers.parcels.told_payouts import parcels_in
from dokango.db import Tx
from dokango.money import POISHA_PER_TAKA, taka
from dokango.orders.lifecycle.decisions.payout import least_amount
from dokango.orders.lifecycle.settled.riders_cash import is_rounding
from dokango.payouts.compensated import with_claim
from dokango.payouts.findings import ChargeVerdict, Finding, Matched, Verdict
from dokango.payouts.known import HeldParcel, Known, KnownParcel, held_parcels, known_parcels
from dokango.payouts.statement import StatedLine, Statement

_LEFT_OUT = "It was delivered before others that are paid here, and is not among them."


def match(tx: Tx, statement: Statement) -> Matched:
    """`statement` beside what the shop knows in this snapshot; nothing is written."""
    known = known_parcels(tx, statement.courier, statement.lines)
    told = parcels_in(tx, statement.courier, statement.called)
    held = [replace(one, told_in=one.shipment_id in told) for one in held_parcels(tx, statement.courier)]
    found = _matched(statement, known, held)
    if not statement.either_way:
        return found
    other = _matched(statement.after_charges(), known, held)
    return other if _fits(other) > _fits(found) else found


def _matched(statement: Statement, known: Known, held: list[HeldParcel]) -> Matched:
    seen: set[int] = set()
    claimed: set[int] = set()
    lines = [line.settled() for line in statement.lines]
    findings = [with_claim(_finding(line, known, seen), known.of(line), claimed) for line in lines]
    findings += _missing(findings, held, seen)
    return Matched(statement, findings, _unexplained(statement, findings))


def _unexplained(statement: Statement, findings: list[Finding]) -> int:
    """What it paid in all less what its lines say; 0 where one of the sums that it states fits, or none is stated."""
    lines = sum(f.stated.came_poisha for f in findings if f.verdict not in (Verdict.NO_NAME, Verdict.UNREADABLE))
    if not statement.stated_poisha or lines in statement.stated_poisha:
        return 0
    return statement.stated_poisha[0] - lines


def _fits(matched: Matched) -> int:
    return sum(f.verdict is Verdict.PAID for f in matched.findings)


def _finding(line: StatedLine, known: Known, seen: set[int]) -> Finding:
    if line.wrong:
        return Finding(line, Verdict.UNREADABLE, f"{line.wrong} Nothing of this line is booked.")
    if not line.names:
        return Finding(line, Verdict.NO_NAME, "No parcel is named here, so nothing of this line is booked.")
    found = known.of(line)
    paid = line.paid_poisha or 0
    if found is None:
        words = "No parcel of yours with this courier has this name."
        return Finding(line, Verdict.NOT_OURS, words, open_poisha=paid)
    if line.is_claim_alone:
        return replace(_about(line, found), verdict=Verdict.CLAIM_PAID)
    if found.parcel.id in seen:
        return replace(_about(line, found), verdict=Verdict.PAID_TWICE, words="It stands in this payout twice.",
                       open_poisha=paid)  # fmt: skip
    seen.add(found.parcel.id)
    return _weighed(line, found)


def _about(line: StatedLine, known: KnownParcel) -> Finding:
    """What a finding says of its parcel, whatever the verdict."""
    parcel = known.parcel
    return Finding(
        line, Verdict.PAID, "", number=known.number, order_id=known.order_id, shipment_id=parcel.id,
        parcel=parcel.invoice, expected_poisha=_expected(known),
        charge_verdict=_charge_verdict(line.charge_poisha, _expected(known)),
    )  # fmt: skip


def _weighed(line: StatedLine, known: KnownParcel) -> Finding:
    """One line of a parcel that we know, against what its courier owes for it."""
    charge, booked = line.charge_poisha, known.parcel.charge_poisha
    more = 0 if charge is None else charge - (booked or 0)
    should = known.owed_poisha - more + _still_to_come(known)
    about = replace(_about(line, known), charge_poisha=charge if charge != booked else None)
    if line.is_bill:
        return replace(about, verdict=Verdict.CHARGE_ALONE, words=_of_charge(about))
    if _is_settled(line, known):
        return _again(about, known, should)
    paid = line.paid_poisha or 0
    amount = (
        paid if paid > 0 and should > 0 and is_rounding(paid - should) else _as_owed(paid, should, charge or booked)
    )
    verdict, words = _verdict(line, known, paid, should)
    said = " ".join(part for part in (line.odd, words or _of_charge(about)) if part)
    return replace(about, verdict=verdict, words=said, amount_poisha=amount, open_poisha=paid - amount)


def _still_to_come(known: KnownParcel) -> int:
    """What the rider of a parcel on its way is about to bring."""
    return known.parcel.cod_poisha if known.status == "shipped" and known.parcel.live else 0


def _is_settled(line: StatedLine, known: KnownParcel) -> bool:
    """Whether the courier owed nothing of this parcel's cash any more, although it pays some."""
    owed, parcel = known.owed_poisha, known.parcel
    received = parcel.cod_poisha - (parcel.charge_poisha or 0) - owed
    is_paid = known.is_delivered and parcel.cod_poisha > 0 and owed <= 0 < received
    return is_paid and (line.collected_poisha or 0) > 0


def _again(about: Finding, known: KnownParcel, should: int) -> Finding:
    if known.paid_by:
        words = f"It was paid already, by {known.paid_by}."
        return replace(about, verdict=Verdict.PAID_TWICE, words=words, charge_poisha=None,
                       open_poisha=about.stated.paid_poisha or 0)  # fmt: skip
    words = "Its payout was booked by hand before; what the charge differs by is put right."
    return replace(about, verdict=Verdict.BY_HAND, words=words, amount_poisha=should)


def _as_owed(paid: int, should: int, charge: int | None) -> int:
    """What of it goes onto the order: never more than is owed, in either direction."""
    return min(paid, max(0, should)) if paid >= 0 else max(paid, least_amount(should, charge or 0))


def _verdict(line: StatedLine, known: KnownParcel, paid: int, should: int) -> tuple[Verdict, str]:
    collected, told = line.collected_poisha or 0, known.parcel.cod_poisha
    if not known.is_delivered and known.status != "shipped":
        return Verdict.RETURNED, _of_one_back(collected, as_owed=paid == should)
    if known.status == "shipped" and collected > 0:
        return Verdict.EARLY, f"Here it is not delivered yet; {taka(collected)} is booked as paid beforehand."
    if not collected and (not told or known.status == "shipped"):
        return (Verdict.CHARGE_ALONE, "") if paid == should else _off(paid, should)
    return _off(paid, should)


def _of_one_back(collected: int, *, as_owed: bool) -> str:
    if collected <= 0:
        return "It came back to you."
    if as_owed:
        return f"It came back to you; {taka(collected)} that was collected at the door is paid."
    return f"It came back, and yet {taka(collected)} is paid for it."


def _off(paid: int, should: int) -> tuple[Verdict, str]:
    difference = paid - should
    if not difference or (paid > 0 and is_rounding(difference)):
        return Verdict.PAID, ""
    if difference < 0:
        return Verdict.SHORT, f"{taka(paid)} is paid, {taka(should)} was owed: {taka(-difference)} is short."
    return Verdict.OVER, f"{taka(paid)} is paid, {taka(should)} was owed: {taka(difference)} is too much."


def _expected(known: KnownParcel) -> int | None:
    parcel = known.parcel
    comes_back = parcel.live and goods_come_back(parcel.status) and known.status == "shipped"
    return parcel.expected_back_poisha if comes_back else parcel.expected_charge_poisha


def _charge_verdict(charge: int | None, expected: int | None) -> ChargeVerdict:
    """Less than a taka is how couriers round."""
    if charge is None:
        return ChargeVerdict.UNSAID
    if expected is None:
        return ChargeVerdict.UNKNOWN
    if abs(charge - expected) < POISHA_PER_TAKA:
        return ChargeVerdict.AGREED
    return ChargeVerdict.MORE if charge > expected else ChargeVerdict.LESS


def _of_charge(about: Finding) -> str:
    """What is to be said of a charge that is not as agreed."""
    charge, expected = about.stated.charge_poisha, about.expected_poisha
    if about.charge_verdict not in (ChargeVerdict.MORE, ChargeVerdict.LESS) or charge is None or expected is None:
        return ""
    word = "more" if charge > expected else "less"
    return f"The charge is {taka(abs(charge - expected))} {word} than the expected {taka(expected)}."


def _missing(findings: list[Finding], held: list[HeldParcel], seen: set[int]) -> Iterator[Finding]:
    """Parcels whose cash the courier had before the last one that it pays here, or that it said it would pay here."""
    paid = {f.shipment_id for f in findings if f.verdict in (Verdict.PAID, Verdict.SHORT, Verdict.OVER)}
    last = max((parcel.delivered_at for parcel in held if parcel.shipment_id in paid), default=-1)
    for parcel in held:
        if (parcel.told_in or parcel.delivered_at <= last) and parcel.shipment_id not in seen:
            line = StatedLine(0, invoice=parcel.name)
            words = "Its notice named this payout, and it is not in it." if parcel.told_in else _LEFT_OUT
            yield Finding(line, Verdict.MISSING, words, number=parcel.number, order_id=parcel.order_id,
                          shipment_id=parcel.shipment_id, parcel=parcel.name)  # fmt: skip
