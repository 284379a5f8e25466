"""Messages that wallets send to the shop's phone, read for what they say of incoming money.

A message is evidence, not proof: staff paste it beside a customer's claim, and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from dokango.clock import DHAKA, us_of
from dokango.errors import InvalidInput
from dokango.money import MOST_POISHA, parse_taka
from dokango.payments.formats import BALANCE, FEE, REFERENCE, Format
from dokango.payments.methods import METHODS
from dokango.payments.movements import RECEIVED, word_of
from dokango.payments.trx_ids import normalise
from dokango.text import ascii_digits, either, plain

LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class WalletMessage:
    """Money that came in, as the wallet told it. `sender` is a full number, or only its end ("515") for Rocket."""

    method: str
    trx_id: str
    amount_poisha: int
    sender: str
    received_at: int | None = None
    fee_poisha: int = 0
    balance_poisha: int | None = None  # in the wallet, after it
    reference: str = ""  # what the payer wrote
    kind: str = RECEIVED

    def is_from(self, phone: str) -> bool:
        """Whether a normalised phone fits the sender, of whom Rocket shows only the end."""
        return bool(self.sender) and phone.endswith(self.sender)


# What wallets also write, and what it is: looked at in this order, before the formats above.
_NOT_INCOME: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (r"\b(otp|one.?time|verification code|security code|pin\b.*never share)", "a one-time code. Never pass it on"),
        (r"unsuccessful|failed|could not be processed|^sorry", "about something that did not succeed"),
        (r"cash ?back|bonus|reward", "about cashback, not a customer's payment"),
        (r"cash[ -]?out", "about cash taken out"),
        (r"send money|sent to|money sent|has been sent", "about money sent, not received"),
        (
            r"payment (?:of )?(?:tk\S* ?)?[\d,.]* ?(?:is |was )?(?:to|successful to)\b|payment .{0,200} to ",
            "about a payment made",
        ),
        (r"mobile recharge|recharge of|bill pay|add money|request", "not about a customer's payment"),
    )
)


@dataclass(frozen=True, slots=True)
class Read:
    """What a text is: "income" with its message, "not_income" or "not_understood" with why, in a sentence."""

    reading: str
    message: WalletMessage | None = None
    why: str = ""
    moved: WalletMessage | None = None  # what went out, its amount below 0


INCOME, NOT_INCOME, NOT_UNDERSTOOD = "income", "not_income", "not_understood"


def read_message(pasted: str) -> Read:
    """What a wallet's message says; never raises, and never makes money of what it does not know."""
    if len(pasted) > LONGEST:
        return Read(NOT_UNDERSTOOD, why="Paste one message of the wallet's, whole.")
    words = " ".join(ascii_digits(pasted).split())
    if not words:
        return Read(NOT_UNDERSTOOD, why="Paste one message of the wallet's, whole.")
    for method, read in formats_by_method().items():
        match = read.pattern.search(words)
        if match is not None and not _spoilt(words[: match.start()]):
            return _income(method, read, match, words)
    for pattern, meaning in _NOT_INCOME:
        if pattern.search(words):
            why = f"This message is {meaning}. Look for the one that says money was received."
            return Read(NOT_INCOME, why=why, moved=_went_out(words))
    readable = either([METHODS[method].label for method in formats_by_method()])
    return Read(NOT_UNDERSTOOD, why=f"This does not read like a {readable} message. Type what the wallet shows.")


def parse_message(pasted: str, field: str = "message") -> WalletMessage:
    """What a wallet's message says of incoming money; raises InvalidInput under `field`, saying why, for any other."""
    found = read_message(pasted)
    if found.message is None:
        raise InvalidInput({field: found.why})
    return found.message


def formats_by_method() -> dict[str, Format]:
    """The formats that can be read, by the key of the method whose row names them."""
    return {key: method.message for key, method in METHODS.items() if method.message is not None}


def _spoilt(before: str) -> bool:
    """Whether the words before "received" turn its meaning round."""
    return bool(re.search(r"sorry|unsuccessful|failed|request", before, re.IGNORECASE))


def _went_out(words: str) -> WalletMessage | None:
    """Money that left the wallet, where the message says how much; its balance is followed, and it can be booked."""
    for method, read in formats_by_method().items():
        match = read.went_out.search(words) if read.went_out else None
        if match is None or _spoilt(words):
            continue
        found = _income(method, read, match, words).message
        if found is not None:
            kind = word_of(match["kind"]).kind
            return replace(found, amount_poisha=-found.amount_poisha, sender="", reference="", kind=kind)
    return None


def _income(method: str, read: Format, match: re.Match[str], words: str) -> Read:
    sender = re.sub(r"\D", "", match.groupdict().get("sender") or "")
    if len(sender) == 13 and sender.startswith("880"):
        sender = sender[2:]
    said = words[match.start() :]
    try:
        trx_id, amount_poisha = normalise(match["trx"]), parse_taka(match["amount"])
        fee_poisha, balance_poisha = _taka_after(FEE, said) or 0, _taka_after(BALANCE, said)
    except InvalidInput as error:
        return Read(NOT_UNDERSTOOD, why=str(error))
    if not 0 < amount_poisha <= MOST_POISHA:
        return Read(NOT_UNDERSTOOD, why="The amount in this message cannot be.")
    when = _when(match["at"], read.dated)
    message = WalletMessage(
        method, trx_id, amount_poisha, sender, when, fee_poisha, balance_poisha, _reference(said)
    )  # fmt: skip
    return Read(INCOME, message)


def _taka_after(pattern: re.Pattern[str], said: str) -> int | None:
    """The last one: what the payer wrote stands before it."""
    amounts = ["".join(group or "" for group in found.groups()) for found in pattern.finditer(said)]
    return parse_taka(amounts[-1].rstrip(".")) if amounts else None


def _reference(said: str) -> str:
    found = REFERENCE.search(said)
    words = plain(found[1].strip(" .")) if found else ""
    return "" if words.upper() in ("N/A", "NA") else words


def _when(said: str | None, dated: str) -> int | None:
    parse: Callable[[str, str], datetime] = datetime.strptime
    if not said:
        return None
    try:
        return us_of(parse(said, dated).replace(tzinfo=DHAKA))
    except ValueError:
        return None
