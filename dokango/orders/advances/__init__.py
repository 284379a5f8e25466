"""What of an order is asked for in advance, by the rule of the owner: a pure answer that says why."""
