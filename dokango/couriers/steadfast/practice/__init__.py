"""Steadfast's practice courier: speaks its contract, keeps its own parcels, and moves them only when told."""
