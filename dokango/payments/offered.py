"""Which ways to pay the shop has set up."""

from __future__ import annotations

from dokango.errors import InvalidInput
from dokango.payments.methods import METHODS, Method, method_of
from dokango.shop.profile import Profile


def takes(profile: Profile, method: Method) -> bool:
    """Whether the shop can be paid so: on delivery where the owner allows it, else once it is said where to pay to."""
    if method.on_delivery:
        return profile.cod_enabled
    account = profile.wallets.get(method.key)
    return account is not None and bool(account.number)


def taken(profile: Profile) -> list[Method]:
    """The methods that the shop takes, in the order of their rows."""
    return [method for method in METHODS.values() if takes(profile, method)]


def offered_method(profile: Profile, key: str, field: str = "payment.method") -> Method:
    """The method, when the shop takes it; raises InvalidInput under `field`."""
    method = method_of(key, field)
    if not takes(profile, method):
        raise InvalidInput({field: f"This shop does not take {method.label}. Choose another way to pay."})
    return method
