"""What each step decides, one file a matter: pure, from what `decision.py` lets it see to what it has written."""
