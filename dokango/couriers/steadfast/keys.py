"""Who we are at Steadfast, and what the owner is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from dokango.couriers.kind import ADDRESS, CALLS_PER_MIN, FieldKind, KeyField, Keys

KEY = "steadfast"
NAME = "Steadfast"
BASE_URL = "https://portal.packzy.com/api/v1"
_MISSING = "Paste the key as Steadfast shows it."
FIELDS = (
    KeyField("api_key", "API key", variable="steadfast_api_key", missing=_MISSING),
    KeyField("secret_key", "Secret key", variable="steadfast_secret_key", missing=_MISSING),
    KeyField(ADDRESS, "Address", variable="steadfast_base_url", kind=FieldKind.TEXT, required=False, asked=False),
    KeyField(
        CALLS_PER_MIN, "Calls in a minute", kind=FieldKind.NUMBER, required=False, default="1000", least=10, most=6_000,
        hint="Steadfast allows 1,000 of all that this address asks. Parcels are followed within four fifths of it.",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SteadfastKeys:
    """Where Steadfast is and who we are there."""

    api_key: str
    secret_key: str
    base_url: str = BASE_URL


def steadfast_keys(keys: Keys) -> SteadfastKeys:
    """What the form or the environment holds, as the client takes it."""
    return SteadfastKeys(keys["api_key"], keys["secret_key"], keys.get(ADDRESS) or BASE_URL)
