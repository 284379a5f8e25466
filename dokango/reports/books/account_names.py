"""What people call the accounts."""

from __future__ import annotations

from collections.abc import Mapping

from dokango.couriers.carriers import said_name
from dokango.ledger import accounts
from dokango.payments.methods import pockets

_NAMES = {
    accounts.RECEIVABLE_CUSTOMERS: "Owed by customers",
    accounts.INVENTORY: "Inventory",
    accounts.PAYABLE_REFUNDS: "Refunds owed to customers",
    accounts.PAYABLE_CREDITS: "Customers' credit",
    accounts.PAYABLE_NOBODYS: "Given back, of no order",
    accounts.PAYABLE_SUPPLIERS: "Owed to suppliers",
    accounts.REVENUE_SALES: "Sales",
    accounts.REVENUE_DELIVERY: "Delivery charges",
    accounts.REVENUE_RETURNS: "Returns",
    accounts.REVENUE_DISCOUNTS: "Discounts",
    accounts.CLAIMS_INCOME: "Claims above their loss",
    accounts.REVENUE_KEPT: "Kept of refused orders",
    accounts.REVENUE_RETURN_CHARGES: "Collected for refused parcels",
    accounts.COGS: "Cost of goods sold",
    accounts.WRITE_OFF: "Written off",
    accounts.WALLET_FEES: "Wallet fees",
    accounts.COURIER_EXPENSE: "Courier charges",
    accounts.ROUNDING_GAIN: "Rounded up to whole taka",
    accounts.ROUNDING_LOSS: "Rounded down to whole taka",
}
_COURIER, _OPEN = accounts.courier_receivable(""), accounts.courier_open("")


_NO_NAMES: Mapping[str, str] = {}


def account_name(account: str, names: Mapping[str, str] = _NO_NAMES) -> str:
    """ "cash:bkash" → "bKash", "receivable:courier:own-rider" → "Cash with Own Rider"; an unknown one as it is.

    `names`: how couriers without an API are written (`names_written`).
    """
    if account in _NAMES:
        return _NAMES[account]
    of_pockets = {pocket.account: pocket.account_name for pocket in pockets().values()}
    if account in of_pockets:
        return of_pockets[account]
    if account.startswith(_COURIER):
        return f"Cash with {said_name(account.removeprefix(_COURIER), names)}"
    if account.startswith(_OPEN):
        return f"{said_name(account.removeprefix(_OPEN), names)}, to be cleared up"
    return account
