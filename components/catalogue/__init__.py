"""What the product pages are made of."""
