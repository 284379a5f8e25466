"""The keys of a courier as they are now: what the owner set, else the environment's."""

from __future__ import annotations

from dokango.couriers.kind import CourierKind, KeyField
from dokango.db import Tx
from dokango.settings import Settings
from dokango.shop.secrets import Vault, open_secret


def secret_name(courier: str, field: str) -> str:
    """How a courier's field is called among the shop's secrets, and in its form: "steadfast_api_key"."""
    return f"{courier}_{field}"


def keys_of(tx: Tx, vault: Vault, environment: Settings, kind: CourierKind) -> dict[str, str]:
    """By field; the owner's keys count when all required ones are set, else all are the environment's.

    Raises SecretLost.
    """
    given = environment_keys(environment, kind)
    kept = {f.name: open_secret(tx, vault, secret_name(kind.key, f.name)) for f in kind.fields if f.asked}
    whole = all(kept[f.name] for f in kind.fields if f.asked and f.required)
    return given | {name: value for name, value in kept.items() if value} if whole else given


def environment_keys(environment: Settings, kind: CourierKind) -> dict[str, str]:
    """What the environment says of each field; "" where nothing."""
    return {f.name: _variable(environment, f.variable) for f in kind.fields}


def webhook_token_of(tx: Tx, vault: Vault, environment: Settings, kind: CourierKind) -> str:
    """The token that the courier's webhooks must bring; "" when none is set. Raises SecretLost."""
    if kind.webhook is None:
        return ""
    return open_secret(tx, vault, secret_name(kind.key, kind.webhook.brings)) or environment_token(environment, kind)


def environment_token(environment: Settings, kind: CourierKind) -> str:
    """The webhook's token in the environment."""
    return _variable(environment, kind.webhook.variable) if kind.webhook else ""


def set_by_environment(environment: Settings, field: KeyField) -> bool:
    """Whether the environment has a value for a field."""
    return bool(_variable(environment, field.variable))


def _variable(environment: Settings, name: str) -> str:
    value = getattr(environment, name) if name else ""
    return str(getattr(value, "get_secret_value", lambda: value)())
