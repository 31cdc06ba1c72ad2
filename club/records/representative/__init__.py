"""Who speaks for an organisation, by role."""
