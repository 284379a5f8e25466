"""Sending parcels: one by one, or many at once; what is asked, drafted and looked over before."""
