"""The practice courier: speaks Steadfast's contract, keeps its own parcels, and moves them only when told."""
