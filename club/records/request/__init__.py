"""Requests to the vendor."""
