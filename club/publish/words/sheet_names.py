"""What the files that offer a table to spreadsheets are called: their addresses and their names."""

from __future__ import annotations

from club.model.slug import slug
from club.model.view import TableView
from club.publish.words.language import Words

FOLDER = "data/tables"
SUFFIXES = ("xlsx", "csv")


def sheet_paths(table: TableView) -> tuple[str, ...]:
    """Where the files of *table* are, from the root of the site; nothing for one that has none."""
    if not table.sheet:
        return ()
    return tuple(f"{FOLDER}/{table.sheet}.{suffix}" for suffix in SUFFIXES)


def file_name(table: TableView, words: Words, suffix: str) -> str:
    """What a reader's machine calls the file, in the language of the site."""
    return f"{slug(words.say(table.caption))}.{suffix}"
