"""The owner's pages: insights, books, and a new shop's first steps."""
