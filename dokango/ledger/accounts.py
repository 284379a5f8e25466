"""The accounts, by name. The word before the first colon says what kind an account is."""

from __future__ import annotations

from dokango.errors import NotFound

RECEIVABLE_CUSTOMERS = "receivable:customers"
INVENTORY = "asset:inventory"
CASH_BANK = "cash:bank"
PAYABLE_REFUNDS = "payable:refunds"
PAYABLE_CREDITS = "payable:credits"  # customers' money that waits for their next order
PAYABLE_NOBODYS = "payable:nobodys"  # what came and matched no order: it passes here as it is given back
PAYABLE_SUPPLIERS = "payable:suppliers"
REVENUE_SALES = "revenue:sales"
REVENUE_DELIVERY = "revenue:delivery"
REVENUE_RETURNS = "revenue:returns"
REVENUE_DISCOUNTS = "revenue:discounts"  # what orders were let go for less than their lines come to
REVENUE_RETURN_CHARGES = "revenue:return-charges"  # what riders took of customers who refused their parcels
CLAIMS_INCOME = "income:claims"  # what couriers pay for losses above their cost
REVENUE_KEPT = "revenue:kept-advances"  # of what refusing customers had paid before
COGS = "expense:cogs"
WRITE_OFF = "expense:write-off"
WALLET_FEES = "expense:wallet-fees"
COURIER_EXPENSE = "expense:courier"
# Riders take whole taka: what that brought above what was due, and what it let go.
ROUNDING_GAIN = "income:rounding"
ROUNDING_LOSS = "expense:rounding"

PRICES = (REVENUE_SALES, REVENUE_DELIVERY, REVENUE_DISCOUNTS)  # what an order is sold for

KINDS = {
    "cash": "asset",
    "receivable": "asset",
    "asset": "asset",
    "payable": "liability",
    "revenue": "income",
    "income": "income",
    "expense": "expense",
}


def cash(pocket: str) -> str:
    """Where money lies: a wallet's key, "bank" or "hand"."""
    return f"cash:{pocket}"


def courier_receivable(name: str) -> str:
    """What a courier has collected and not yet paid out; `name` is its key, for a manual courier its carrier's."""
    return f"receivable:courier:{name}"


def courier_open(name: str) -> str:
    """What a courier paid, or took, that belongs to no parcel of ours yet: below 0 it is to be given back."""
    return f"receivable:courier-open:{name}"


def heads_of(kind: str) -> tuple[str, ...]:
    """The words that accounts of a kind begin with: ("revenue", "income") for "income"."""
    return tuple(head for head, of_kind in KINDS.items() if of_kind == kind)


def kind_of(account: str) -> str:
    """asset, liability, income or expense. Raises NotFound for a name of no kind."""
    head = account.partition(":")[0]
    if head not in KINDS:
        raise NotFound("account", account)
    return KINDS[head]
