"""What watchers can watch: the names that a commit announces as changed."""

ORDERS = "orders"
PACKING = "packing"  # ticks of the packing bench
STOCK = "stock"
CATALOGUE = "catalogue"
SETTINGS = "settings"
MESSAGES = "messages"
PEOPLE = "people"  # staff, their sessions and keys


def of_order(number: str) -> str:
    """The topic of one order: its review and tracking pages watch it."""
    return f"order:{number}"
