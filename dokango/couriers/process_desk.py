"""The couriers of this process: built at first use from the settings, shared by pages, API and jobs."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

from dokango import process
from dokango.couriers.desk import CourierDesk
from dokango.couriers.inbox import Reply, receive_webhook
from dokango.couriers.practice.adoption import adopt_all, parcels_of_the_shop
from dokango.couriers.practice.courier import FILE_NAME, PracticeCourier
from dokango.couriers.steadfast.client import SteadfastKeys
from dokango.settings import settings
from dokango.shop import accounts
from dokango.shop.accounts import steadfast_account
from dokango.shop.secrets import Vault

_lock = Lock()
_desk: CourierDesk | None = None


def courier_desk() -> CourierDesk:
    """The couriers, with the keys of the settings; without keys the practice courier plays Steadfast."""
    global _desk
    if _desk is None:
        with _lock:
            if _desk is None:
                _desk = CourierDesk(
                    process.clock(),
                    settings().data_dir / FILE_NAME,
                    find_keys=steadfast_keys,
                    receive=_receive,
                    introduce=_introduce,
                )
    return _desk


def use_desk(desk: CourierDesk | None) -> None:
    """Put others in place (tests)."""
    global _desk
    _desk = desk


def steadfast_keys() -> SteadfastKeys:
    """The keys as they are now, the owner's before the environment's; empty ones mean practice. Raises SecretLost."""
    shop = settings()
    vault = Vault(shop.data_dir)
    api_key, secret_key = process.database().read(lambda tx: steadfast_account(tx, vault, shop))
    return SteadfastKeys(api_key, secret_key, shop.steadfast_base_url)


def webhook_token() -> str:
    """The token that Steadfast must bring; "" when none is set, and then nobody is let in."""
    shop = settings()
    return process.database().read(lambda tx: accounts.webhook_token(tx, Vault(shop.data_dir), shop))


def _receive(headers: Mapping[str, str], raw: bytes, token: str) -> Reply:
    return receive_webhook(process.database(), process.clock(), headers, raw, token)


def _introduce(practice: PracticeCourier) -> None:
    adopt_all(practice.store, process.database().read(parcels_of_the_shop))
