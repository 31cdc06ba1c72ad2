"""Values and templates to HTML: views in, fragments of pages out."""
