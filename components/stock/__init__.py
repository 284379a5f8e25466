"""What the stock page is made of."""
