"""The one door to Git: commands and paths in, commits, blobs and answers out."""
