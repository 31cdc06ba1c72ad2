"""Software platforms."""
