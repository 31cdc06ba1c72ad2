"""One file or one file a record: converting a collection without losing a comment.

The text is cut and moved, never re-dumped: each record keeps its lines, comments and quoting.
Comments above a record's key travel with it; what stands at the head of the file, before a blank
line, stays at the head.
"""

from __future__ import annotations

import re
from pathlib import Path

from club.edit.plan import Plan
from club.model.message import N_, Message
from club.model.record import ID_PATTERN
from club.model.source import Block, Source, lines_of, parse, read
from club.model.structure_rules import COLLECTION_TWICE_FOUND
from club.records.registry import KIND_BY_COLLECTION

INDENT = "  "
HEAD = ".head.yaml"
"""The comments at the head of a collection's file, kept beside its records while it is split."""
SUFFIXES = {".yaml", ".yml"}
NOT_TEXT_ELSEWHERE = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
"""Ids that other readers of YAML would not take for text; a leading digit makes them doubt too."""
KEY_LINE = re.compile(r"""^(?:"[^"]*"|'[^']*'|[^\s#:][^:]*):[ \t]*(.*)$""")


def split_collection(root: Path, collection: str) -> Plan | Message:
    """The plan that turns `data/<collection>.yaml` into `data/<collection>/<id>.yaml`."""
    path = f"data/{collection}.yaml"
    source = _sound(root, path, collection)
    if isinstance(source, Message):
        return source
    if _records_in(root / "data" / collection):
        return _both(collection)
    lines = source.text.splitlines(keepends=True)
    starts = [line - 1 for _, line in lines_of(source.content)]
    tops = [_top(lines, start, starts[i - 1] + 1 if i else 0) for i, start in enumerate(starts)]
    head = "".join(lines[: tops[0]])
    written: dict[str, str] = {}
    for index, (id, block) in enumerate(source.content.items()):
        end = tops[index + 1] if index + 1 < len(tops) else len(lines)
        record = _dedented(lines[tops[index] : starts[index]], lines[starts[index] : end])
        if record is None or parse(path, record).content != block:
            return Message(
                N_("{path}, line {line}: write this record over several lines before splitting"),
                {"path": path, "line": str(starts[index] + 1)},
            )
        written[f"data/{collection}/{id}.yaml"] = record
    if head.strip():
        written[f"data/{collection}/{HEAD}"] = head
    return Plan(written, (path,))


def join_collection(root: Path, collection: str) -> Plan | Message:
    """The plan that turns `data/<collection>/` back into one file, records in order of id."""
    if collection not in KIND_BY_COLLECTION:
        return _unknown(collection)
    path = f"data/{collection}.yaml"
    folder = root / "data" / collection
    files = _records_in(folder)
    if not files:
        return Message(N_("there is no folder data/{name} with records"), {"name": collection})
    if (root / path).exists():
        return _both(collection)
    head = folder / HEAD
    parts = [read(root, f"data/{collection}/{HEAD}").text] if head.exists() else []
    content: dict[str, object] = {}
    for file in files:
        record = file.relative_to(root).as_posix()
        source = read(root, record)
        if not _is_sound(source, file.stem) or file.suffix not in SUFFIXES:
            return _unsound(record)
        content[file.stem] = source.content
        parts.append(_indented(file.stem, source.text))
    text = "".join(part if part.endswith(("\n", "\r")) else part + "\n" for part in parts)
    joined = parse(path, text)
    if joined.problems or joined.content != content:
        return Message(N_("data/{name} cannot be joined without loss"), {"name": collection})
    removed = tuple(
        each.relative_to(root).as_posix() for each in [*files, *([head] if head.exists() else [])]
    )
    return Plan({path: text}, removed)


def _records_in(folder: Path) -> list[Path]:
    """What *folder* holds, by name, but for hidden files."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(
        (file for file in found if not file.name.startswith(".")), key=lambda file: file.stem
    )


def _is_sound(source: Source, *ids: str) -> bool:
    return (
        not source.problems
        and isinstance(source.content, Block)
        and all(re.fullmatch(ID_PATTERN, id) for id in ids)
    )


def _sound(root: Path, path: str, collection: str) -> Source | Message:
    if collection not in KIND_BY_COLLECTION:
        return _unknown(collection)
    if not (root / path).is_file():
        return Message(N_("there is no file {path}"), {"path": path})
    source = read(root, path)
    if source.content is None and not source.problems:
        return Message(N_("there is no record in {path}"), {"path": path})
    if not _is_sound(source, *(source.content if isinstance(source.content, Block) else ())):
        return _unsound(path)
    return source


def _unknown(collection: str) -> Message:
    return Message(
        N_("“{name}” is not a collection; the collections are: {names}"),
        {"name": collection, "names": ", ".join(sorted(KIND_BY_COLLECTION))},
    )


def _both(collection: str) -> Message:
    return Message(COLLECTION_TWICE_FOUND, {"collection": collection})


def _unsound(path: str) -> Message:
    return Message(N_("{path} has errors: mend them first (club check)"), {"path": path})


def _top(lines: list[str], start: int, floor: int) -> int:
    """Where the comments right above a key begin."""
    top = start
    while top > floor and lines[top - 1].startswith("#"):
        top -= 1
    return top


def _dedented(above: list[str], block: list[str]) -> str | None:
    """A record's lines moved to the margin, or None if it is written on one line."""
    if not block:
        return None
    match = KEY_LINE.match(block[0].rstrip("\r\n"))
    rest = match[1] if match else ""
    body = block[1:]
    if rest and not rest.startswith("#"):
        return None
    widths = [
        len(line) - len(line.lstrip(" "))
        for line in body
        if line.strip() and not line.lstrip().startswith("#")
    ]
    width = min(widths, default=0)
    if not width:
        return None
    first = [rest + _newline(block[0])] if rest else []
    moved = [line[min(width, len(line) - len(line.lstrip(" "))) :] for line in body]
    return "".join([*above, *first, *moved])


def _indented(id: str, text: str) -> str:
    lines = text.splitlines(keepends=True)
    comments = 0
    while comments < len(lines) and lines[comments].startswith("#"):
        comments += 1
    # A line of spaces alone may belong to a text; only empty ones stay as they are.
    body = [INDENT + line if line.strip("\r\n") else line for line in lines[comments:]]
    key = f'"{id}"' if id[0].isdigit() or id in NOT_TEXT_ELSEWHERE else id
    return "".join([*lines[:comments], f"{key}:{_newline(text)}", *body])


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
