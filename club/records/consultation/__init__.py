"""Choices made with those who will use what is chosen."""
