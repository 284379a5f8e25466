"""Messages that wallets send to the shop's phone, read for what they say of incoming money.

A message is evidence, not proof: staff paste it beside a customer's claim, and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dokango.clock import DHAKA, us_of
from dokango.errors import InvalidInput
from dokango.money import parse_taka
from dokango.payments.formats import Format
from dokango.payments.methods import METHODS
from dokango.text import ascii_digits, either

LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class WalletMessage:
    """Money that came in, as the wallet told it. `sender` is a full number, or only its end ("515") for Rocket."""

    method: str
    trx_id: str
    amount_poisha: int
    sender: str
    received_at: int | None = None

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
        (r"cash out", "about cash taken out"),
        (r"send money|sent to|money sent|has been sent", "about money sent, not received"),
        (
            r"payment (?:of )?(?:tk\S* ?)?[\d,.]* ?(?:is |was )?(?:to|successful to)\b|payment .{0,200} to ",
            "about a payment made",
        ),
        (r"mobile recharge|recharge of|bill pay|add money|request", "not about a customer's payment"),
    )
)


def parse_message(pasted: str, field: str = "message") -> WalletMessage:
    """What a wallet's message says of incoming money; raises InvalidInput under `field`, saying why, for any other."""
    words = " ".join(ascii_digits(pasted).split())
    if not words or len(words) > LONGEST:
        raise InvalidInput({field: "Paste one message of the wallet's, whole."})
    for method, read in formats_by_method().items():
        match = read.pattern.search(words)
        if match is not None and not _spoilt(words[: match.start()]):
            return _message(method, read, match, field)
    for pattern, meaning in _NOT_INCOME:
        if pattern.search(words):
            raise InvalidInput({field: f"This message is {meaning}. Look for the one that says money was received."})
    readable = either([METHODS[method].label for method in formats_by_method()])
    raise InvalidInput({field: f"This does not read like a {readable} message. Type what the wallet shows."})


def formats_by_method() -> dict[str, Format]:
    """The formats that can be read, by the key of the method whose row names them."""
    return {key: method.message for key, method in METHODS.items() if method.message is not None}


def _spoilt(before: str) -> bool:
    """Whether the words before "received" turn its meaning round."""
    return bool(re.search(r"sorry|unsuccessful|failed|request", before, re.IGNORECASE))


def _message(method: str, read: Format, match: re.Match[str], field: str) -> WalletMessage:
    sender = re.sub(r"\D", "", match["sender"])
    if len(sender) == 13 and sender.startswith("880"):
        sender = sender[2:]
    return WalletMessage(
        method, match["trx"].upper(), parse_taka(match["amount"], field), sender, _when(match["at"], read.dated)
    )


def _when(said: str | None, dated: str) -> int | None:
    parse: Callable[[str, str], datetime] = datetime.strptime
    if not said:
        return None
    try:
        return us_of(parse(said, dated).replace(tzinfo=DHAKA))
    except ValueError:
        return None
