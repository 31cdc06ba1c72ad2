"""What a workspace changes in one domain of school life, for one project or school."""
