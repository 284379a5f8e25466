"""What people call the accounts."""

from __future__ import annotations

from dokango.ledger import accounts
from dokango.payments.methods import WALLETS

_NAMES = {
    accounts.RECEIVABLE_CUSTOMERS: "Owed by customers",
    accounts.INVENTORY: "Inventory",
    accounts.PAYABLE_REFUNDS: "Refunds owed to customers",
    accounts.PAYABLE_SUPPLIERS: "Owed to suppliers",
    accounts.REVENUE_SALES: "Sales",
    accounts.REVENUE_DELIVERY: "Delivery charges",
    accounts.REVENUE_RETURNS: "Returns",
    accounts.COGS: "Cost of goods sold",
    accounts.WRITE_OFF: "Written off",
    accounts.WALLET_FEES: "Wallet fees",
    accounts.COURIER_EXPENSE: "Courier charges",
    accounts.CASH_BANK: "Bank",
    accounts.cash("hand"): "Cash in hand",
}
_COURIER = accounts.courier_receivable("")


def account_name(account: str) -> str:
    """ "cash:bkash" → "bKash", "receivable:courier:steadfast" → "Cash with Steadfast"; an unknown one as it is."""
    if account in _NAMES:
        return _NAMES[account]
    head, _, key = account.partition(":")
    if head == "cash" and key in WALLETS:
        return WALLETS[key].label
    if account.startswith(_COURIER):
        return f"Cash with {account.removeprefix(_COURIER).replace('-', ' ').title()}"
    return account
