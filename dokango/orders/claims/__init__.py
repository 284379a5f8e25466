"""Claims: what a courier owes for a parcel that it lost, damaged or delivered short, until it has paid or refused."""
