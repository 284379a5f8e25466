"""Parcels of orders: drafted, booked, followed, called back, and bookings whose outcome is not known."""
