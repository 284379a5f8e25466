"""What the wallets told the shop, in a tab of a browser."""
