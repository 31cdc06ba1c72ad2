"""Git as the wiki's engine."""
