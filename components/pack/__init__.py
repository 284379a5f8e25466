"""What the packing page is made of."""
