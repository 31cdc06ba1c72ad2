"""What YAML takes for a comment, and whose author most likely did not: “la classe #3B”.

People leave a space after the `#` of a comment; a word right after it is part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from club.model import structure_rules as rules
from club.model.problem import Place, Problem
from club.model.source import events
from club.model.yaml_faults import in_quotes

MAY_BE_LOST = re.compile(r"[ \t]#\w")
LOST = re.compile(r"[ \t]+#\w[^\r\n]*")
MOST_SHOWN = 120


def lost_words(path: str, text: str) -> Iterator[Problem]:
    """Each text of the YAML *text* that goes on after a sign `#`, and whose end YAML drops."""
    if not MAY_BE_LOST.search(text):
        return
    for event in events(text):
        if isinstance(event, yaml.ScalarEvent) and not event.style:
            start, end = _span(event)
            if lost := LOST.match(text, end):
                mark: Any = event.end_mark
                column = mark.column + lost[0].index("#") + 1
                yield rules.LOST_WORDS.problem(
                    Place(path, mark.line + 1, column),
                    rules.LOST_WORDS_FOUND,
                    nearest=in_quotes(" ".join((text[start:end] + lost[0]).split()), MOST_SHOWN),
                    found=lost[0].strip()[:MOST_SHOWN],
                )


def _span(event: Any) -> tuple[int, int]:
    return event.start_mark.index, event.end_mark.index
