"""How a customer can pay: one row a method. What is known of a method stands in its row and nowhere else.

To add one: a row in METHODS. A wallet's message is read once its row names a format (`formats.py`). A second method
paid on delivery also changes the partial indexes of two tabs (`dokango/orders/book/queues.py`): it needs a migration.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from dokango.errors import InvalidInput
from dokango.language import in_language
from dokango.ledger import accounts
from dokango.payments import formats
from dokango.payments.pockets import ALWAYS_THERE, BANK, Pocket
from dokango.payments.trx_shape import UNKNOWN, TrxShape


class Kind(StrEnum):
    """How the money travels. The words for each kind are in the catalogue, under "pay.‹kind›"."""

    WALLET = "wallet"  # sent in an app to the shop's number there
    BANK = "bank"  # transferred to the shop's account
    CARD = "card"  # charged by hand, on a terminal or by a link
    ON_DELIVERY = "on_delivery"  # collected by the rider


@dataclass(frozen=True, slots=True)
class Method:
    """A way to pay. `pocket` is where its money lies in the end: what riders collect, couriers pay out to the bank.

    Once money came by it, `key` and `pocket` stay: orders and books remember them.
    """

    key: str
    label: str
    label_bn: str
    kind: Kind
    pocket: Pocket
    trx: TrxShape = UNKNOWN
    message: formats.Format | None = None
    short: str = ""  # what staff call it
    app_hint: str = ""  # where staff find its payments

    @property
    def on_delivery(self) -> bool:
        """Whether the rider collects what is due."""
        return self.kind is Kind.ON_DELIVERY

    @property
    def claimed_by_trx_id(self) -> bool:
        """Whether it is paid before: the customer names the payment, and a person verifies it."""
        return not self.on_delivery

    @property
    def is_wallet(self) -> bool:
        """Whether it is paid from an app to a mobile number of the shop's."""
        return self.kind is Kind.WALLET

    def said(self, locale: str) -> str:
        """Its name in the customer's language."""
        return in_language((self.label, self.label_bn), locale)


_BKASH = TrxShape(10, "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", begins="D")
_NAGAD = TrxShape(8, "ABCDEFGHJKMN0123456789")
_ROCKET = TrxShape(10, "0123456789")

METHODS: dict[str, Method] = {
    method.key: method
    for method in (
        Method("bkash", "bKash", "বিকাশ", Kind.WALLET, Pocket("bkash", "bKash"), _BKASH, formats.BKASH,
               app_hint="Statements → Transactions"),
        Method("nagad", "Nagad", "নগদ", Kind.WALLET, Pocket("nagad", "Nagad"), _NAGAD, formats.NAGAD,
               app_hint="Transactions"),
        Method("rocket", "Rocket", "রকেট", Kind.WALLET, Pocket("rocket", "Rocket"), _ROCKET, formats.ROCKET,
               app_hint="Statement"),
        Method("cod", "Cash on delivery", "ক্যাশ অন ডেলিভারি", Kind.ON_DELIVERY, BANK, short="COD"),
    )
}  # fmt: skip


def claimable() -> dict[str, Method]:
    """The methods whose payments are claimed by a TrxID and verified by a person."""
    return _where(lambda method: method.claimed_by_trx_id)


def wallets() -> dict[str, Method]:
    """The methods that are paid from an app."""
    return _where(lambda method: method.is_wallet)


def paid_on_delivery() -> dict[str, Method]:
    """The methods whose money a rider collects."""
    return _where(lambda method: method.on_delivery)


def is_paid_on_delivery(key: str) -> bool:
    """Whether a rider collects what is due on an order paid by the method called `key`; False for one that is gone."""
    return key in METHODS and METHODS[key].on_delivery


def said_method(key: str, locale: str = "en") -> str:
    """The name of the method called `key` in the customer's language; the key itself when that method is gone."""
    return METHODS[key].said(locale) if key in METHODS else key


def account_of(key: str) -> str:
    """The cash account in which payments by the method called `key` lie; one of its own for a method that is gone."""
    return METHODS[key].pocket.account if key in METHODS else accounts.cash(key)


def pockets() -> dict[str, Pocket]:
    """Where money lies, by key: what goods and refunds can be paid from."""
    of_methods = (method.pocket for method in METHODS.values())
    return {pocket.key: pocket for pocket in (*of_methods, *ALWAYS_THERE)}


def pocket_of(method: str) -> Pocket | None:
    """Where payments by the method called `method` lie; None when that method is gone."""
    return METHODS[method].pocket if method in METHODS else None


def said_pocket(key: str) -> str:
    """The name of where money lies; the key itself when that is gone."""
    found = pockets().get(key)
    return found.label if found else key


def method_of(key: str, field: str = "method") -> Method:
    """The method called `key`; raises InvalidInput under `field`."""
    if key not in METHODS:
        raise InvalidInput({field: f"There is no payment method “{key[:40]}”. Choose {', '.join(METHODS)}."})
    return METHODS[key]


def claimable_of(key: str, field: str = "method") -> Method:
    """The method called `key` when its payments have a TrxID; raises InvalidInput under `field`."""
    known = claimable()
    if key not in known:
        raise InvalidInput({field: f"“{key[:40]}” is not a wallet. Choose {', '.join(known)}."})
    return known[key]


def _where(fits: Callable[[Method], bool]) -> dict[str, Method]:
    return {key: method for key, method in METHODS.items() if fits(method)}
