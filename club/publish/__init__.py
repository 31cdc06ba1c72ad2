"""From the graph to files: the graph in; pages, exports and the words of them out."""
