"""How an order moves on: one table of transitions, and `perform`, which alone carries one out."""
