"""What an SMS gateway's answer means: accepted, refused, or later. Most answer HTTP 200 to everything: the body counts.

Codes of the gateways: from their own pages and client packages. A code that is not listed never counts as sent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["accepted", "number", "words", "owner", "later", "uncertain"]
LONGEST_ANSWER = 4_000
_ADDRESS = "The gateway does not accept messages from this server's address; add the address in its panel."
_BANGLA = "The gateway wants texts under this sender name to be in Bangla."
_KEY = "The gateway refuses the key or the account."
_SENDER = "The gateway refuses the sender name or number."
_MONEY = "The balance at the gateway is used up."
_LEADING_CODE = re.compile(r"-?[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`owner` is a refusal that the owner must mend, `number` and `words` are of this message alone."""

    outcome: Outcome
    why: str = ""
    gateway_id: str = ""


Reader = Callable[[int, str], Verdict]


def by_codes(code_at: tuple[str, ...], codes: Mapping[str, tuple[Outcome, str]], id_at: tuple[str, ...]) -> Reader:
    """A reader of JSON answers with a code at the first of the names `code_at` that is there."""

    def read(status: int, body: str) -> Verdict:
        answer = _opened(body)
        code = next((str(answer[name]) for name in code_at if answer.get(name) is not None), "")
        if not code and (bare := _LEADING_CODE.match(body.strip())):
            code = bare[0]
        if code in codes:
            outcome, why = codes[code]
            found_id = next((str(answer[name]) for name in id_at if answer.get(name)), "")
            return Verdict(outcome, why, found_id if outcome == "accepted" else "")
        return _unknown(status, body)

    return read


def _unknown(status: int, body: str) -> Verdict:
    said = " ".join(body[:200].split())
    if status >= 500 or status == 429:
        return Verdict("later", f"The gateway asks for patience ({status}).")
    if status in (401, 403):
        return Verdict("owner", f"{_KEY} It said: {said}")
    if status >= 400:
        return Verdict("number", f"The gateway refused the message ({status}): {said}")
    return Verdict(
        "uncertain", f"The gateway's answer is not understood, so it is not known whether it sent it: {said}"
    )


def _opened(body: str) -> dict[str, object]:
    """The answer's fields, with those of `data`, `smsinfo[0]` or a list's first one beside them."""
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    if isinstance(answer, list):
        answer = answer[0] if answer else {}
    if not isinstance(answer, dict):
        return {"code": answer} if isinstance(answer, int) else {}
    deeper = answer.get("data") or answer.get("smsinfo")
    deeper = deeper[0] if isinstance(deeper, list) and deeper else deeper
    return {**(deeper if isinstance(deeper, dict) else {}), **answer}


BULKSMSBD = by_codes(
    ("response_code", "status_code", "code"),
    {
        "202": ("accepted", ""),
        "1001": ("number", "The gateway says that this is no number."),
        "1003": ("words", "The gateway says that a field is missing."),
        "1004": ("words", "The gateway blocks words of this text."),
        "1005": ("later", "The gateway has a fault of its own."),
        "1006": ("owner", "The balance at the gateway is no longer valid."),
        "1007": ("owner", _MONEY),
        "1012": ("owner", _BANGLA),
        "1032": ("owner", _ADDRESS),
        **dict.fromkeys(("1002", "1013", "1014", "1015", "1016", "1017", "1019", "1021"), ("owner", _SENDER)),
        **dict.fromkeys(("1011", "1018", "1020", "1031"), ("owner", _KEY)),
    },
    ("message_id",),
)
_SMS_NET_BD = by_codes(
    ("error",),
    {
        "0": ("accepted", ""),
        "409": ("later", "The gateway has a fault of its own."),
        "413": ("owner", _SENDER),
        "415": ("words", "The gateway says that the text is too long."),
        "416": ("number", "The gateway says that this is no number."),
        "417": ("owner", _MONEY),
        "420": ("words", "The gateway blocks words of this text."),
        "421": ("owner", "Before the first top-up the gateway sends to its owner's number alone."),
        **dict.fromkeys(("400", "404", "412", "414"), ("words", "The gateway says that a field is wrong.")),
        **dict.fromkeys(("403", "405", "410", "411"), ("owner", _KEY)),
    },
    ("request_id",),
)


def sms_net_bd(status: int, body: str) -> Verdict:
    """sms.net.bd: accepted only with a request id."""
    verdict = _SMS_NET_BD(status, body)
    if verdict.outcome == "accepted" and not verdict.gateway_id:
        return Verdict("uncertain", "The gateway said yes and named no request, so it is not known whether it sent it.")
    return verdict


def ssl_wireless(status: int, body: str) -> Verdict:
    """SSL Wireless iSMS+: accepted by the status of the message itself where there is one."""
    answer = _opened(body)
    code, own = str(answer.get("status_code", "")), str(answer.get("sms_status", ""))
    if code == "200" and str(answer.get("status")) == "SUCCESS" and own in ("", "SUCCESS"):
        return Verdict("accepted", gateway_id=str(answer.get("reference_id", "")))
    said = str(answer.get("error_message") or own or answer.get("status") or "")
    if code == "4003":
        return Verdict("owner", _ADDRESS)
    if code in ("4001", "4002"):
        return Verdict("owner", f"{_KEY} It said: {said}")
    if code.startswith("5"):
        return Verdict("later", f"The gateway has a fault of its own: {said}")
    if code.startswith("4") or own:
        return Verdict("number", f"The gateway refused the message ({code}): {said}")
    return _unknown(status, body)


def mim_sms(status: int, body: str) -> Verdict:
    """MiM SMS: 200 and Success, or 401 with its reason in words."""
    answer = _opened(body)
    code, said = str(answer.get("statusCode", "")), str(answer.get("responseResult", ""))
    if code == "200" and str(answer.get("status", "")).casefold() == "success":
        return Verdict("accepted", gateway_id=str(answer.get("trxnId", "")))
    if "black list" in said.casefold():
        return Verdict("owner", _ADDRESS)
    if code == "401":
        return Verdict("owner", f"{_KEY} It said: {said}")
    if code:
        return Verdict("number", f"The gateway refused the message ({code}): {said}")
    return _unknown(status, body)


def greenweb(status: int, body: str) -> Verdict:
    """Greenweb: JSON with SENT or FAILED for each number, or lines that begin with Ok or Error."""
    answer = _opened(body)
    own, said = str(answer.get("status", "")).upper(), str(answer.get("statusmsg", "")) or body[:200].strip()
    if own == "SENT" or (not answer and body.lstrip().startswith("Ok:")):
        return Verdict("accepted")
    folded = said.casefold()
    if "token" in folded:
        return Verdict("owner", f"{_KEY} It said: {said}")
    if "balance" in folded:
        return Verdict("owner", _MONEY)
    if own == "FAILED" or folded.startswith("error"):
        return Verdict("number", f"The gateway refused the message: {said}")
    return _unknown(status, body)
