"""What commands print: problems, consequences and records in, texts out."""
