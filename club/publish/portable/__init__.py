"""The site for another generator: a club in, a folder of pages with front matter out."""
