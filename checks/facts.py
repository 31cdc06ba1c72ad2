"""Tells which facts of its documents a club no longer says: `python checks/facts.py site`.

`facts.yaml` is a table: a fact in the club's words, the document that states it, the record and the
field that say it, what must stand there (`says`) and what must not (`never`). It is held against
what the site publishes: the data of each record, and the words of a long text (the field `body`).

A later figure stands beside an old one, and only the correction of a mistake replaces it. So a fact
that is missed asks for a second look, and is no fault by itself.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml

from club.publish.words.visible import visible

FACTS = Path(__file__).with_name("facts.yaml")
COLUMNS = {"fact", "document", "record", "field", "says", "never"}
BODY, BODY_CLASS = "body", "club-body"
FAULTS = (
    yaml.YAMLError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OSError,
    RecursionError,
)
"""What a table or a site that is not one may raise."""
SPACES = re.compile(r"\s+")


class LongText(HTMLParser):
    """The words of a page that its author wrote: its long text, or all above the foot of it."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        super().__init__()
        self.body: list[str] = []
        self.page: list[str] = []
        self._in_body = 0
        self._in_foot = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Sections may stand inside one another."""
        classes = (dict(attrs).get("class") or "").split()
        if tag == "section" and (self._in_body or BODY_CLASS in classes):
            self._in_body += 1
        self._in_foot = self._in_foot or "club-foot" in classes

    def handle_endtag(self, tag: str) -> None:
        """What follows the long text is not of it."""
        if tag == "section" and self._in_body:
            self._in_body -= 1

    def handle_data(self, data: str) -> None:
        """Words of one or the other."""
        if self._in_body:
            self.body.append(data)
        if not self._in_foot:
            self.page.append(data)


def plain(text: str) -> str:
    """*text* with single, ordinary spaces."""
    return SPACES.sub(" ", text).strip()


def body(page: Path) -> str:
    """The long text of the record of *page*, or the words of a page of the wiki."""
    reader = LongText()
    reader.feed(page.read_text("utf-8"))
    return plain(" ".join(reader.body or reader.page))


def leaves(value: Any) -> Iterator[str]:
    """Every text and number inside *value*."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from leaves(each)
    else:
        yield plain(str(value))


def of_document(value: Any, document: str) -> Any:
    """*value* without what it says on the word of another document."""
    if isinstance(value, list):
        return [kept for each in value if (kept := of_document(each, document)) is not None]
    if not isinstance(value, dict):
        return value
    source = value.get("source")
    if isinstance(source, dict) and source.get("id", document) != document:
        return None
    kept = {name: of_document(each, document) for name, each in value.items()}
    return {name: each for name, each in kept.items() if each is not None}


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping inside *value*, itself among them."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from parts(each)


def says(value: Any, wanted: Any, *, is_prose: bool = False) -> bool:
    """Whether *value* holds *wanted*: a value, words within a text, or what one part says.

    One word, or a number, is a whole value of a field; in prose, it is a word of it.
    """
    if isinstance(wanted, dict):
        return any(
            all(name in part and says(part[name], each) for name, each in wanted.items())
            for part in parts(value)
        )
    words = plain(str(wanted))
    among = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    return any(
        text == words or ((is_prose or " " in words) and among.search(text))
        for text in leaves(value)
    )


def shown(wanted: Any) -> str:
    """*wanted* as the table writes it."""
    if isinstance(wanted, dict):
        return ", ".join(f"{name} {each}" for name, each in wanted.items())
    return str(wanted)


def told(record: str, field: str, site: Path) -> Any:
    """What the site publishes of *field*, nothing if the record leaves it out; no record, an error.

    Raises `FileNotFoundError`.
    """
    if field == BODY:
        return body(site / record / "index.html")
    file = site / "data" / f"{record}.json"
    return json.loads(file.read_text("utf-8"))["fields"].get(field, [])


def missed(fact: dict[str, Any], site: Path) -> Iterator[str]:
    """What is wrong with *fact*, in words."""
    if unknown := fact.keys() - COLUMNS:
        raise LookupError(f"no column is called {min(map(str, unknown))}")
    document = fact["document"]
    if not (site / "data/sources" / f"{document}.json").is_file():
        yield f"{document} is no source of the club"
    try:
        found = told(fact["record"], fact["field"], site)
    except FileNotFoundError:
        yield "there is no such record"
        return
    by_document, is_prose = of_document(found, document), fact["field"] == BODY
    for each in fact.get("says", ()):
        if not says(by_document, each, is_prose=is_prose):
            yield f"{shown(each)} is no longer said"
    for each in fact.get("never", ()):
        if says(found, each, is_prose=is_prose):  # on nobody's word, or on that of any document
            yield f"{shown(each)} is said, which the document does not say"


def main(site: Path, facts: Path = FACTS) -> int:
    """Prints a line for each fact that is missed."""
    try:
        every = yaml.safe_load(facts.read_text("utf-8"))
        lines = [
            f"{each['record']}, {each['field']}: {'; '.join(wrong)}."
            f" {each['fact']} ({each['document']})"
            for each in every
            if (wrong := list(missed(each, site)))
        ]
    except FAULTS as error:
        print(f"{facts.name}: {visible(str(error))}")
        return 1
    # A proposal writes the facts: none of them begins a line, where CI would take it for an order.
    print(*(f"- {visible(line)}" for line in lines), sep="\n", end="\n" if lines else "")
    print(f"{len(every)} facts, {len(lines)} missed")
    if lines:
        print(f"If the correction is right, correct {facts.name} too.")
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(main(*map(Path, sys.argv[1:])))
