"""Parcels as they are kept: their rows, how they are asked about, how long they take, what was paid out for them."""
