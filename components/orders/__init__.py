"""What the order pages are made of."""
