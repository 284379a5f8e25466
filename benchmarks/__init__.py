"""Figures, measured beside bare SQL in the same run: `make bench`."""
