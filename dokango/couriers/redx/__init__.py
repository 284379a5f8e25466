"""RedX, as far as it is known here: what it charges."""
