"""What the customers' pages are made of."""
