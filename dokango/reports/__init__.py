"""The owner's questions, one a file: a query, its rows as dataclasses or a DataFrame. Nothing here writes."""
