"""Who we are at Pathao, and what the owner is asked for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from dokango.couriers.kind import ADDRESS, CALLS_PER_MIN, FieldKind, KeyField, Keys

KEY, NAME = "pathao", "Pathao"
PATHS = "/aladdin/api/v1"
# What its guide and its own plugin want on every answer to its webhook; the same for every shop.
FIXED_ANSWER = "f3992ecc-59da-4cbe-a049-a13da2018d51"


class Server(StrEnum):
    """Where parcels are real, and where they are not."""

    LIVE = "live"
    SANDBOX = "sandbox"


class SignIn(StrEnum):
    """By the panel's login, or by the client's id and secret alone, as Pathao's own plugin does."""

    PASSWORD = "password"  # noqa: S105  a way, no secret
    EXTERNAL = "external"


class Places(StrEnum):
    """Whether city and zone must be known, as its older guides say, or are found from the address when they are not."""

    ASK = "ask"
    LEAVE = "leave"


class AnswerWith(StrEnum):
    """What our answers to its webhook bear."""

    FIXED = "fixed"
    OWN = "own"


SERVERS = {
    Server.LIVE: "https://api-hermes.pathao.com",
    Server.SANDBOX: "https://courier-api-sandbox.pathao.com",
}
_PANEL = ("sign_in", SignIn.PASSWORD.value)
_MISSING = "Paste it as Pathao's merchant panel shows it, under Developers API."
FIELDS = (
    KeyField(
        "server", "Server", kind=FieldKind.CHOICE, required=False, default=Server.LIVE.value,
        choices=((Server.LIVE.value, "Live"), (Server.SANDBOX.value, "Sandbox: no parcel is real")),
    ),
    KeyField(
        "sign_in", "Sign in by", kind=FieldKind.CHOICE, required=False, default=SignIn.PASSWORD.value,
        choices=(
            (SignIn.PASSWORD.value, "Client and merchant login"), (SignIn.EXTERNAL.value, "Client id and secret alone"),
        ),
    ),
    KeyField("client_id", "Client id", variable="pathao_client_id", missing=_MISSING),
    KeyField("client_secret", "Client secret", variable="pathao_client_secret", missing=_MISSING),
    KeyField(
        "username", "Merchant's e-mail", variable="pathao_username", only_with=_PANEL,
        missing="Type the e-mail of the merchant panel's login.",
    ),
    KeyField(
        "password", "Merchant's password", variable="pathao_password", only_with=_PANEL,
        missing="Type the password of the merchant panel's login.",
    ),
    KeyField(
        "store_id", "Store", kind=FieldKind.NUMBER, required=False, most=10**9 - 1,
        hint="The number of the store that parcels are picked up from; empty: Pathao's default one.",
    ),
    KeyField(
        "places", "City and zone", kind=FieldKind.CHOICE, required=False, default=Places.ASK.value,
        choices=(
            (Places.ASK.value, "Must be chosen"), (Places.LEAVE.value, "Left to Pathao when the address is unclear"),
        ),
    ),
    KeyField(
        "weight_g", "Usual weight (g)", kind=FieldKind.NUMBER, required=False, default="500", least=1, most=10_000,
        hint="Of a parcel whose weight nobody entered.",
    ),
    KeyField(
        CALLS_PER_MIN, "Calls in a minute", kind=FieldKind.NUMBER, required=False, default="120", least=10, most=3_000,
        hint="Pathao states no limit. Fewer are safer, more send many parcels sooner.",
    ),
    KeyField(
        "answer_with", "Webhook answers bear", kind=FieldKind.CHOICE, required=False, default=AnswerWith.FIXED.value,
        choices=(
            (AnswerWith.FIXED.value, "Pathao's fixed value"), (AnswerWith.OWN.value, "The token that is set below"),
        ),
    ),
    KeyField(ADDRESS, "Address", variable="pathao_base_url", kind=FieldKind.TEXT, required=False, asked=False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PathaoKeys:
    """Where Pathao is, who we are there, and how its contract is read."""

    client_id: str
    client_secret: str
    username: str = ""
    password: str = ""
    base_url: str = SERVERS[Server.LIVE]
    sign_in: SignIn = SignIn.PASSWORD
    store_id: str = ""
    places: Places = Places.ASK
    weight_g: int = 500
    calls_per_min: int = 120

    @property
    def url(self) -> str:
        """What every path of a call is put behind."""
        return self.base_url.rstrip("/").removesuffix(PATHS) + PATHS

    @property
    def account(self) -> str:
        """A print of who we are: another account, or another server, has a session of its own."""
        said = repr((self.url, self.sign_in, self.client_id, self.client_secret, self.username, self.password))
        return f"{KEY}/{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def pathao_keys(keys: Keys) -> PathaoKeys:
    """What the form or the environment holds, as the client takes it."""
    held = {field.name: keys.get(field.name) or field.default for field in FIELDS}
    return PathaoKeys(
        held["client_id"],
        held["client_secret"],
        held["username"],
        held["password"],
        held[ADDRESS] or SERVERS[Server(held["server"])],
        SignIn(held["sign_in"]),
        held["store_id"],
        Places(held["places"]),
        int(held["weight_g"]),
        int(held[CALLS_PER_MIN]),
    )
