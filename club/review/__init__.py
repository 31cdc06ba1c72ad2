"""Proposals: a branch in, its consequences, its preview or its merge out."""
