"""The HTML of a page inside a Markdown file, written so that no dialect of Markdown reads it."""

from __future__ import annotations

import re

PREFORMATTED = re.compile(r"(<pre\b[^>]*>|</pre>)")
MARKS = str.maketrans({each: f"&#{ord(each)};" for each in "`~{["})
"""What some dialects, and templates, look for even inside HTML: fences, `{{ }}` and `[[ ]]`."""
KEPT = str.maketrans({each: f"&#{ord(each)};" for each in "\n\t"})
START, END = '<div class="club-portable">', "</div>"


def markdown_body(html: str) -> str:
    """*html* as one block without blank or indented lines, which Markdown hands on as it is."""
    lines = (line.strip(" \t\r") for line in _in_lines(html.translate(MARKS)).split("\n"))
    return "\n".join([START, *(line for line in lines if line), END]) + "\n"


def _in_lines(html: str) -> str:
    """*html* whose preformatted texts, which may be nested, have no line of their own."""
    parts, depth = PREFORMATTED.split(html), 0
    for index, part in enumerate(parts):
        if index % 2:
            depth += -1 if part.startswith("</") else 1
        if depth > 0:
            parts[index] = part.translate(KEPT)
    return "".join(parts)
