"""Pathao, played: its own parcels, stores, places and tokens."""
