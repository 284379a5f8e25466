"""The desk of problems, in a tab of a browser."""
