"""Files to a checked graph: a folder in, the club with every problem found out."""
