"""One file or one file a record: converting a collection without losing a comment.

The text is cut and moved, never re-dumped: each record keeps its lines, comments and quoting.
Comments above a record's key travel with it; what stands at the head of the file, before a blank
line, stays at the head.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from club.model.message import N_, Message
from club.model.source import Block, Source, lines_of, read
from club.records.registry import KIND_BY_COLLECTION

INDENT = "  "
HEAD = ".head.yaml"
"""The comments at the head of a collection's file, kept beside its records while it is split."""
KEY_LINE = re.compile(r"""^(?:"[^"]*"|'[^']*'|[^\s#:][^:]*):[ \t]*(.*)$""")


@dataclass(frozen=True, slots=True)
class Plan:
    """Files to write and to remove, worked out before anything is touched."""

    written: dict[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()

    def apply(self, root: Path) -> None:
        """Writes everything, then removes: an interruption leaves too much, never too little."""
        for path, text in self.written.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            temporary = file.with_name(f".{file.name}.new")
            temporary.write_text(text, encoding="utf-8", newline="")
            os.replace(temporary, file)
        for path in self.removed:
            (root / path).unlink()
        for folder in {(root / path).parent for path in self.removed}:
            if folder.name != "data" and not any(folder.iterdir()):
                folder.rmdir()


def split(root: Path, collection: str) -> Plan | Message:
    """The plan that turns `data/<collection>.yaml` into `data/<collection>/<id>.yaml`."""
    path = f"data/{collection}.yaml"
    source = _sound(root, path, collection)
    if isinstance(source, Message):
        return source
    lines = source.text.splitlines(keepends=True)
    starts = [line - 1 for _, line in lines_of(source.content)]
    tops = [_top(lines, start, starts[i - 1] + 1 if i else 0) for i, start in enumerate(starts)]
    head = "".join(lines[: tops[0]] if tops else lines)
    written: dict[str, str] = {}
    for index, id in enumerate(source.content):
        end = tops[index + 1] if index + 1 < len(tops) else len(lines)
        record = _dedented(lines[tops[index] : starts[index]], lines[starts[index] : end])
        if record is None:
            return Message(
                N_("{path}, line {line}: write this record over several lines before splitting"),
                {"path": path, "line": str(starts[index] + 1)},
            )
        written[f"data/{collection}/{id}.yaml"] = record
    if head.strip():
        written[f"data/{collection}/{HEAD}"] = head
    return Plan(written, (path,))


def join(root: Path, collection: str) -> Plan | Message:
    """The plan that turns `data/<collection>/` back into one file, records in order of id."""
    if collection not in KIND_BY_COLLECTION:
        return _unknown(collection)
    folder = root / "data" / collection
    files = sorted(folder.glob("*.yaml"), key=lambda file: file.stem) if folder.is_dir() else []
    files = [file for file in files if file.name != HEAD]
    if not files:
        return Message(N_("there is no folder data/{name} with records"), {"name": collection})
    head = folder / HEAD
    parts = [head.read_text("utf-8")] if head.exists() else []
    for file in files:
        path = file.relative_to(root).as_posix()
        source = read(root, path)
        if source.problems or not isinstance(source.content, Block):
            return _unsound(path)
        parts.append(_indented(file.stem, source.text))
    text = "".join(part if part.endswith("\n") else part + "\n" for part in parts)
    removed = tuple(
        each.relative_to(root).as_posix() for each in [*files, *([head] if head.exists() else [])]
    )
    return Plan({f"data/{collection}.yaml": text}, removed)


def _sound(root: Path, path: str, collection: str) -> Source | Message:
    if collection not in KIND_BY_COLLECTION:
        return _unknown(collection)
    if not (root / path).is_file():
        return Message(N_("there is no file {path}"), {"path": path})
    source = read(root, path)
    if source.problems or not isinstance(source.content, Block):
        return _unsound(path)
    return source


def _unknown(collection: str) -> Message:
    return Message(
        N_("“{name}” is not a collection; the collections are: {names}"),
        {"name": collection, "names": ", ".join(sorted(KIND_BY_COLLECTION))},
    )


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
    first = [rest + "\n"] if rest else []
    moved = [line[width:] if line[:width].isspace() else line for line in body]
    return "".join([*above, *first, *moved])


def _indented(id: str, text: str) -> str:
    lines = text.splitlines(keepends=True)
    comments = 0
    while comments < len(lines) and lines[comments].startswith("#"):
        comments += 1
    body = [INDENT + line if line.strip() else line for line in lines[comments:]]
    key = f'"{id}"' if id.isdigit() else id
    return "".join([*lines[:comments], f"{key}:\n", *body])
