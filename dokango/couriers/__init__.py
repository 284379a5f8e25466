"""Couriers: one protocol, one file a courier, and what it takes to hand a parcel over safely."""
