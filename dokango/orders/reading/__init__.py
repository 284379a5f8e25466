"""How staff and programs read orders: lists, one order whole, what the desk checks, what waits for a person."""
