"""The language of query blocks: a block of a page in, the records it asks for out."""
