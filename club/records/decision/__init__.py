"""What the club and the bodies around it decided."""
