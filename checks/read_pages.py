"""Reads every page of a site as its readers do, and tells the words of machines that it meets.

    python checks/read_pages.py site

Pages, the search index and the feeds are read; code, addresses and what is said to who edits a file
are left out. What is refused: values as the code writes them, `None`, the names of enumerations and
fields, ids where the record has a title, values glued together, empty labels, doubled punctuation,
and the words of the other language in what is ours.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from pathlib import Path

from club.publish.words.visible import visible

SKIPPED = {"script", "style", "code", "pre", "kbd", "samp", "svg", "template", "noscript"}
CODE = {"code", "kbd", "pre", "samp"}
PLACE = "\u25a1"
"""What stands in a sentence for the code in it."""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
INLINE = {"a", "abbr", "b", "cite", "em", "i", "label", "mark", "q", "small", "span", "strong"}
INLINE |= {"sub", "sup", "time", "u", "del", "ins", "bdi", "dfn", "s", "progress", "meter", "wbr"}
MARKED = {
    "abbr",
    "b",
    "em",
    "i",
    "mark",
    "strong",
    "sub",
    "sup",
    "u",
    "del",
    "ins",
    "q",
    "s",
    "wbr",
}
"""What may stand in the middle of a word."""
READ_ATTRIBUTES = ("title", "aria-label", "alt", "placeholder", "data-label")
LABELS = {"dt", "summary", "button", "a", "h1", "h2", "h3", "option"}
FOR_EDITORS = {"club-foot__source"}
OURS = {"dt", "th", "summary", "button", "nav", "caption", "h2"}
OUR_CLASSES = {"club-action", "club-badge", "club-kicker", "club-filters"}
ROW = "th-row"
NOT_OURS = {"club-text", "club-history__reason", "club-nav", "club-tabs", "club-foot__source", ROW}

ADDRESS = re.compile(
    r"(?:https?://|mailto:)\S+|\S+@\S+\.\w+|(?:[\w.-]+/)+[\w.-]*|[\w-]+\.[a-z]{2,4}\b"
)
RULES = {
    "a value as the code writes it": re.compile(
        r"\bat 0x[0-9a-f]+|\b[A-Z]\w+\.[A-Z][A-Z_]{2,}\b|\b[a-z_]+=(?:None|<)|\b[A-Z]\w+\(\w+="
        r"|frozenset|\{['\"]|\[['\"]|\{\w+\}"
    ),
    "a value that is none": re.compile(r"\b(?:None|null|undefined|NaN|True|False)\b"),
    "the name of a value or a field": re.compile(r"\b[a-z]+(?:_[a-z]+)+\b"),
    "what was left out": re.compile(r"\[…\]|\[\[|\]\]"),
    "a mark of Markdown": re.compile(r"```|^\s*(?:>{2,}|\|\s?-{3})"),
    "a plural between brackets": re.compile(r"\w\((?:s|es|x)\)"),
    "doubled punctuation": re.compile(
        r",\s*[,;:]|;\s*[,;]|:\s*:|(?<!\.)\.\.(?!\.)|\( |\s,|[\u00a0\u202f ]{2,}"
    ),
}
WORDS = {
    "fr": "the of and with this that from edit record changed its nothing are not search for was"
    " has have been which here what your about unknown known yes",
    "en": "le la les des du une dans est pour avec cette fiche modifier aucun aucune et par qui au"
    " aux sont pas inconnu connu oui cette ces leur selon vers depuis",
}
"""Frequent words of the other language, by that of the site."""
OF_A_NAME = re.compile(r"\bL(?:a|e|es)[ \u00a0](?=[A-ZÀ-Ý])")


INDEX = "search: "
OF_CODE = {
    *("the name of a value or a field", "doubled punctuation", "a value as the code writes it"),
    *("what was left out", "an id where there is a title", "a mark of Markdown"),
}


@dataclass(frozen=True, order=True)
class Finding:
    """What a reader should not have met: where, by which rule, in which words."""

    page: str
    rule: str
    words: str

    def __str__(self) -> str:
        """On one line."""
        return f"{self.page}: {self.rule}: {self.words}"


@dataclass
class Block:
    """Words that stand together: those of a paragraph, a cell, an attribute."""

    text: str = ""
    ours: str = ""
    """Those of the library and its theme, which no contributor wrote."""
    is_for_editors: bool = False
    glued: list[str] = field(default_factory=list)


class Reader(HTMLParser):
    """Gathers the blocks of a page, and the labels that say nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.language = ""
        self.blocks: list[Block] = [Block()]
        self.unnamed: list[str] = []
        self._open: list[tuple[str, frozenset[str], list[bool]]] = []
        self._skipped = 0
        self._joint: tuple[str, str] | None = None
        self._is_after_start = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """An element begins, and its attributes are read."""
        given = {name: value or "" for name, value in attributes}
        classes = frozenset(given.get("class", "").split())
        if tag == "th" and given.get("scope") == "row":
            classes |= {ROW}  # what it says is the title of a record
        if tag == "html":
            self.language = given.get("lang", "")
        if self._skipped or tag in SKIPPED:
            self._skipped += tag not in VOID
            self._say(tag)
            if tag in CODE:
                self.blocks[-1].text += PLACE
            return
        if tag == "meta" and given.get("name") == "description":
            self._alone(given.get("content", ""))
        for name in READ_ATTRIBUTES:
            if given.get(name):
                self._alone(given[name], is_ours=name in {"aria-label", "placeholder"})
        if tag not in INLINE:
            self.blocks.append(Block())
            self._joint = None
        elif tag not in MARKED and self._joint and self._joint[1]:
            self._is_after_start = True
        if tag not in VOID:
            self._open.append((tag, classes, [False]))
        if any(name in given for name in ("aria-label", "aria-hidden", "aria-labelledby", "alt")):
            self._say(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if self._skipped:
            self._skipped -= tag not in VOID
            return
        if tag not in {each[0] for each in self._open}:
            return
        while True:
            last, classes, said = self._open.pop()
            if last in LABELS and not said[0]:
                self.unnamed.append(f"<{last} class={' '.join(sorted(classes))}>")
            if last == tag:
                break
        if tag not in INLINE:
            self.blocks.append(Block())
            self._joint = None
        elif tag not in MARKED and self._joint:
            self._joint = (self._joint[0], tag)

    def handle_data(self, text: str) -> None:
        """Words, in the block that is open."""
        if self._skipped or not text:
            return
        within = {each for _, classes, _ in self._open for each in classes}
        tags = {tag for tag, _, _ in self._open}
        block = self.blocks[-1]
        if text.strip():
            block.is_for_editors |= bool(within & FOR_EDITORS)
            is_ours = bool(within & OUR_CLASSES or tags & OURS) and not within & NOT_OURS
            block.ours += f" {text}" if is_ours else ""
            self._say("")
            if self._is_after_start and self._joint:
                before, after = self._joint[0], text
                if before[-1:].isalnum() and after[:1].isalnum():
                    block.glued.append(f"{before[-20:]}{after[:20]}")
        block.text += text
        self._joint = (text, "") if text.strip() or text[-1:].isspace() else self._joint
        self._is_after_start = False

    def _say(self, tag: str) -> None:
        for _, _, said in self._open:
            said[0] = True

    def _alone(self, text: str, *, is_ours: bool = False) -> None:
        """The words of an attribute, apart from the block that goes on."""
        self.blocks.insert(-1, Block(text, text if is_ours else ""))


def found_in(text: str, ids: Collection[str]) -> Iterator[tuple[str, str]]:
    """The rules that *text* breaks, each with the words that do; *ids* are those with a title."""
    plain = ADDRESS.sub(" ", text)
    for rule, pattern in RULES.items():
        where = plain if "punctuation" not in rule else text
        if match := pattern.search(where):
            yield rule, where[max(0, match.start() - 30) : match.end() + 30]
    for word in re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", plain):
        if word in ids:
            yield "an id where there is a title", word


def foreign(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Words of the other language in *text*, less the articles of names such as “La Réunion”."""
    said = set(WORDS.get(language, "").split())
    plain = OF_A_NAME.sub("", text).lower()
    met = [each for each in re.findall(r"[a-zà-ÿœ]+", plain) if each in said]
    if met:
        yield "the other language", f"{' '.join(met[:3])}: {text.strip()[:80]}"


def read(html: str, page: str, ids: Collection[str], *, is_all_ours: bool = False) -> list[Finding]:
    """What a reader of *html* should not have met; of a site whose every word is ours, more."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    found = [Finding(page, "an empty label", each) for each in reader.unnamed]
    for block in reader.blocks:
        said = re.sub(r"[ \t\n\r]+", " ", block.text).strip(" ")
        if not said or block.is_for_editors:
            continue
        found += [Finding(page, "values glued together", each) for each in block.glued]
        found += [Finding(page, rule, words) for rule, words in found_in(said, ids)]
        ours = said if is_all_ours else block.ours
        found += [Finding(page, rule, words) for rule, words in foreign(ours, reader.language)]
    return found


def titled_ids(site: Path) -> frozenset[str]:
    """The ids of the records that are called otherwise, less those that are words of a title."""
    records = [
        record
        for file in (site / "data").glob("*.json")
        for record in json.loads(file.read_text("utf-8")).get("records", ())
    ]
    titles = {word for each in records for word in re.findall(r"[\w-]+", str(each["title"]))}
    return frozenset(
        id
        for each in records
        if (id := str(each["id"])) not in titles and not _is_word(id, str(each["title"]))
    )


def _is_word(id: str, title: str) -> bool:
    """Whether *id* reads as *title* does but for its capital: Post-it."""
    return title.lower() == id and not re.search("[A-Z]{2}", title)


def texts(site: Path) -> Iterator[tuple[str, str]]:
    """Each page, entry of the search and feed of *site*, as HTML."""
    for file in sorted(site.rglob("*.html")):
        yield file.relative_to(site).as_posix(), file.read_text("utf-8")
    language = html_language(site)
    for file in sorted(site.glob("search/texts/*.json")):
        for url, title, _, parts in json.loads(file.read_text("utf-8")):
            for id, heading, text in parts:
                said = "".join(f"<p>{escape(each)}</p>" for each in (title, heading, text))
                yield f"{INDEX}{url}#{id}", f'<html lang="{language}">{said}'
    for file in sorted(site.rglob("*.atom")):
        text = re.sub(r"<(id|updated|link|published)\b.*?(?:</\1>|/>)", "", file.read_text("utf-8"))
        yield file.relative_to(site).as_posix(), re.sub(r"<\?.*?\?>", "", text)


def html_language(site: Path) -> str:
    """The language of the home page."""
    found = re.search(r'<html[^>]*\blang="?(\w+)', (site / "index.html").read_text("utf-8"))
    return found[1] if found else ""


def read_site(site: Path, *, is_all_ours: bool = False) -> list[Finding]:
    """What a reader of *site* should not have met, once a page."""
    ids = titled_ids(site)
    found: set[Finding] = set()
    for page, html in texts(site):
        met = read(html, page, ids, is_all_ours=is_all_ours)
        # The index of the search has lost what tells code from words.
        is_index = page.startswith(INDEX)
        found.update(each for each in met if not (is_index and each.rule in OF_CODE))
    return sorted(found)


def main(site: Path) -> int:
    """Prints a line for each finding."""
    found = read_site(site)
    for each in found:
        print(f"- {visible(str(each))}")
    print(f"{len(list(texts(site)))} texts read, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
