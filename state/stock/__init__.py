"""The shelf in a tab of a browser: levels, receiving, counting."""
