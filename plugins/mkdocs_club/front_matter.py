"""What a page may say of itself: words, escaped, and the few settings that harm nobody.

The theme writes the front matter into its pages as it is, and MkDocs takes the name of a template
from it: contributors choose neither code nor templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

WORDS = {
    "title",
    "description",
    "author",
    "owner",
    "review_by",
    "licence",
    "attribution",
    "aliases",
    "tags",
    "first_published",
    "last_updated",
    "audience",
}
HIDEABLE = {"navigation", "toc", "path", "footer", "feedback", "tags"}
MAX_ITEMS = 50
MAX_LENGTH = 1000
MAX_BOOST = 10


def harmless(meta: Mapping[Any, Any], written: Mapping[Any, Any]) -> dict[str, Any]:
    """*meta* less what the club does not know of what is *written* in the page, every word escaped.

    What is not written there comes from another plugin, such as the template of a post.
    """
    found = {key: value for key, value in meta.items() if key not in written}
    said = {key: _words(value) for key, value in meta.items() if key in WORDS}
    found.update({key: value for key, value in said.items() if value is not None})
    if hidden := [each for each in _list(meta.get("hide")) if each in HIDEABLE]:
        found["hide"] = hidden
    if search := _search(meta.get("search")):
        found["search"] = search
    return found


def _words(value: Any) -> Any:
    if isinstance(value, list):
        return [each for each in map(_word, value[:MAX_ITEMS]) if each is not None]
    return _word(value)


def _word(value: Any) -> Any:
    """A value of one word; what is neither text, number nor date is nothing."""
    if isinstance(value, str):
        text = " ".join(value[:MAX_LENGTH].split())
        return escape(text, quote=True) if set(text) & set('<>"') else text
    return value if isinstance(value, bool | int | float | date) else None


def _list(value: Any) -> list[str]:
    held = value if isinstance(value, list) else [value]
    return [each for each in held[:MAX_ITEMS] if isinstance(each, str)]


def _search(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        return {}
    found: dict[str, Any] = {}
    if value.get("exclude") is True:
        found["exclude"] = True
    boost = value.get("boost")
    if isinstance(boost, int | float) and 0 < boost <= MAX_BOOST:
        found["boost"] = boost
    return found
