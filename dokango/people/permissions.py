"""What can be allowed, and which role is allowed what. Everything not listed is refused."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """One thing that an actor may or may not do; the value is what problem+json and the audit trail say."""

    # an order's life, one permission a row of the lifecycle
    VIEW_ORDERS = "view_orders"
    PLACE_ORDER = "place_order"
    EDIT_ORDER = "edit_order"  # address, notes, marks, assignment
    CLAIM_PAYMENT = "claim_payment"  # say which TrxID was sent
    VERIFY_PAYMENT = "verify_payment"  # take or reject a claim
    BRING_EVIDENCE = "bring_evidence"  # what a wallet told the shop's phone
    HOLD = "hold"
    CONFIRM = "confirm"
    WAIVE_ADVANCE = "waive_advance"  # let an order go on without what the rule asks in advance
    OVERRULE_CHECKS = "overrule_checks"  # confirm an order although a check is red
    PACK = "pack"
    SHIP = "ship"
    DELIVER = "deliver"
    CANCEL = "cancel"
    RECEIVE_RETURN = "receive_return"
    REFUND = "refund"
    REVERSE_PAYMENT = "reverse_payment"  # take back what was booked by mistake
    APPROVE = "approve"  # as the second person: money that another verified or gave back
    EXPIRE = "expire"  # let go what nobody confirmed, say so before, and say what is late: the clock's alone
    SETTLE_COD = "settle_cod"  # the courier pays out what it collected
    # who buys
    VIEW_CUSTOMERS = "view_customers"
    EDIT_CUSTOMERS = "edit_customers"  # notes, labels, what they may be told
    BLOCK_CUSTOMERS = "block_customers"
    MERGE_CUSTOMERS = "merge_customers"  # two numbers that are one person's, and apart again
    # the shelf
    VIEW_STOCK = "view_stock"
    RECEIVE_STOCK = "receive_stock"
    COUNT_STOCK = "count_stock"
    EDIT_PRODUCTS = "edit_products"
    # the owner's figures
    SEE_COST = "see_cost"
    SEE_PROFIT = "see_profit"
    SEE_BOOKS = "see_books"
    # the shop itself
    EDIT_SETTINGS = "edit_settings"
    EDIT_STAFF = "edit_staff"


class Role(StrEnum):
    """What somebody is here. SYSTEM is the shop's own clockwork: jobs, imports, a courier's confirmed word."""

    OWNER = "owner"
    MANAGER = "manager"
    PACKER = "packer"
    VIEWER = "viewer"
    FORWARDER = "forwarder"  # a phone that passes on the wallet's messages, by an API key
    CUSTOMER = "customer"
    SYSTEM = "system"


STAFF_ROLES = (Role.OWNER, Role.MANAGER, Role.PACKER, Role.VIEWER)
KEY_ROLES = (*STAFF_ROLES, Role.FORWARDER)

_VIEWER = frozenset({Permission.VIEW_ORDERS, Permission.VIEW_CUSTOMERS, Permission.VIEW_STOCK})
_PACKER = _VIEWER | {Permission.PACK, Permission.SHIP, Permission.HOLD}
_ALL = frozenset(Permission)
_CLOCK_ALONE = {Permission.EXPIRE}
_OWNER_ALONE = {
    Permission.SEE_PROFIT, Permission.SEE_BOOKS, Permission.EDIT_SETTINGS, Permission.EDIT_STAFF,
    Permission.WAIVE_ADVANCE,
}  # fmt: skip

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: _ALL - _CLOCK_ALONE,
    Role.MANAGER: _ALL - _OWNER_ALONE - _CLOCK_ALONE,
    Role.PACKER: _PACKER,
    Role.VIEWER: _VIEWER,
    Role.FORWARDER: frozenset({Permission.BRING_EVIDENCE}),
    # of their own order only: the tracking link is what shows that it is theirs
    Role.CUSTOMER: frozenset(
        {Permission.PLACE_ORDER, Permission.CLAIM_PAYMENT, Permission.CANCEL, Permission.EDIT_ORDER}
    ),
    Role.SYSTEM: _ALL,
}
