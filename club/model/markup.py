"""What the club reads in Markdown without converting it: links, headings, and what is code."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import filterfalse
from unicodedata import combining, normalize

from markdown.extensions.toc import slugify

TEXT_LINK = re.compile(r"\[\[([^\[\]|#\n]+)(#[^\[\]|\n]*)?(?:\|([^\[\]\n]+))?\]\]")
"""`[[id]]`, `[[id#section]]`, `[[id|words]]` and `[[A title]]`."""
FILE_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\((<?)([^()\s<>#?:]+\.md)(#[^()\s<>]*)?(>?[^()]*)\)")
"""`[words](folder/page.md#section)`: what MkDocs resolves itself."""
FILE_DEFINITION = re.compile(
    r"^( {0,3}\[(?!\^)[^\[\]\n]+\]:[ \t]*)(<?)([^()\s<>#?:]+\.md)(?=[#>\s]|$)", re.MULTILINE
)
"""`[words]: folder/page.md "title"`: the same for links that give but a name, `[those][words]`."""
FILE_NAME = re.compile(r"[^()\[\]\s<>#?:=\"'`]+\.md\b")
FENCE = re.compile(r"(?P<indent>[ >\t]*)(?P<fence>`{3,}|~{3,})(?P<info>[^`\n]*)$")
CODE_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
RELATIVE = re.compile(
    r"(\]\(<?|^\[[^\]\n]+\]:[ \t]*<?)((?![a-z][a-z0-9+.-]*:|[/#<])[^\s()<>]+)", re.MULTILINE
)
LIST_MARK = re.compile(r" {0,3}(?:[-*+]|\d+[.)]|:|\[\^[^\]]+\]:|!!!|\?\?\?\+?|===)(?:\s|$)")
ATX = re.compile(r" {0,3}(#{1,6})[ \t]*(.*)$")
SETEXT = re.compile(r"(=+|-+)[ \t]*$")
# Each begins where a run of spaces does, or at a bracket that holds no other: never over again.
ATTRIBUTES = re.compile(r"(?<!\s)\s*\{:?\s*([^{}]*)\}\s*$")
ID_ATTRIBUTE = re.compile(r"#([\w:.-]+)|\bid=[\"']?([\w:.-]+)")
FORMER_IDS = re.compile(r"\baliases=[\"']?([\w:. -]+)")
ANY_ID = re.compile(r"\{:?[^{}\n]*#([\w:.-]+)[^{}\n]*\}|<[a-z][^<>]*\b(?:id|name)=[\"']([^\"']+)")
NUMBERED = re.compile(r"(.*)_([0-9]{1,999})")
MARKS = re.compile(r"[\\`*_{}\[\]#]")
"""What is no letter to Markdown, and is one after a backslash."""
INLINE_MARKS = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\([^()]*\)|<[^<>]+>|[*`]|(?<!\w)_+|_+(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page: its level, its words, its id and the ids it used to have."""

    level: int
    title: str
    id: str
    line: int
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: its info string, its text, and the line where its text begins."""

    info: str
    text: str
    line: int


def folded(title: str) -> str:
    """*title* less case, accents, kinds of spaces and of apostrophes."""
    if title.isascii():
        return " ".join(title.casefold().split())
    bare = normalize("NFKD", title.replace("’", "'")).casefold()
    return " ".join("".join(filterfalse(combining, bare)).split())


def capital(text: str) -> str:
    """*text* with a capital."""
    return text[:1].upper() + text[1:]


def plain(words: str) -> str:
    """*words* as a text of Markdown has them, where nothing of them is a mark."""
    return MARKS.sub(r"\\\g<0>", words).replace("&", "&amp;").replace("<", "&lt;")


def bare(text: str, titles: Mapping[str, str]) -> str:
    """*text* without its marks: a link is its words, else the title that *titles* give its id."""
    named = TEXT_LINK.sub(lambda link: link[3] or titles.get(link[1].strip(), link[1]), text)
    return INLINE_MARKS.sub(lambda mark: mark[1] or "", named)


def text_links(text: str) -> Iterator[re.Match[str]]:
    """The `[[…]]` of *text* that are links: those inside code or comments are not."""
    return outside_code(TEXT_LINK, text) if "[[" in text else iter(())


def file_links(text: str) -> Iterator[re.Match[str]]:
    """The links of *text* to Markdown files, less those inside code."""
    return outside_code(FILE_LINK, text) if ".md" in text else iter(())


def file_definitions(text: str) -> Iterator[re.Match[str]]:
    """The definitions of links of *text* to Markdown files, less those inside code."""
    return outside_code(FILE_DEFINITION, text) if ".md" in text else iter(())


def file_names(text: str) -> Iterator[re.Match[str]]:
    """Whatever names a Markdown file in *text*, raw HTML too, less what is inside code."""
    return outside_code(FILE_NAME, text) if ".md" in text else iter(())


def outside_code(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What *pattern* finds in *text*, less what is only shown, as code or in a comment."""
    is_code = code_at(text)
    return (match for match in pattern.finditer(text) if not is_code(match.start()))


def code_at(text: str) -> Callable[[int], bool]:
    """Whether what stands at a place of *text* is only shown, as code or in a comment."""
    spans = code_spans(text)
    starts = [start for start, _ in spans]

    def is_code(place: int) -> bool:
        index = bisect_right(starts, place) - 1
        return index >= 0 and place < spans[index][1]

    return is_code


