"""The club's axes of work."""
