"""What the club writes down: one folder a kind, listed in `registry.py`."""