def code_spans(text: str) -> list[tuple[int, int]]:
    """Where code and comments stand in *text*: fences, indented blocks, spans."""
    if not any(mark in text for mark in ("`", "~~~", "<!--", "    ", "\t")):
        return []
    blocks = _code_blocks(text)
    # Spans are looked for with the blocks blanked, so that a fence's marks open none.
    blanked = list(text)
    for start, end in blocks:
        blanked[start:end] = " " * (end - start)
    rest = "".join(blanked)
    # What opens a comment after the last end of one opens none.
    stop = rest.rfind("-->") + len("-->")
    found = [match.span() for match in CODE_SPAN.finditer(rest)]
    found += [match.span() for match in COMMENT.finditer(rest, 0, max(stop, 0))]
    return sorted([*blocks, *found])


def _code_blocks(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = offset = 0
    fence = ""
    is_after_blank, is_nested = True, False
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        opened = FENCE.match(line.rstrip("\r\n"))
        if fence:
            if opened and opened["fence"].startswith(fence) and not opened["info"].strip():
                found.append((start, offset + len(line)))
                fence = ""
        elif opened:
            fence, start = opened["fence"], offset
        elif bare and line.startswith(("    ", "\t")):
            if is_after_blank and not is_nested:
                found.append((offset, offset + len(line)))
                offset += len(line)
                continue  # the next indented line is code too
        elif bare:
            is_nested = bool(LIST_MARK.match(line)) or (is_nested and line.startswith(" "))
        is_after_blank = not bare
        offset += len(line)
    if fence:
        found.append((start, offset))
    return found


def fences(text: str) -> Iterator[Fence]:
    """The fenced blocks of *text*, closed or not, indented as they are."""
    info, fence, held, start = "", "", list[str](), 0
    for number, line in enumerate(text.splitlines(), 1):
        opened = FENCE.match(line)
        if not fence and opened:
            fence, info, held, start = opened["fence"], opened["info"].strip(), [], number + 1
        elif fence and opened and opened["fence"].startswith(fence) and not opened["info"].strip():
            yield Fence(info, "\n".join(held), start)
            fence = ""
        elif fence:
            held.append(line)
    if fence:
        yield Fence(info, "\n".join(held), start)


def headings(text: str) -> list[Heading]:
    """The headings of *text*, with the ids that Markdown gives them."""
    lines = _without_code(text).splitlines()
    taken = _Taken()
    found = []
    for index, line in enumerate(lines):
        if match := ATX.match(line):
            level, words = len(match[1]), _without_closing(match[2])
        elif SETEXT.match(line) and index and lines[index - 1].strip():
            level, words = 1 if line.startswith("=") else 2, lines[index - 1].strip()
            if LIST_MARK.match(words) or ATX.match(words):
                continue
        else:
            continue
        attributes = ATTRIBUTES.search(words)
        said = INLINE_MARKS.sub(lambda each: each[1] or "", ATTRIBUTES.sub("", words)).strip()
        given = ID_ATTRIBUTE.search(attributes[1]) if attributes else None
        former = FORMER_IDS.search(attributes[1]) if attributes else None
        id = (given[1] or given[2]) if given else taken.unique(slugify(said, "-"))
        old = tuple(former[1].split()) if former else ()
        found.append(Heading(level, said, id, index + 1, old))
    return found


def _without_closing(words: str) -> str:
    """The words of a heading without the hashes that may close it."""
    words = words.rstrip(" \t")
    bare = words.rstrip("#")
    return bare.rstrip(" \t") if not bare or bare[-1] in " \t" else words


class _Taken:
    """The ids of a page, each made unlike the others as Markdown does, but in one step."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._last: dict[tuple[str, int], int] = {}

    def unique(self, id: str) -> str:
        """*id*, or the first free one that follows it, such as `a_1` for `a`."""
        numbered = NUMBERED.fullmatch(id)
        base, start = (numbered[1], int(numbered[2])) if numbered else (id, 0)
        number = self._last.get((base, start), start)
        while id in self._ids or not id:
            number += 1
            id = f"{base}_{number}"
        self._last[base, start] = number
        self._ids.add(id)
        return id


def empty_sections(text: str) -> Iterator[Heading]:
    """The headings of *text* under which nothing stands, not even a smaller heading."""
    found = [each for each in headings(text) if each.level > 1]
    lines = text.splitlines()
    for index, heading in enumerate(found):
        after = found[index + 1] if index + 1 < len(found) else None
        if after is not None and after.level > heading.level:
            continue
        end = after.line - 1 if after else len(lines)
        if not COMMENT.sub("", "\n".join(lines[heading.line : end])).strip(" \t\r\n=-"):
            yield heading


def anchors(text: str) -> set[str]:
    """Every id that a link to *text* may name."""
    found = {each.id for each in headings(text)}
    found.update(former for each in headings(text) for former in each.former)
    found.update(each[1] or each[2] for each in ANY_ID.finditer(_without_code(text)))
    return found


def _without_code(text: str) -> str:
    """*text* with its blocks of code emptied, line for line."""
    for start, end in reversed(_code_blocks(text)):
        text = text[:start] + "\n" * text.count("\n", start, end) + text[end:]
    return text


def line_and_column(text: str, start: int) -> tuple[int, int]:
    """Where *start* stands in *text*, counted from 1."""
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def moved_links(text: str, old: str, new: str) -> str:
    """The relative links and pictures of a page that moves to another folder."""
    source, target = posixpath.dirname(old), posixpath.dirname(new)
    if source == target:
        return text

    def moved(match: re.Match[str]) -> str:
        href, mark, rest = _parts(match[2])
        aim = posixpath.normpath(posixpath.join(source, href))
        slash = "/" if href.endswith("/") else ""
        return f"{match[1]}{posixpath.relpath(aim, target)}{slash}{mark}{rest}"

    return RELATIVE.sub(moved, text)


def _parts(href: str) -> tuple[str, str, str]:
    match = re.match(r"([^#?]*)([#?]?)(.*)", href, re.DOTALL)
    assert match
    return match[1], match[2], match[3]
