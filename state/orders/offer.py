"""What the verify dialog shows of one order: its claim, and what was found in the wallet weighed against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dokango.clock import age_words, said
from dokango.db import Tx
from dokango.money import parse_taka, taka
from dokango.orders.book import rows
from dokango.orders.reading import lists
from dokango.orders.reading.evidence import EXACT, match
from dokango.payments.check_claim import Finding, Typed, check_claim
from dokango.payments.evidence import EvidenceRow, by_trx_id
from dokango.payments.messages import WalletMessage
from dokango.payments.methods import METHODS, claimable, said_method
from dokango.payments.wallet_photos import Photo, photos_of_line, photos_of_order
from dokango.people.phones import said_phone
from dokango.shop.profile import load_profile

NO_CLAIM = dict.fromkeys(("method", "trx_id", "sender", "sender_said", "age", "exact", "where"), "")
NO_EVIDENCE = "Paste the wallet's message, or type the amount that you see in the wallet."


@dataclass(frozen=True, slots=True)
class Offer:
    """One order as it is offered: what the customer says, and nothing of the wallet's but which one to look into."""

    number: str
    version: int
    position: str
    claim: dict[str, str]
    due: str
    total: str
    method: str
    photos: tuple[Photo, ...] = ()  # beside the claim, then beside the wallet's line about it
    told: EvidenceRow | None = None  # what the wallet said of this very claim, when all of it fits


@dataclass(frozen=True, slots=True)
class Weighed:
    """What does not fit, and what the click would do. `blocked` says why it would do nothing."""

    about_claim: list[dict[str, str]]  # of the customer's TrxID, before anybody has looked into the wallet
    findings: list[dict[str, str]]
    wallet_says: list[dict[str, str]]
    amount_level: str
    amount_words: str
    blocked: str
    button: str
    forgivable: str  # what is short, while the owner lets so much be forgiven
    doubtful: bool  # something does not fit, although it could be booked


def offered(tx: Tx, number: str, now: int) -> Offer:
    """The order of `number` with the claim that waits on it. Raises NotFound."""
    order = rows.by_number(tx, number)
    claim = rows.waiting_claim(tx, order.id)
    position = ""
    if order.claim_waits:
        at, of = lists.position_in(tx, "to_verify", order)
        position = f"{at} of {of} to verify"
    words = NO_CLAIM if claim is None else {
        "method": said_method(claim.method), "trx_id": claim.trx_id, "sender": claim.sender,
        "sender_said": said_phone(claim.sender) if claim.sender else "not said",
        "age": age_words(claim.claimed_at, now), "exact": said(claim.claimed_at),
        "where": METHODS[claim.method].app_hint,
    }  # fmt: skip
    known = claimable()
    method = claim.method if claim else order.payment_method if order.payment_method in known else next(iter(known))
    return Offer(
        order.number, order.version, position, words, taka(order.due_poisha), taka(order.total_poisha), method,
        _photos(tx, order.id, claim), _told(tx, order.number, claim),
    )  # fmt: skip


def _photos(tx: Tx, order_id: int, claim: rows.ClaimRow | None) -> tuple[Photo, ...]:
    line = by_trx_id(tx, claim.method, claim.trx_id) if claim else None
    return (*photos_of_order(tx, order_id), *(photos_of_line(tx, line.id) if line else ()))


def _told(tx: Tx, number: str, claim: rows.ClaimRow | None) -> EvidenceRow | None:
    """The wallet's line about this claim where it fits whole: wallet, TrxID, sender and amount."""
    line = by_trx_id(tx, claim.method, claim.trx_id) if claim else None
    found = match(tx, line) if line else None
    return line if line and found and (found.order, found.verdict) == (number, EXACT) else None


def weighed(tx: Tx, number: str, typed: Typed, message: WalletMessage | None, *, given: bool) -> Weighed:
    """What was found in the wallet beside the order; before evidence is `given`, only the customer's own TrxID is."""
    order = rows.by_number(tx, number)
    claim = rows.waiting_claim(tx, order.id)
    if given:
        most = load_profile(tx).forgive_most_poisha
        return _with_evidence(check_claim(tx, order, claim, typed, message), typed, order.due_poisha, most)
    trx_id = typed.transaction_id or (claim.trx_id if claim else "")
    found = check_claim(tx, order, claim, Typed(typed.method, trx_id, "", typed.sender)) if trx_id else []
    odd = [f for f in found if f.about in ("trx", "sender") and f.level != "good"]
    about_typed = bool(typed.transaction_id or typed.sender)
    return Weighed(
        about_claim=[] if about_typed else _said(odd),
        findings=_said(odd) if about_typed else [],
        wallet_says=[],
        amount_level="",
        amount_words="",
        blocked=_first_bad(odd) or NO_EVIDENCE,
        button="Mark as received",
        forgivable="",
        doubtful=False,
    )


def _with_evidence(found: Sequence[Finding], typed: Typed, due_poisha: int, most_poisha: int) -> Weighed:
    amount = next(f for f in found if f.about == "amount")
    return Weighed(
        about_claim=[],
        findings=_said([f for f in found if f.about in ("trx", "sender")]),
        wallet_says=_said([f for f in found if f.about.startswith("wallet_")]),
        amount_level=amount.level,
        amount_words=amount.words,
        blocked=_first_bad(found),
        button=f"Mark {taka(parse_taka(typed.amount))} received" if amount.level != "bad" else "Mark as received",
        forgivable=_forgivable(due_poisha - parse_taka(typed.amount), most_poisha) if amount.level != "bad" else "",
        doubtful=any(f.level != "good" for f in found),
    )


def _forgivable(short_poisha: int, most_poisha: int) -> str:
    return taka(short_poisha) if 0 < short_poisha <= most_poisha else ""


def _first_bad(found: Sequence[Finding]) -> str:
    return next((f.words for f in found if f.level == "bad"), "")


def _said(found: Sequence[Finding]) -> list[dict[str, str]]:
    return [_finding(one) for one in found]


def _finding(found: Finding) -> dict[str, str]:
    about = found.about.removeprefix("wallet_")
    label = {"trx": "TrxID", "sender": "from", "time": "at"}.get(about, about)
    return {"about": about, "label": label, "level": found.level, "words": found.words}
