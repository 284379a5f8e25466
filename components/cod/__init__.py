"""Parts of the page of couriers' cash."""
