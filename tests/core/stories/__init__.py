"""Random stories of parcels: a shop, a courier that misbehaves, people, and a process that dies anywhere."""
