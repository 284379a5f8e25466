"""What the holder of a tracking link sees, is told, and may do."""
