"""Domains of the impact method."""
