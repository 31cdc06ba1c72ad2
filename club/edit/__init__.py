"""Changes to files: what is wanted in, a plan out, shown and then applied."""
