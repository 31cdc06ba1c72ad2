"""The HTML of a page inside a Markdown file, written so that no dialect of Markdown reads it."""

from __future__ import annotations

import re

PREFORMATTED = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
MARKS = str.maketrans({each: f"&#{ord(each)};" for each in "`~{["})
"""What some dialects, and templates, look for even inside HTML: fences, `{{ }}` and `[[ ]]`."""
KEPT = str.maketrans({each: f"&#{ord(each)};" for each in "\n\t"})
START, END = '<div class="club-portable">', "</div>"


def markdown_body(html: str) -> str:
    """*html* as one block without blank or indented lines, which Markdown hands on as it is."""
    html = PREFORMATTED.sub(lambda found: found[0].translate(KEPT), html.translate(MARKS))
    lines = (line.strip(" \t\r") for line in html.split("\n"))
    return "\n".join([START, *(line for line in lines if line), END]) + "\n"
