"""Packing in a tab of a browser: the queue and the bench."""
