"""RedX, played: its own parcels, stores and areas."""
