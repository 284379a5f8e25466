"""SMS by one HTTP call that the owner describes: filled in, sent once, its answer read. A lost answer is uncertain."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import httpx

from dokango.notify.sms_gateways import OTHER, Gateway, known_gateway, matching
from dokango.notify.sms_reading import LONGEST_ANSWER, Verdict
from dokango.people.phones import international
from dokango.shop.sms_account import SmsAccount

Written = Callable[[str], str]
TIMEOUT = httpx.Timeout(connect=5.0, read=15.0, write=10.0, pool=5.0)
_NOTHING_SENT = (
    httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol,
    httpx.LocalProtocolError, httpx.InvalidURL,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sms:
    """One text to one number (01XXXXXXXXX). `id` is the same for the same message, at most 20 characters."""

    to: str
    text: str
    id: str


def send_sms(account: SmsAccount, key: str, sms: Sms, transport: httpx.BaseTransport | None = None) -> Verdict:
    """Call the gateway once and say what became of it; never raises for what the outside does."""
    gateway = gateway_of(account)
    values = {
        "to": international(sms.to), "text": sms.text, "id": sms.id, "sender": account.sender, "user": account.user,
        "key": key,
    }  # fmt: skip
    url = _filled(gateway.url, values, _in_url)
    body, headers = _body(gateway, values)
    try:
        with (
            httpx.Client(transport=transport, timeout=TIMEOUT, follow_redirects=False) as client,
            client.stream(gateway.method, url, content=body, headers=headers) as answer,
        ):
            said, status = _beginning(answer), answer.status_code
    except _NOTHING_SENT as failure:
        return Verdict("later", f"The SMS gateway cannot be reached ({type(failure).__name__}). Nothing was sent.")
    except httpx.HTTPError as failure:
        return _lost(gateway, type(failure).__name__)
    return gateway.read(status, said)


def gateway_of(account: SmsAccount) -> Gateway:
    """The row that `account` names, at the owner's address where one is given; else what the owner described."""
    known = known_gateway(account.gateway)
    if known is None:
        reader = matching(account.accepted)
        return Gateway(OTHER, "the SMS gateway", account.url, account.body, reader, account.method or "POST")
    if not account.url:
        return known
    return Gateway(known.key, known.name, account.url, known.body, known.read, known.method, known.knows_ours)


def _lost(gateway: Gateway, why: str) -> Verdict:
    if gateway.knows_ours:
        return Verdict("later", f"The gateway's answer was lost ({why}); it is asked again under the same number.")
    return Verdict(
        "uncertain",
        f"The gateway did not answer in time ({why}), so it is not known whether the SMS went. It is not sent again by "
        "itself: call the customer, or send it once more by hand.",
    )


def _beginning(answer: httpx.Response) -> str:
    """As much of the body as is read."""
    taken = bytearray()
    for piece in answer.iter_bytes():
        taken += piece
        if len(taken) > LONGEST_ANSWER:
            break
    return bytes(taken[:LONGEST_ANSWER]).decode("utf-8", "replace")


def _body(gateway: Gateway, values: Mapping[str, str]) -> tuple[bytes | None, dict[str, str]]:
    if not gateway.body or gateway.method == "GET":
        return None, {}
    if gateway.body.lstrip().startswith(("{", "[")):
        return _filled(gateway.body, values, _in_json).encode(), {"Content-Type": "application/json"}
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    return _filled(gateway.body, values, _in_url).encode(), form


def _filled(template: str, values: Mapping[str, str], written: Written) -> str:
    """The template with its placeholders filled, in one pass: what a value holds is not filled again."""
    pieces = template.split("{")
    filled = [pieces[0]]
    for piece in pieces[1:]:
        name, closing, rest = piece.partition("}")
        filled.append(written(values[name]) + rest if closing and name in values else "{" + piece)
    return "".join(filled)


def _in_url(value: str) -> str:
    return quote(value, safe="")


def _in_json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1]
