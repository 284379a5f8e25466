"""The SMS gateways that are known here, one row each, and any other by an address and a pattern.

To add one: a row in GATEWAYS. `{to}` is 8801XXXXXXXXX, `{id}` ours (the same for the same message), `{text}` the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import re2

from dokango.notify import sms_reading
from dokango.notify.sms_reading import LONGEST_ANSWER, Reader, Verdict

FORM = "token={key}&to={to}&message={text}"


@dataclass(frozen=True, slots=True)
class Gateway:
    """How one is called: a form as name=value pairs, or JSON; both with placeholders."""

    key: str
    name: str
    url: str
    body: str
    read: Reader
    method: Literal["POST", "GET"] = "POST"
    knows_ours: bool = False  # the same {id} again is the same message there: a lost answer may be asked for again


GATEWAYS: tuple[Gateway, ...] = (
    Gateway(
        "bulksmsbd", "BulkSMSBD", "https://bulksmsbd.net/api/smsapi",
        "api_key={key}&type=text&number={to}&senderid={sender}&message={text}", sms_reading.BULKSMSBD,
    ),
    Gateway(
        "smsnetbd", "sms.net.bd (Alpha)", "https://api.sms.net.bd/sendsms",
        "api_key={key}&msg={text}&to={to}&sender_id={sender}", sms_reading.sms_net_bd,
    ),
    Gateway(
        "ssl", "SSL Wireless iSMS Plus", "https://smsplus.sslwireless.com/api/v3/send-sms",
        '{"api_token":"{key}","sid":"{sender}","msisdn":"{to}","sms":"{text}","csms_id":"{id}"}',
        sms_reading.ssl_wireless, knows_ours=True,
    ),
    Gateway(
        "mim", "MiM SMS", "https://api.mimsms.com/api/SmsSending/SMS",
        '{"UserName":"{user}","Apikey":"{key}","MobileNumber":"{to}","SenderName":"{sender}","TransactionType":"T",'
        '"CampaignId":"null","Message":"{text}"}',
        sms_reading.mim_sms,
    ),
    Gateway("greenweb", "Greenweb", "https://api.greenweb.com.bd/api.php?json", FORM, sms_reading.greenweb),
)  # fmt: skip
OTHER = "other"


def known_gateway(key: str) -> Gateway | None:
    """The row of a preset; None for any other gateway."""
    return next((row for row in GATEWAYS if row.key == key), None)


def choices() -> list[tuple[str, str]]:
    """What the owner may choose, as (key, words)."""
    return [("", "None"), *((row.key, row.name) for row in GATEWAYS), (OTHER, "Another one")]


def matching(pattern: str) -> Reader:
    """A reader for a gateway that only its owner knows: what the pattern finds is accepted, all else comes later.

    Without a pattern an HTTP status of 2xx is accepted. RE2 cannot be held up by any pattern or answer.
    """

    def read(status: int, body: str) -> Verdict:
        said = " ".join(body[:200].split())
        if re2.search(pattern, body[:LONGEST_ANSWER]) if pattern else 200 <= status < 300:
            return Verdict("accepted")
        return Verdict("later", f"The gateway did not take it ({status}): {said}")

    return read


def is_pattern(pattern: str) -> bool:
    """Whether it can be read."""
    try:
        re2.compile(pattern)
    except re2.error:
        return False
    return True
