"""Customers by phone: the list, one customer's page, and what is done there."""
