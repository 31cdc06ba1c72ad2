"""Practices that projects share."""
