"""What each project offers of each service."""
