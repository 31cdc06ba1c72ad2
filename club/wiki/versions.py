"""The records that a data file held at one time, and how two versions of it differ."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from club.model.source import Block, parse
from club.records.registry import KIND_BY_COLLECTION
from club.wiki.repo import DATA, DOCS

ENTRY = re.compile(r"^(?=[^\s#])", re.MULTILINE)
"""Where a top-level key may begin."""
AUDIENCE = re.compile(r"""["']?audience\b""")
SUFFIXES = {".yaml", ".yml"}
MARKDOWN = ".md"
Records = Mapping[str, Block]
"""The mappings of a file, by the subject they are about: `collection/id`."""


def collection_of(path: str) -> str:
    """The collection that the file at *path* belongs to, or nothing."""
    parts = PurePosixPath(path).parts
    if len(parts) not in (2, 3) or parts[0] != DATA or parts[-1].startswith("."):
        return ""
    if PurePosixPath(path).suffix not in SUFFIXES:
        return ""
    name = parts[1] if len(parts) == 3 else PurePosixPath(path).stem
    return name if name in KIND_BY_COLLECTION else ""


def page_subject(path: str) -> str:
    """What the Markdown file at *path* is: a page, or the long text of the record `c/id`."""
    parts = PurePosixPath(path).parts
    if parts[:1] != (DOCS,) or not path.endswith(MARKDOWN):
        return ""
    if len(parts) == 3 and parts[1] in KIND_BY_COLLECTION and parts[2] != "index.md":
        return f"{parts[1]}/{PurePosixPath(path).stem}"
    return path


def is_page(subject: str) -> bool:
    """Whether *subject* is a page of the wiki rather than a record."""
    return subject.endswith(MARKDOWN)


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
    collection = collection_of(path)
    if _is_in_folder(path):
        return {f"{collection}/{PurePosixPath(path).stem}": content}
    blocks = content.items()
    return {f"{collection}/{id}": block for id, block in blocks if isinstance(block, Block)}


def _is_in_folder(path: str) -> bool:
    return path.count("/") > 1


def differing(path: str, old: str, new: str) -> tuple[Records, Records] | None:
    """What differs between two versions of a file; None if either cannot be read.

    Only the entries that are not word for word in both are parsed: the records of a collection's
    file, the fields of a record's own. Should one not stand alone, the whole files are.
    """
    olds, news = ENTRY.split(old), ENTRY.split(new)
    same = set(olds).intersection(news)
    if same and len(olds) == len(set(olds)) and len(news) == len(set(news)):
        parts = [_entries(path, [e for e in each if e not in same], each) for each in (olds, news)]
        if parts[0] is not None and parts[1] is not None:
            return parts[0], parts[1]
    before, after = records_of(path, old), records_of(path, new)
    return None if before is None or after is None else (before, after)


def _entries(path: str, changed: list[str], whole: list[str]) -> Records | None:
    """The records of the entries *changed*; whether a record's own file is for members is kept."""
    if _is_in_folder(path):
        changed += [each for each in whole if AUDIENCE.match(each) and each not in changed]
    keys = [each for each in changed if each.strip() and each[0] not in "# \r\n"]
    found = parse(path, "".join(changed))
    if found.problems:
        return None
    content = found.content if isinstance(found.content, Block) else Block()
    if len(content) != len(keys):
        return None
    return _by_subject(path, content)
