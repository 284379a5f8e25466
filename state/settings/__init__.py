"""The settings, each part a state of its own."""
