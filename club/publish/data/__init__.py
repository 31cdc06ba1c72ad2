"""What leaves beside the pages: the graph in, exports, feeds, schemas, redirects out."""
