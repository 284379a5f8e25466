"""A claim beside what was found in the wallet: everything that does not fit is said before anyone books it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from dokango.clock import US_PER_DAY, said
from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.money import MOST_POISHA, parse_taka, taka
from dokango.payments.messages import WalletMessage
from dokango.payments.methods import said_method
from dokango.payments.trx_ids import normalise, shape_warning
from dokango.payments.trx_owner import claimed_elsewhere, owner_of
from dokango.people.phones import normalise_phone, said_phone

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One comparison: `level` is good, warn or bad (bad: the click would be refused), about "trx", "sender", …"""

    about: str
    level: str
    words: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What staff typed or pasted of a payment, as they typed it."""

    method: str
    transaction_id: str
    amount: str
    sender: str = ""


class Owed(Protocol):
    """What is compared of an order."""

    @property
    def id(self) -> int: ...
    @property
    def phone(self) -> str: ...
    @property
    def due_poisha(self) -> int: ...
    @property
    def placed_at(self) -> int: ...


class Claimed(Protocol):
    """What a customer said of a payment."""

    @property
    def method(self) -> str: ...
    @property
    def trx_id(self) -> str: ...
    @property
    def sender(self) -> str: ...


def check_claim(
    tx: Tx, order: Owed, claim: Claimed | None, typed: Typed, message: WalletMessage | None = None
) -> list[Finding]:
    """Compare the claim (or None), what was typed, and a pasted message with the order. Nothing is written."""
    findings = [
        *_about_trx_id(tx, order, claim, typed),
        *_about_amount(order, typed),
        *_about_sender(claim, typed),
    ]
    return findings if message is None else [*findings, *_about_message(order, claim, typed, message)]


def amount_words(due_poisha: int, amount_poisha: int) -> tuple[str, str]:
    """(level, sentence) of an amount against what is due: exact, short or over, and what follows."""
    short = due_poisha - amount_poisha
    if short == 0:
        return "good", "Exactly what is due."
    if short > 0:
        return "warn", f"{taka(short)} short. {taka(short)} stays due. The customer is told."
    if due_poisha == 0:
        return "warn", f"Nothing is due: all of {taka(amount_poisha)} becomes a refund due."
    return "warn", f"{taka(-short)} over. {taka(-short)} becomes a refund due."


def _about_trx_id(tx: Tx, order: Owed, claim: Claimed | None, typed: Typed) -> list[Finding]:
    if not typed.transaction_id.strip():
        return [Finding("trx", "bad", "Type the TrxID that the wallet shows.")]
    try:
        trx_id = normalise(typed.transaction_id)
    except InvalidInput as error:
        return [Finding("trx", "bad", str(error))]
    owner = owner_of(tx, typed.method, trx_id)
    if owner is not None and owner.order_id != order.id:
        return [Finding("trx", "bad", f"Used before: TrxID {trx_id} {owner.said}.")]
    if owner is not None and owner.settled:
        return [Finding("trx", "bad", f"Used before: TrxID {trx_id} is booked on this order already.")]
    found = [_same_as_claimed(claim, typed, trx_id)]
    others = claimed_elsewhere(tx, typed.method, trx_id, order.id, waiting=True, most=_MOST_NAMED)
    if others:
        found.append(Finding("trx", "warn", f"Also claimed for order #{', #'.join(others)}. Only one can be right."))
    odd = shape_warning(typed.method, trx_id)
    return [*found, Finding("trx", "warn", odd)] if odd else found


def _same_as_claimed(claim: Claimed | None, typed: Typed, trx_id: str) -> Finding:
    if claim is None:
        return Finding("trx", "good", "Not used before. The customer sent no TrxID; you enter it for them.")
    if claim.method != typed.method:
        return Finding("trx", "warn", f"The customer said {said_method(claim.method)}, not this wallet.")
    if claim.trx_id != trx_id:
        return Finding("trx", "warn", f"Another TrxID than the customer's {claim.trx_id}.")
    return Finding("trx", "good", "As the customer said, and not used before.")


def _about_amount(order: Owed, typed: Typed) -> list[Finding]:
    try:
        amount = parse_taka(typed.amount)
    except InvalidInput as error:
        return [Finding("amount", "bad", str(error))]
    if not 0 < amount <= MOST_POISHA:
        return [Finding("amount", "bad", "Type the amount that arrived, more than 0.")]
    return [Finding("amount", *amount_words(order.due_poisha, amount))]


def _about_sender(claim: Claimed | None, typed: Typed) -> list[Finding]:
    if not typed.sender.strip():
        return []
    try:
        sender = normalise_phone(typed.sender)
    except InvalidInput as error:
        return [Finding("sender", "bad", str(error))]
    if claim is not None and claim.sender and claim.sender != sender:
        return [Finding("sender", "warn", f"The customer said it came from {said_phone(claim.sender)}.")]
    return []


def _about_message(order: Owed, claim: Claimed | None, typed: Typed, message: WalletMessage) -> list[Finding]:
    """What the wallet's own words say, line by line."""
    wallet = said_method(message.method)
    expected = (claim.method, claim.trx_id) if claim is not None else (typed.method, _plain(typed.transaction_id))
    same_trx = (message.method, message.trx_id) == expected
    found = [
        Finding("wallet_trx", "good" if same_trx else "warn", f"{wallet} {message.trx_id}"),
        _message_amount(order.due_poisha, message.amount_poisha),
        *_message_time(order, message),
    ]
    claimed = claim.sender if claim is not None else ""
    shown = said_phone(message.sender) if len(message.sender) == 11 else f"…{message.sender}"
    if not claimed:
        fits = message.is_from(order.phone)
        words = f"{shown}, the buyer's number" if fits else f"{shown}; the customer named no number"
        return [*found, Finding("wallet_sender", "good" if fits else "warn", words)]
    fits = message.is_from(claimed)
    return [*found, Finding("wallet_sender", "good" if fits else "warn", shown)]


def _message_amount(due_poisha: int, amount_poisha: int) -> Finding:
    short = due_poisha - amount_poisha
    words = taka(amount_poisha)
    if short:
        words += f" · {taka(abs(short))} {'short' if short > 0 else 'over'}"
    return Finding("wallet_amount", "warn" if short else "good", words)


def _message_time(order: Owed, message: WalletMessage) -> list[Finding]:
    """Money that came long before the order was placed was meant for something else."""
    if message.received_at is None:
        return []
    early = message.received_at < order.placed_at - US_PER_DAY
    words = said(message.received_at) + (", long before this order" if early else "")
    return [Finding("wallet_time", "warn" if early else "good", words)]


def _plain(typed: str) -> str:
    try:
        return normalise(typed)
    except InvalidInput:
        return ""
