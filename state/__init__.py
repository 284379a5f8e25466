"""The site's memory of each open page: Reflex states, thin; everything that matters is decided in `dokango`."""
