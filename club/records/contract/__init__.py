"""Contracts and agreements of the projects."""
