"""What the club writes down, a folder a kind: a record in; checks and views of it out."""
