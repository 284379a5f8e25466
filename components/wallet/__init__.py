"""What the wallet page is made of."""
