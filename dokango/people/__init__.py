"""Who does things here: roles and what they may do, staff, sessions, API keys, and phone numbers."""
