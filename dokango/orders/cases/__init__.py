"""Cases: what went wrong on the way to the customer, each with owner, deadline and next act until it is closed."""
