"""Copies of the shop that it makes by itself: when, which are kept, and whether they can be trusted."""
