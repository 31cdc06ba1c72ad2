"""Territories' school digital workspaces."""
