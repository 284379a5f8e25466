"""Orders in a tab of a browser: the list, one order, entering one, verifying a payment."""
