"""The records that a data file held at one time, and how two versions of it differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from club.model.folder import ClubFolder, data_file, is_one_record
from club.model.names import PAGE_SUFFIX, is_hidden
from club.model.record import TITLES
from club.model.source import NULLS, Block, parse

ENTRY = re.compile(r"\n(?=[^\s#])")
"""Where a line ends before a top-level key may begin."""
PLAIN = re.compile(r"([a-z_]+): ([^\W\d_](?:[\w’',./() -]*[\w’'./()])?)\s*")
"""A field of one line that needs no reader of YAML."""
READERS = re.compile(r"""["']?(?:audience|example)\b""")
"""The fields that say who may read a record: for members alone, or not where examples hide."""
IDENTITY = re.compile(rf"""["']?(?:{"|".join(TITLES)}|audience|example|aliases)\b""")
"""The fields that say what a record is called and who may read it."""
Records = Mapping[str, Block]
"""The mappings of a file, by the subject they are about: `collection/id`."""


def page_subject(path: str, folder: ClubFolder) -> str:
    """What the Markdown file at *path* is: a page, or the long text of the record `c/id`.

    One whose name, or whose folder's, begins with a dot is nothing: it is never published.
    """
    inside = path.removeprefix(f"{folder.docs}/")
    if inside == path or is_hidden(inside) or not path.endswith(PAGE_SUFFIX):
        return ""
    return inside.removesuffix(PAGE_SUFFIX) if folder.is_body(inside) else path


def is_page(subject: str) -> bool:
    """Whether *subject* is a page of the wiki rather than a record."""
    return subject.endswith(PAGE_SUFFIX)


def is_left_out(subject: str, folder: ClubFolder) -> bool:
    """Whether the site leaves out the page *subject*, or the long text of the record *subject*."""
    inside = (
        subject.removeprefix(f"{folder.docs}/") if is_page(subject) else f"{subject}{PAGE_SUFFIX}"
    )
    return folder.publication.leaves_out(inside)


def text_of(data: bytes | None) -> str | None:
    """The text of a file, or None if it cannot be read."""
    if data is None:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def records_of(path: str, text: str) -> Records | None:
    """The records of the file at *path*; None if it cannot be read."""
    source = parse(path, text)
    if source.content is None:
        return None if source.problems else {}
    return _by_subject(path, source.content) if isinstance(source.content, Block) else None


def _by_subject(path: str, content: Block) -> Records:
    file = data_file(path)
    assert file
    if file.id:
        return {f"{file.collection}/{file.id}": content}
    blocks = content.items()
    return {f"{file.collection}/{id}": block for id, block in blocks if isinstance(block, Block)}


def new_records(path: str, text: str) -> Records | None:
    """As `records_of` for a file that is new: of a record's own, no more than what names it."""
    if is_one_record(path):
        entries = top_level_entries(text)
        found = _entries(path, [each for each in entries if IDENTITY.match(each)], ())
        if found is not None:
            return found
    return records_of(path, text)


def differing(path: str, old: str, new: str) -> tuple[Records, Records] | None:
    """What differs between two versions of a file; None if either cannot be read.

    Only the entries that are not word for word in both are parsed: the records of a collection's
    file, the fields of a record's own. Should one not stand alone, the whole files are.
    """
    olds, news = top_level_entries(old), top_level_entries(new)
    of_old, of_new = set(olds), set(news)
    if len(olds) == len(of_old) and len(news) == len(of_new) and not of_old.isdisjoint(of_new):
        before = _entries(path, [each for each in olds if each not in of_new], olds)
        after = _entries(path, [each for each in news if each not in of_old], news)
        if before is not None and after is not None:
            return before, after
    whole = records_of(path, old), records_of(path, new)
    return None if whole[0] is None or whole[1] is None else (whole[0], whole[1])


@lru_cache(maxsize=64)
def top_level_entries(text: str) -> tuple[str, ...]:
    """The top-level entries of a file, each with the lines below its key; first what is above."""
    # `quick_cut` gives comments and lines their owners; here, where only what differs is then
    # parsed and every commit passes, one pattern does in a twentieth of its time.
    return tuple(ENTRY.split(text.rstrip()))


def _entries(path: str, changed: list[str], whole: Iterable[str]) -> Records | None:
    """The records of the entries *changed*; what says who may read a record's own file is kept."""
    if is_one_record(path):
        changed += [each for each in whole if READERS.match(each) and each not in changed]
    content = Block()
    content.marks = []
    rest = []
    for each in changed:
        plain = PLAIN.fullmatch(each)
        if plain and plain[2] not in NULLS:
            content[plain[1]] = plain[2]
        elif each.strip():
            rest.append(each)
    if rest:
        found = parse(path, "\n".join(rest) + "\n")
        if found.problems:
            return None
        content.update(found.content if isinstance(found.content, Block) else {})
    keys = [each for each in changed if each.strip() and each[0] not in "# \r\n"]
    return _by_subject(path, content) if len(content) == len(keys) else None
