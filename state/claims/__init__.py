"""Claims on couriers, in a tab of a browser."""
