"""What a courier's webhook is to the shop: how it is proved, read and answered stands in the courier's own folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from dokango.couriers.kind.status import StatusReading
from dokango.couriers.line.reading import Json

Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a webhook is answered: HTTP's status, the JSON body, and headers that the courier wants to see."""

    status: int
    body: dict[str, str]
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class News:
    """One notification, read. It is a hint: what it says is asked of the courier's API before it counts.

    `collect_was_poisha`, `collect_is_poisha`: the rider was told to collect another amount; None when nothing was said.
    `counts`: what no call of its API can tell, and what therefore counts as it came. `collected_poisha` is what the
    rider took, `charge_poisha` what carrying costs, `payout_id` the payout that the parcel is in. `stale_list` names
    the level of places (`areas.py`) that has changed there.
    """

    kind: str = ""
    consignment_id: str = ""
    invoice: str = ""
    tracking_code: str = ""
    status: str = ""
    message: str = ""
    updated_at_us: int | None = None
    collect_was_poisha: int | None = None
    collect_is_poisha: int | None = None
    counts: StatusReading | None = None
    collected_poisha: int | None = None
    charge_poisha: int | None = None
    payout_id: str = ""
    stale_list: str = ""


THANKS = Reply(200, {"status": "success", "message": "Webhook received successfully."})
WHO = Reply(401, {"status": "error", "message": "Unauthorized."})
NOT_JSON = Reply(400, {"status": "error", "message": "The body must be a JSON object."})


@dataclass(frozen=True, slots=True)
class Webhook:
    """`is_theirs(headers, raw, secret)`: whether the courier sent it (names in lower case, `secret` never empty).

    `read(body)`: what it says. `key_of(headers, body)`: what stays the same when they send it again; "" takes the
    body's hash. `brings` names the secret that they bring, `variable` its field in Settings. `in_address`: the part of
    our address's query that holds that secret, where nothing but it proves the sender; `in_headers`: where a proxy in
    between may put it instead, alone or as a bearer, in small letters. `adorn(keys, is_theirs)`: the
    headers that every answer of ours bears.
    """

    read: Callable[[Json], News]
    is_theirs: Callable[[Headers, bytes, str], bool] = lambda headers, raw, secret: False
    key_of: Callable[[Headers, Json], str] = lambda headers, body: ""
    thanks: Reply = THANKS
    refused: Reply = WHO
    not_json: Reply = NOT_JSON
    brings: str = "webhook_token"
    variable: str = ""
    in_address: str = ""
    in_headers: tuple[str, ...] = ()
    adorn: Callable[[Mapping[str, str], bool], Headers] = lambda keys, is_theirs: {}

    def query(self, token: str) -> dict[str, str]:
        """What our address's query holds beside the path."""
        return {self.in_address: token} if self.in_address else {}

    def address(self, url: str, token: str) -> str:
        """Our address as the courier is given it."""
        query = urlencode(self.query(token))
        return f"{url}{'&' if '?' in url else '?'}{query}" if query else url
