"""What customers see: the storefront, the cart, the checkout, and their order."""
