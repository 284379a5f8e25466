"""What the API answers, a noun a file, for its documentation and its tests; answers are built as plain dicts."""
