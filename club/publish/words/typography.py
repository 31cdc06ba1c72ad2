"""French typography: non-breaking spaces before double punctuation and inside guillemets.

Source: Imprimerie nationale, Lexique des règles typographiques: a narrow no-break space before
`;`, `!` and `?`, a no-break space before `:` and inside « ».
"""

from __future__ import annotations

import re

NBSP = "\u00a0"
NARROW_NBSP = "\u202f"
TAG_OR_TEXT = re.compile(
    r"(<(?:pre|code|script|style|kbd)\b.*?</(?:pre|code|script|style|kbd)>|<[^>]*>)", re.DOTALL
)
BEFORE_THIN = re.compile(r"(?<=[^\s<>&]) (?=[;!?])")
BEFORE_COLON = re.compile(r"(?<=\S) (?=:(?:\s|$))")
OPENING = re.compile(r"« ?(?=\S)")
CLOSING = re.compile(r"(?<=\S) ?»")


def typeset(text: str, language: str) -> str:
    """*text* (plain) with the spaces its language wants; only French changes."""
    if language != "fr":
        return text
    text = BEFORE_THIN.sub(NARROW_NBSP, text)
    text = BEFORE_COLON.sub(NBSP, text)
    if "«" in text or "»" in text:
        text = CLOSING.sub(NBSP + "»", OPENING.sub("«" + NBSP, text))
    return text


def typeset_html(html: str, language: str) -> str:
    """*html* with its text typeset, its tags and its code left alone."""
    if language != "fr" or not html:
        return html
    parts = TAG_OR_TEXT.split(html)
    parts[::2] = [typeset(part, language) for part in parts[::2]]
    return "".join(parts)
