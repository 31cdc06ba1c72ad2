"""Thin adapters between the club and MkDocs: the only code that imports `mkdocs.*`."""
