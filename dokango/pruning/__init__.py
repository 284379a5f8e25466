"""What only grows has an end: rows that nobody asks for any more are let go. Events, postings and movements never."""
