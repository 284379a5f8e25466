"""What watchers can watch: the names that a commit announces as changed.

Each is announced by a command (`tx.changed`) and watched by a page (`live.watch`) or by the worker; a test holds both
sides together. Pages of one order watch that order alone, so that others' orders leave them asleep.
"""

ORDERS = "orders"  # any order, for lists and figures
COURIERS_KNOW = "couriers-know"  # what couriers know of places and buyers
COURIER_LINES = "courier-lines"  # whether a courier answers
PACKING = "packing"  # ticks of the packing bench, for its queue
STOCK = "stock"  # any SKU, for lists and figures
CATALOGUE = "catalogue"
SETTINGS = "settings"
MESSAGES = "messages"
EVIDENCE = "evidence"  # what was brought from the wallets
CUSTOMERS = "customers"  # what is known of any customer: notes, labels, blocks, credit
PEOPLE = "people"  # staff, their sessions and keys
APPROVALS = "approvals"  # what waits for a second person
PAYOUTS = "payouts"  # what couriers tell that they paid out
JOBS = "jobs"  # work for the worker


def of_order(number: str) -> str:
    """The topic of one order: its review, packing, parcel and tracking pages watch it."""
    return f"order:{number}"


def of_sku(sku: str) -> str:
    """The topic of what is on the shelf of one SKU: pages that show it beside an order's lines watch it."""
    return f"sku:{sku}"
