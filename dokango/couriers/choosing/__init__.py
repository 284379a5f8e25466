"""Which courier an order goes with, by the rule of the owner: a pure answer that says why."""
