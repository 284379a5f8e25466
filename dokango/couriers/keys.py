"""The keys of a courier as they are now: what the owner set, else the environment's."""

from __future__ import annotations

from dokango.couriers.kind import CourierKind, FieldKind, KeyField
from dokango.db import Tx
from dokango.settings import Settings
from dokango.shop.secrets import Vault, open_secret


def secret_name(courier: str, field: str) -> str:
    """How a courier's field is called among the shop's secrets, and in its form: its key, "_", the field's name."""
    return f"{courier}_{field}"


def keys_of(tx: Tx, vault: Vault, environment: Settings, kind: CourierKind) -> dict[str, str]:
    """By field; the owner's account counts when it is whole, else it is the environment's. Other settings count alone.

    Raises SecretLost.
    """
    given = environment_keys(environment, kind)
    kept = {f.name: open_secret(tx, vault, secret_name(kind.key, f.name)) for f in kind.fields if f.asked}
    account = {f.name for f in kind.fields if f.required}
    whole = all(kept.get(f.name) for f in kind.required(given | _set(kept)) if f.asked)
    return given | {name: value for name, value in _set(kept).items() if whole or name not in account}


def shown_values(tx: Tx, vault: Vault, environment: Settings, kind: CourierKind) -> dict[str, str]:
    """What stands in the form: the values of all fields that are no secret. Raises SecretLost."""
    shown = {f.name for f in kind.fields if f.asked and f.kind is not FieldKind.SECRET}
    return {name: value for name, value in keys_of(tx, vault, environment, kind).items() if name in shown}


def environment_keys(environment: Settings, kind: CourierKind) -> dict[str, str]:
    """What the environment says of each field, else its default; "" where nothing."""
    return {f.name: _variable(environment, f.variable) or f.default for f in kind.fields}


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


def _set(kept: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in kept.items() if value}


def _variable(environment: Settings, name: str) -> str:
    value = getattr(environment, name) if name else ""
    return str(getattr(value, "get_secret_value", lambda: value)())
