"""Documents the club cites."""
