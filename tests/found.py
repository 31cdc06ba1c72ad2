"""What the search of a built site can show, read from its files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Found:
    """A section of a document of the search: where it leads, what it says, how it is marked."""

    location: str
    title: str
    mark: str
    heading: str
    text: str


def found_in(site: Path) -> list[Found]:
    """Every section of every document, in the order of the index."""
    files = sorted((site / "search/texts").iterdir(), key=lambda file: int(file.stem))
    return [
        Found(f"{url}#{id}" if id else url, title, mark, heading, text)
        for file in files
        for url, title, mark, parts in json.loads(file.read_text("utf-8"))
        for id, heading, text in parts
    ]
