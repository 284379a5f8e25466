"""What waits for a second person: money that somebody verified or gave back, above what the owner lets one do alone."""
