"""The one door to Git: a folder and a question in; commits, blobs, answers or a `GitError` out."""
