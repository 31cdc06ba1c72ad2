"""A second, independent reading of YAML, which proves that a rewriting lost no value, no comment.

It is ruamel.yaml's, in pure Python, by the rules of YAML 1.2, and shares nothing with the reading
and the cutting that it proves. It takes several seconds a megabyte: only what was rewritten is
read so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from club.model.source import NULLS

FOLD = "\a"
"""How ruamel.yaml marks where a text was folded; no file of the club may hold that character."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says, every scalar as text, and how often it makes each comment."""

    content: Any
    comments: Counter[str]


def second_reading(text: str) -> Reading | None:
    """What *text* says, or None if it cannot be read so.

    ruamel.yaml refuses a tab in a bare text or after one: it is then read as a space.
    """
    for said in dict.fromkeys((text, text.replace("\t", " "))):
        with suppress(YAMLError):
            return _reading(said)
    return None


def _reading(text: str) -> Reading:
    content = _content(YAML(pure=True).compose(text))
    # Nodes lose some comments between brackets; tokens have them all.
    tokens = YAML(pure=True).scan(text) if "#" in text else ()
    return Reading(content, Counter(_comments(tokens)))


def says_the_same(before: str, after: str) -> bool:
    """Whether both texts hold the same values and the same comments."""
    reading = second_reading(before)
    return reading is not None and second_reading(after) == reading


def _content(node: Any) -> Any:
    if node is None:
        return None
    if node.id == "mapping":
        return {_key(key): _content(value) for key, value in node.value}
    if node.id == "sequence":
        return [_content(item) for item in node.value]
    is_null = not node.style and node.value in NULLS
    return None if is_null else node.value.replace(FOLD, "")


def _key(node: Any) -> str:
    return str(node.value)


def _comments(tokens: Iterable[Any]) -> Iterator[str]:
    for token in tokens:
        for said in _flat(token.comment):
            yield from (line.strip() for line in said.split("\n") if line.strip())


def _flat(comment: Any) -> Iterator[str]:
    """The texts of the comments that a token holds, in lists of lists; a text may be bare."""
    if isinstance(comment, list):
        for part in comment:
            yield from _flat(part)
    elif comment is not None:
        yield comment if isinstance(comment, str) else comment.value
