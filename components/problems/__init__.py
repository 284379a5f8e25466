"""The desk of problems: its list, and the forms of what can be done."""
