"""The couriers of this process: built at first use from the settings, shared by pages, API and jobs."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

from dokango import process
from dokango.couriers import keys
from dokango.couriers.desk import CourierDesk
from dokango.couriers.inbox import receive_webhook
from dokango.couriers.kind.webhook import Reply
from dokango.couriers.line.sessions import KeptSessions
from dokango.couriers.parcels import shipments
from dokango.couriers.practice.server import PracticeServer
from dokango.couriers.registry import api_courier
from dokango.settings import settings
from dokango.shop.secrets import Vault

_lock = Lock()
_desk: CourierDesk | None = None


def courier_desk() -> CourierDesk:
    """The couriers, with the keys of the settings; without keys their practice servers play them."""
    global _desk
    if _desk is None:
        with _lock:
            if _desk is None:
                _desk = CourierDesk(
                    process.clock(),
                    settings().data_dir,
                    find_keys=keys_of,
                    receive=_receive,
                    introduce=_introduce,
                    sessions=KeptSessions(process.database(), Vault(settings().data_dir), process.clock()),
                )
    return _desk


def use_desk(desk: CourierDesk | None) -> None:
    """Put others in place (tests)."""
    global _desk
    _desk = desk


def keys_of(courier: str) -> dict[str, str]:
    """A courier's keys as they are now, the owner's before the environment's. Raises NotFound, SecretLost."""
    shop, kind = settings(), api_courier(courier)
    return process.database().read(lambda tx: keys.keys_of(tx, Vault(shop.data_dir), shop, kind))


def webhook_keys(courier: str) -> tuple[str, dict[str, str]]:
    """The token that a courier must bring, "" when none is set, and then nobody is let in; and the keys of the courier.

    One reading: it waits for its answer. Raises NotFound, SecretLost.
    """
    shop, kind = settings(), api_courier(courier)
    vault = Vault(shop.data_dir)
    return process.database().read(
        lambda tx: (keys.webhook_token_of(tx, vault, shop, kind), keys.keys_of(tx, vault, shop, kind))
    )


def _receive(courier: str, headers: Mapping[str, str], raw: bytes, token: str) -> Reply:
    webhook = api_courier(courier).webhook
    query = webhook.query(token) if webhook is not None else {}
    return receive_webhook(process.database(), process.clock(), courier, headers, raw, token, query=query)


def _introduce(courier: str, practice: PracticeServer) -> None:
    practice.adopt(process.database().read(lambda tx: shipments.booked_with(tx, courier)))
