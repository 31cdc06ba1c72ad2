"""Documents, templates, connectors and data that members share."""
