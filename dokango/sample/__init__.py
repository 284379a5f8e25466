"""The sample shop: one that sells in Bangladesh, with a few weeks of orders in every state. It stays as it was made."""
