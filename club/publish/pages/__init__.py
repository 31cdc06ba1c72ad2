"""Each page of the site: the graph in, views and rendered pages out."""
