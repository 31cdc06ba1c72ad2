"""Services a workspace may offer."""
