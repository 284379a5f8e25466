"""Couriers' cash: what they hold, and their payouts."""
