"""Methods to think of what a workspace changes, as their authors give them."""
