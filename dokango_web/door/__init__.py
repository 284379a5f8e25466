"""The door: what every request and socket passes before Reflex or the API sees it. The way in is in `way_in.py`."""
