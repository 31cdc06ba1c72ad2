"""Typed, cross-checked records of a user club, published as a static site."""

__version__ = "0.1.0"
