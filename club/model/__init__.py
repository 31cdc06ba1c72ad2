"""What a record is: its source, its fields, its kind and the graph it belongs to."""
