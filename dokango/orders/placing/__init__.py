"""How an order comes in: cart, price, checkout, and the ways to pay."""
