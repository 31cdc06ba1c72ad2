"""Difficulties met and solved."""
