"""How a customer can pay: one row a method."""

from __future__ import annotations

from dataclasses import dataclass

from dokango.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Method:
    """A way to pay. A wallet's payments are claimed by TrxID and verified by hand; `usual_length` is its TrxID's."""

    key: str
    label: str
    is_wallet: bool
    usual_length: int = 0
    digits_only: bool = False
    app_hint: str = ""


METHODS: dict[str, Method] = {
    method.key: method
    for method in (
        Method("bkash", "bKash", is_wallet=True, usual_length=10, app_hint="Statements → Transactions"),
        Method("nagad", "Nagad", is_wallet=True, usual_length=8, app_hint="Transactions"),
        Method("rocket", "Rocket", is_wallet=True, usual_length=10, digits_only=True, app_hint="Statement"),
        Method("cod", "Cash on delivery", is_wallet=False),
    )
}
WALLETS = {key: method for key, method in METHODS.items() if method.is_wallet}
# What a refund can be paid from besides the wallets.
OTHER_POCKETS = ("bank", "hand")


def method_of(key: str, field: str = "method") -> Method:
    """The method called `key`; raises InvalidInput under `field`."""
    if key not in METHODS:
        raise InvalidInput({field: f"There is no payment method “{key[:40]}”. Choose {', '.join(METHODS)}."})
    return METHODS[key]


def wallet_of(key: str, field: str = "method") -> Method:
    """The wallet called `key`; raises InvalidInput under `field`."""
    if key not in WALLETS:
        raise InvalidInput({field: f"“{key[:40]}” is not a wallet. Choose {', '.join(WALLETS)}."})
    return WALLETS[key]
