"""What a record is: YAML in; typed records, their graph and the problems found out."""
