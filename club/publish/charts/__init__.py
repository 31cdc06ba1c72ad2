"""In: the picture of a table, as a view; out: inline SVG in the colours of the site."""
