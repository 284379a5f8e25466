"""What was taken, carried and taken back of an order, summed from books and parcels: what decisions reckon with."""
