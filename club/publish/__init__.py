"""From the graph to files: pages, tables, exports and the words they are written in."""
