"""Git as the wiki's engine, on real repositories."""
