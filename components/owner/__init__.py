"""What the owner's pages are made of."""
