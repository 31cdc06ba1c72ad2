"""Git's past as typed changes: commits in, what one audience may know of them out."""
