"""Shipping in a tab of a browser: lists, sending, handing over, and one parcel."""
