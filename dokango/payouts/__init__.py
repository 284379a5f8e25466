"""What couriers pay out: read from a file or their API, matched parcel by parcel, previewed, and booked once."""
