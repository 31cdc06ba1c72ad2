"""The elements of a text in HTML, as Python's own parser finds them."""

from __future__ import annotations

from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]


def elements(html: str) -> list[tuple[str, Attributes]]:
    """Each element of *html*: its name, and its attributes with what they say."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, Attributes]] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Notes an element."""
        self.found.append((tag, attrs))
