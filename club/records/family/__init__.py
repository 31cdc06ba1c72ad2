"""Families of services."""
