"""Sanitised HTML as plain blocks and runs of words, for what is no web page."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

Run = dict[str, Any]
"""Words of one look: `text`, and perhaps `strong`, `emph`, `code` or a `url`."""
Block = dict[str, Any]
"""A `kind` (paragraph, label, list, quote, code, table), and what it holds."""
LOOKS = {"strong": "strong", "b": "strong", "em": "emph", "i": "emph", "code": "code"}
HEADINGS = {f"h{level}" for level in range(1, 7)}
TEXTS = HEADINGS | {"p", "dt", "dd", "figcaption", "summary"}
HOLDERS = {"li", "blockquote", "td", "th"}


def blocks_of(html: str) -> list[Block]:
    """The blocks of *html*; pictures are what they show in words."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.finished()


class _Reader(HTMLParser):
    """Keeps the blocks of each open element that holds some, and the looks that are on."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[list[Block]] = [[]]
        self._lists: list[Block] = []
        self._tables: list[Block] = []
        self._runs: list[Run] = []
        self._looks: list[tuple[str, Mapping[str, Any]]] = []
        self._is_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in LOOKS or tag == "a":
            look = {"url": said.get("href", "")} if tag == "a" else {LOOKS[tag]: True}
            self._looks.append((tag, look))
        elif tag == "br":
            self._say("\n")
        elif tag == "img":
            self._say(said.get("alt", ""))
        elif tag == "pre":
            self._end_text()
            self._is_code = True
        elif tag in {"ul", "ol"}:
            self._end_text()
            self._lists.append({"kind": "list", "ordered": tag == "ol", "items": []})
        elif tag == "table":
            self._end_text()
            self._tables.append({"kind": "table", "head": [], "rows": []})
        elif tag == "tr" and self._tables:
            self._tables[-1]["rows"].append([])
        elif tag in HOLDERS:
            self._end_text()
            self._held.append([])
        elif tag in TEXTS:
            self._end_text()

    def handle_endtag(self, tag: str) -> None:
        if self._looks and self._looks[-1][0] == tag:
            self._looks.pop()
        elif tag == "pre":
            said = "".join(each["text"] for each in self._runs)
            self._runs, self._is_code = [], False
            self._held[-1].append({"kind": "code", "text": said.rstrip("\n")})
        elif tag in HEADINGS:
            said = " ".join("".join(each["text"] for each in self._runs).split())
            self._runs = []
            if said:
                self._held[-1].append({"kind": "label", "text": said})
        elif tag in TEXTS:
            self._end_text()
        elif tag in HOLDERS:
            self._end_holder(tag)
        elif tag in {"ul", "ol"} and self._lists:
            self._held[-1].append(self._lists.pop())
        elif tag == "table" and self._tables:
            self._held[-1].append(_whole(self._tables.pop()))

    def _end_holder(self, tag: str) -> None:
        self._end_text()
        blocks = self._held.pop() if len(self._held) > 1 else []
        if tag == "li" and self._lists:
            self._lists[-1]["items"].append(blocks)
        elif tag in {"td", "th"} and self._tables and self._tables[-1]["rows"]:
            self._tables[-1]["rows"][-1].append(_flat(blocks))
        else:
            self._held[-1].append({"kind": "quote", "blocks": blocks})

    def handle_data(self, data: str) -> None:
        self._say(data if self._is_code else " ".join(data.split(" ")).replace("\n", " "))

    def _say(self, text: str) -> None:
        if text:
            look: dict[str, Any] = {}
            for _, each in self._looks:
                look |= each
            self._runs.append({"text": text, **look})

    def _end_text(self) -> None:
        if any(each["text"].strip() for each in self._runs):
            self._held[-1].append({"kind": "paragraph", "runs": self._runs})
        self._runs = []

    def finished(self) -> list[Block]:
        """The blocks, once everything is read."""
        self._end_text()
        return self._held[0]


def _whole(table: Block) -> Block:
    """*table*, its first row as its head, each row as long as the longest."""
    width = max(map(len, table["rows"]), default=0)
    rows = [[*row, *[[]] * (width - len(row))] for row in table["rows"]]
    head = ["".join(run["text"] for run in cell) for cell in rows[0]] if rows else []
    return {**table, "head": head, "rows": rows[1:], "widths": [1] * width}


def _flat(blocks: list[Block]) -> list[Run]:
    """The words of a cell, its paragraphs after one another."""
    return [run for each in blocks for run in each.get("runs", [{"text": each.get("text", "")}])]
