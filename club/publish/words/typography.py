"""French typography: non-breaking spaces before double punctuation and inside guillemets.

Source: Imprimerie nationale, Lexique des règles typographiques: a narrow no-break space before
`;`, `!` and `?`, a no-break space before `:` and inside « ».
"""

from __future__ import annotations

import re

NBSP = "\u00a0"
NARROW_NBSP = "\u202f"
NO_BREAK_HYPHEN = "\u2011"
TAG_OR_TEXT = re.compile(
    r"(<(?:pre|code|script|style|kbd)\b.*?</(?:pre|code|script|style|kbd)>"
    r'|<span class="club-whole">.*?</span>|<[^>]*>)',
    re.DOTALL,
)
BEFORE_THIN = re.compile(r"(?<=[^\s<>&]) (?=[;!?])")
BEFORE_COLON = re.compile(r"(?<=\S) (?=:(?:\s|$))")
SHORT_WORD = re.compile(r"(?<![\w\-./@&#])\w{1,2}-(?:[\w’']|&#39;){1,10}(?![\w\-/@]|\.\w)(?!&#39;)")
"""A short word with a hyphen, such as “e-lyco”, which no line should end within."""
WHOLE = re.compile(r'<span class="club-whole">(.*?)</span>')
BREAK = "<wbr>"
LONG_WORD = re.compile(r"(?:&[#\w]+;|[^\s<>&]){25,}")
"""A word that may be wider than a phone, or than a column: no name is as long."""
PIECE = re.compile(r"(?:&[#\w]+;|[^&/._-]){1,16}[/._-]*|[/._-]+")
"""What stays on one line of it."""
OPENING = re.compile(r"« ?(?=\S)")
CLOSING = re.compile(r"(?<=\S) ?»")


def typeset(text: str, language: str) -> str:
    """*text* (plain) with the spaces its language wants; only French changes."""
    if language != "fr":
        return text
    # A pattern that begins by looking behind tries every place: most texts have none to change.
    if " ;" in text or " !" in text or " ?" in text:
        text = BEFORE_THIN.sub(NARROW_NBSP, text)
    if " :" in text:
        text = BEFORE_COLON.sub(NBSP, text)
    if "«" in text or "»" in text:
        text = CLOSING.sub(NBSP + "»", OPENING.sub("«" + NBSP, text))
    return text


def typeset_html(html: str, language: str) -> str:
    """*html* with its text typeset and short words kept whole; tags and code are left alone."""
    parts = TAG_OR_TEXT.split(html)
    parts[::2] = [whole_words(typeset(part, language)) for part in parts[::2]]
    return "".join(parts)


def whole_words(text: str) -> str:
    """*text* (escaped) with its short words kept on one line, which no character alone does.

    A hyphen that does not break is another character, which a search for the word would miss.
    """
    if "-" not in text:
        return text
    return SHORT_WORD.sub(r'<span class="club-whole">\g<0></span>', text)


def unbroken(text: str) -> str:
    """*text* (plain) with its short words kept on one line by another hyphen, for labels alone."""
    return SHORT_WORD.sub(lambda word: word[0].replace("-", NO_BREAK_HYPHEN), text)


def breakable(text: str) -> str:
    """*text* (escaped) with places where its longest words, such as addresses, may break."""
    return LONG_WORD.sub(_broken, text)


def _broken(word: re.Match[str]) -> str:
    return BREAK.join(PIECE.findall(word[0]))


def without_whole_words(html: str) -> str:
    """*html* without what `whole_words` and `breakable` add, which parts no words."""
    return WHOLE.sub(r"\1", html).replace(BREAK, "")
