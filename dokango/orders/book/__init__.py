"""Orders as they are kept: their tables, their rows, how they are found, and keys that were used."""
