"""What sanitising takes out of a text, found by reading its HTML before and after."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from html import escape
from itertools import islice

from club.model import structure_rules as rules
from club.model.elements import elements
from club.model.markup import outside_code
from club.model.message import Message
from club.model.problem import nearest
from club.publish.html.sanitise import ATTRIBUTES, CLASSES, TAGS, in_our_terms, sanitise

SUSPECT = re.compile(
    r"<(?!(?:https?|ftp|mailto):)(?![\w.+-]+@)/?[a-z]"
    r"|\{(?=[^{}\n.#=]*[.#=])[^{}\n]*\}"
    r"|!\[[^\[\]]*\]\(\s*<?(?:[a-z][a-z0-9+.-]*:|[/\\]{2})"
    r"|(?:\]\(|\]:)\s*<?(?!(?:https?|mailto):)[a-z][a-z0-9+.-]*:",
    re.IGNORECASE,
)
"""What may hold something that is taken out; the rest of Markdown holds nothing of it."""
ADDRESSES = {"href", "src"}
NAMED_BY_VALUE = ADDRESSES | {"class", "id", "name"}
LONGEST_TAG = 1000
ALMOST = 0.8
MOST_SHOWN = 60
MOST_TOLD = 100
"""How many things that are taken out of one text are told, as each is looked for in all of it."""


@dataclass(frozen=True, slots=True)
class Part:
    """An element, if nothing more is said; one of its attributes; a class, of several."""

    tag: str
    attribute: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A *part* that is taken out, and where it begins in its text."""

    part: Part
    start: int

    @property
    def message(self) -> str:
        """What is said of it."""
        name = self.part.attribute
        if name in ADDRESSES:
            return rules.ADDRESS_TAKEN_OUT
        of_names = {"": rules.TAG_TAKEN_OUT, "class": rules.CLASS_TAKEN_OUT}
        of_names |= dict.fromkeys(("id", "name"), rules.ID_TAKEN_OUT)
        return of_names.get(name, rules.ATTRIBUTE_TAKEN_OUT)

    @property
    def found(self) -> str:
        """What is taken out, as it is written."""
        part = self.part
        is_value = part.attribute in NAMED_BY_VALUE
        said = part.value if is_value else part.attribute or part.tag
        return said if len(said) <= MOST_SHOWN else f"{said[: MOST_SHOWN - 1]}…"

    @property
    def expected(self) -> Message:
        """What may be written instead."""
        tag, name = self.part.tag, self.part.attribute
        if name in ADDRESSES:
            return Message(rules.PICTURE_EXPECTED if name == "src" else rules.LINK_EXPECTED)
        if name in {"id", "name"}:
            return Message(rules.ID_EXPECTED)
        if name == "class":
            return Message(rules.NO_CLASS_EXPECTED)
        if name:
            return Message(rules.ATTRIBUTES_EXPECTED, {"names": tuple(_attributes(tag))})
        advice = (said for tags, said in rules.INSTEAD_OF_TAGS.items() if tag in tags)
        return Message(next(advice, rules.BACKTICKS_EXPECTED), {"found": tag})

    @property
    def nearest(self) -> tuple[str, ...]:
        """The accepted names that look like it."""
        if self.part.attribute == "class":
            return nearest(self.part.value, CLASSES)
        is_name = self.message == rules.ATTRIBUTE_TAKEN_OUT
        known = _attributes(self.part.tag) if is_name else []
        return tuple(get_close_matches(self.part.attribute, known, 1, ALMOST))


def _attributes(tag: str) -> list[str]:
    return sorted(ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()))


def is_suspect(text: str) -> bool:
    """Whether something may be taken out of *text*: few texts are, so that few are converted."""
    if not any(mark in text for mark in ("<", "{", "](", "]:")):
        return False
    return any(True for _ in outside_code(SUSPECT, text))


def taken_out(text: str, html: str) -> Iterator[TakenOut]:
    """What is taken out of *html*, which Markdown made of *text*, and is written in *text*."""
    html = in_our_terms(html)
    lost = _parts(html) - _parts(sanitise(html))
    for part, count in islice(lost.items(), MOST_TOLD):
        if part.attribute and (Part(part.tag) in lost or part.tag not in TAGS):
            continue  # it goes with its element
        places = _places(part, text)
        for start, _ in zip(places, range(count), strict=False):
            yield TakenOut(part, start)


def _places(part: Part, text: str) -> Iterator[int]:
    """Where *part* may stand in *text*; what an extension of Markdown made stands nowhere."""
    found = [match.start() for match in outside_code(_pattern(part), text)]
    if part.attribute and part.attribute not in NAMED_BY_VALUE:
        # Another element may have the same attribute, or this one another value elsewhere.
        its = [match.start(1) for match in outside_code(_its_own(part), text)]
        found = its or found
    if not found and part.attribute in ADDRESSES:
        # An address may be written in other signs than it is read.
        found = [match.start() for match in outside_code(SUSPECT, text)][:1]
    yield from found


def _its_own(part: Part) -> re.Pattern[str]:
    """The attribute of *part* in an element of its tag, with its value."""
    value = "|".join({re.escape(part.value), re.escape(escape(part.value))})
    return re.compile(
        rf"<{re.escape(part.tag)}\b[^<>]{{0,{LONGEST_TAG}}}?(?<![\w-])({re.escape(part.attribute)})"
        rf"\s*=\s*[\"']?(?:{value})(?=[\"'\s>])",
        re.IGNORECASE,
    )


def _pattern(part: Part) -> re.Pattern[str]:
    value = "|".join({re.escape(part.value), re.escape(escape(part.value))})
    name = re.escape(part.attribute)
    if not name:
        pattern = rf"<{re.escape(part.tag)}(?![\w-])"
    elif part.attribute in ADDRESSES:
        pattern = value
    elif name == "class":
        pattern = rf"(?:(?<=\.)|(?<=[\s\"'=]))(?:{value})(?![\w-])"
    elif name in {"id", "name"}:
        pattern = rf"(?<=[#\s\"'=])(?:{value})(?![\w-])"
    else:
        pattern = rf"(?<![\w-]){name}(?=\s*=|[\s/>}}])"
    return re.compile(pattern, re.IGNORECASE)


def _parts(html: str) -> Counter[Part]:
    """How often each element, attribute and class stands in *html*."""
    found: Counter[Part] = Counter()
    for tag, attributes in elements(html):
        found[Part(tag)] += 1
        for name, value in attributes:
            if name == "class":
                found.update(Part(tag, name, each) for each in (value or "").split())
            else:
                found[Part(tag, name, value or "")] += 1
    return found
