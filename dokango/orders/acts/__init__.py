"""Acts: what the staff can do about a case; each is one row of `table.py`, told to the courier and to the customer."""
