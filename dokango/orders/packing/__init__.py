"""The packing bench: what waits to be packed, and the checklist of one order."""
