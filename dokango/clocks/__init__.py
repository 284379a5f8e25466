"""What the shop does by itself, and when."""
