"""Wiki pages: Markdown in docs/, with a few facts above the text."""
