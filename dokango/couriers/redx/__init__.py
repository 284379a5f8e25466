"""RedX: all that is known about this courier, and nothing of any other."""
