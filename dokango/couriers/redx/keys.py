"""Who we are at RedX, and what the owner is asked for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from dokango.couriers.kind import ADDRESS, CALLS_PER_MIN, FieldKind, KeyField, Keys

KEY, NAME = "redx", "RedX"
PATHS = "/v1.0.0-beta"


class Server(StrEnum):
    """Where parcels are real, and where they are not; each has a token of its own."""

    LIVE = "live"
    SANDBOX = "sandbox"


class Box(StrEnum):
    """Whether the customer may open the parcel before paying; its field stands in RedX's sample alone."""

    UNSAID = "unsaid"
    OPEN = "open"
    CLOSED = "closed"


class Types(StrEnum):
    """How numbers go into a parcel: as the guide's sample has them, or as its table of fields says."""

    SAMPLE = "sample"
    TABLE = "table"


SERVERS = {
    Server.LIVE: f"https://openapi.redx.com.bd{PATHS}",
    Server.SANDBOX: f"https://sandbox.redx.com.bd{PATHS}",
}
_MISSING = "Paste the token that RedX's merchant panel makes for developers."
FIELDS = (
    KeyField(
        "server", "Server", kind=FieldKind.CHOICE, required=False, default=Server.LIVE.value,
        choices=((Server.LIVE.value, "Live"), (Server.SANDBOX.value, "Sandbox: no parcel is real")),
    ),
    KeyField(
        "access_token", "Access token", variable="redx_access_token", only_with=("server", Server.LIVE.value),
        missing=_MISSING,
    ),
    KeyField(
        "sandbox_token", "Sandbox's access token", variable="redx_sandbox_token",
        only_with=("server", Server.SANDBOX.value), missing=_MISSING,
    ),
    KeyField(
        "pickup_store_id", "Pick-up store", kind=FieldKind.NUMBER, required=False, most=10**9 - 1,
        hint="The number of the store that parcels are picked up from; empty: the account's default one.",
    ),
    KeyField(
        "weight_g", "Usual weight (g)", kind=FieldKind.NUMBER, required=False, default="500", least=1, most=10_000,
        hint="Of a parcel whose weight nobody entered.",
    ),
    KeyField(
        "box", "Opening the parcel", kind=FieldKind.CHOICE, required=False, default=Box.UNSAID.value,
        choices=(
            (Box.UNSAID.value, "As RedX has it"), (Box.OPEN.value, "The customer may look first"),
            (Box.CLOSED.value, "Stays closed until paid"),
        ),
    ),
    KeyField(
        "types", "Weight and worth are sent", kind=FieldKind.CHOICE, required=False, default=Types.SAMPLE.value,
        choices=((Types.SAMPLE.value, "As numbers, as its sample"), (Types.TABLE.value, "As text, as its table")),
    ),
    KeyField(
        CALLS_PER_MIN, "Calls in a minute", kind=FieldKind.NUMBER, required=False, default="120", least=10, most=3_000,
        hint="RedX states no limit. Fewer are safer, more send many parcels sooner.",
    ),
    KeyField(ADDRESS, "Address", variable="redx_base_url", kind=FieldKind.TEXT, required=False, asked=False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RedxKeys:
    """Where RedX is, who we are there, and how its contract is read."""

    token: str
    base_url: str = SERVERS[Server.LIVE]
    pickup_store_id: str = ""
    weight_g: int = 500
    box: Box = Box.UNSAID
    calls_per_min: int = 120
    types: Types = Types.SAMPLE

    @property
    def url(self) -> str:
        """What every path of a call is put behind."""
        return self.base_url.rstrip("/")

    @property
    def account(self) -> str:
        """A print of who we are: another account, or another server, has lists and a pace of its own."""
        return f"{KEY}/{hashlib.sha256(repr((self.url, self.token)).encode()).hexdigest()[:32]}"


def redx_keys(keys: Keys) -> RedxKeys:
    """What the form or the environment holds, as the client takes it; a token may be pasted with its "Bearer"."""
    held = {field.name: keys.get(field.name) or field.default for field in FIELDS}
    server = Server(held["server"])
    token = held["sandbox_token" if server is Server.SANDBOX else "access_token"]
    return RedxKeys(
        token.strip().removeprefix("Bearer ").strip(),
        held[ADDRESS] or SERVERS[server],
        held["pickup_store_id"],
        int(held["weight_g"]),
        Box(held["box"]),
        int(held[CALLS_PER_MIN]),
        Types(held["types"]),
    )
