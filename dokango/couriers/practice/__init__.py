"""What the practice servers of all couriers share: faults, who is told, a scenario, serving one alone."""
