"""What the shipping page is made of."""
