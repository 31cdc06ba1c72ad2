"""Comparisons of projects by criteria."""
