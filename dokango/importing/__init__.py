"""Products from files of other shops: read, understood, taken one by one, and reported."""
