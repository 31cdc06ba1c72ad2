"""Academies, local authorities, firms and other bodies."""
