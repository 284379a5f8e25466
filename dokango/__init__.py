"""The shop itself: orders, stock, books, payments and couriers. No import of reflex anywhere below."""
