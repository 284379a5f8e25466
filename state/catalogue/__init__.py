"""The catalogue in a tab of a browser."""
