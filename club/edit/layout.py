"""One file or one file a record: converting a collection without losing a comment.

The text is cut and moved, never re-dumped: each record keeps its lines, comments and quoting.
Comments above a record's key travel with it; what stands at the head of the file, before a blank
line, stays at the head.
"""

from __future__ import annotations

import os.path
import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from club.edit.fmt import formatted
from club.edit.plan import Plan
from club.model.entries import Entry, cut_text, cut_value
from club.model.folder import HEAD, SUFFIXES, ClubFolder
from club.model.lines import moved, newline_of, record_under
from club.model.message import N_, Message
from club.model.record import ID_PATTERN
from club.model.second_reading import Reading, second_reading
from club.model.source import Block, Source, lines_of, mark_of, marks_documents, parse, read
from club.model.structure_rules import DUPLICATE_ID_FOUND
from club.model.yaml_text import MAP, UnclearError, YamlText
from club.read.files import collection_twice, hidden_records


def split_collection(folder: ClubFolder, collection: str) -> Plan | Message:
    """The plan that turns `data/<collection>.yaml` into `data/<collection>/<id>.yaml`."""
    if collection not in folder.registry.collections:
        return _unknown(collection, folder)
    if refusal := _twice(folder, collection):
        return refusal
    path = folder.file_of(collection) or f"data/{collection}.yaml"
    source = _sound(folder.root, path)
    if isinstance(source, Message):
        return source
    if marks_documents(source.text):
        said = N_("{path} has lines “%YAML”, “---” or “...”: take them away before splitting")
        return Message(said, {"path": path})
    try:
        head, records = _alone(source.text)
    except UnclearError:
        head, records = "", [None] * len(source.content)
    alone: dict[str, str] = {}
    for (id, line), record in zip(lines_of(source.content), records, strict=True):
        if record is None or parse(path, record).content != source.content[id]:
            return Message(
                N_("{path}, line {line}: write this record over several lines before splitting"),
                {"path": path, "line": str(line)},
            )
        alone[id] = record
    if not _says_the_same(source.text, head, alone):
        return Message(N_("{path} cannot be put in order without loss"), {"path": path})
    kind = folder.registry.by_collection[collection]
    is_in_form = formatted(path, source.text, kind) == source.text
    written: dict[str, str] = {}
    for id, record in alone.items():
        file = f"data/{collection}/{id}.yaml"
        done = formatted(file, record, kind) if is_in_form else record
        written[file] = done if isinstance(done, str) else record
    if head.strip():
        written[f"data/{collection}/{HEAD}"] = head
    for file in written:
        if os.path.lexists(folder.root / file):
            return Message(N_("{path} already stands there"), {"path": file})
    mark = mark_of(folder.root, path)
    return Plan({file: mark + text for file, text in written.items()}, (path,))


def join_collection(club: ClubFolder, collection: str) -> Plan | Message:
    """The plan that turns `data/<collection>/` back into one file, records in order of id."""
    if collection not in club.registry.collections:
        return _unknown(collection, club)
    root, path = club.root, f"data/{collection}.yaml"
    if (root / "data" / collection).is_symlink():
        return _unsound(f"data/{collection}")
    files = sorted(club.shown_in(collection), key=lambda file: file.stem)
    if not files:
        return Message(N_("there is no folder data/{name} with records"), {"name": collection})
    if refusal := _twice(club, collection) or _unjoined(club, collection, files):
        return refusal
    sources = {file.stem: read(root, file.relative_to(root).as_posix()) for file in files}
    heads = club.hidden_in(collection)
    head = "".join(read(root, file.relative_to(root).as_posix()).text for file in heads)
    if head.strip():  # a blank line parts it from the first record
        head = f"{head.rstrip()}{2 * newline_of(head)}"
    alone = {id: source.text for id, source in sources.items()}
    content = {id: source.content for id, source in sources.items()}
    parts = [head, *(_together(id, record) for id, record in alone.items())]
    text = "".join(part if part.endswith(("\n", "\r")) else part + "\n" for part in parts if part)
    joined = parse(path, text)
    is_sound = not joined.problems and joined.content == content
    if not (is_sound and _says_the_same(text, head, alone)):
        return Message(N_("data/{name} cannot be joined without loss"), {"name": collection})
    gone = [file.relative_to(root).as_posix() for file in (*files, *heads)]
    mark = next(filter(None, (mark_of(root, file) for file in gone)), "")
    return Plan({path: mark + text}, tuple(gone))


def _twice(folder: ClubFolder, collection: str) -> Message | None:
    """Why *collection* cannot be converted, if it stands in more than one place."""
    places = folder.places_of(collection)
    return collection_twice(collection, *places[:2]).message if len(places) > 1 else None


def _unjoined(club: ClubFolder, collection: str, files: list[Path]) -> Message | None:
    """Why *files*, in order of id, and what is hidden beside them are not one collection."""
    paths = [file.relative_to(club.root).as_posix() for file in files]
    for file, path in zip(files, paths, strict=True):
        if not _is_sound(read(club.root, path), file.stem) or file.suffix not in SUFFIXES:
            return _unsound(path)
    for (first, path), (again, _) in pairwise(zip(files, paths, strict=True)):
        if first.stem == again.stem:
            return Message(DUPLICATE_ID_FOUND, {"found": first.stem, "other": path})
    hidden = next(hidden_records(club, collection), None)
    return _unsound(hidden.place.path) if hidden else None


def _says_the_same(whole: str, head: str, alone: Mapping[str, str]) -> bool:
    """Whether a second reading finds in one file the values and comments that it finds in many."""
    above, *readings = (second_reading(text) for text in (head, *alone.values()))
    sound = [reading for reading in readings if reading]
    if above is None or len(sound) < len(readings):
        return False
    content = {id: reading.content for id, reading in zip(alone, sound, strict=True)}
    comments = sum((reading.comments for reading in sound), above.comments)
    return second_reading(whole) == Reading(content, comments)


def _is_sound(source: Source, *ids: str) -> bool:
    return (
        not source.problems
        and isinstance(source.content, Block)
        and all(re.fullmatch(ID_PATTERN, id) for id in ids)
    )


def _sound(root: Path, path: str) -> Source | Message:
    if not os.path.lexists(root / path):
        return Message(N_("there is no file {path}"), {"path": path})
    source = read(root, path)
    if source.content is None and not source.problems:
        return Message(N_("there is no record in {path}"), {"path": path})
    if not _is_sound(source, *(source.content if isinstance(source.content, Block) else ())):
        return _unsound(path)
    return source


def _unknown(collection: str, folder: ClubFolder) -> Message:
    return Message(
        N_("“{name}” is not a collection; the collections are: {names}"),
        {"name": collection, "names": ", ".join(sorted(folder.registry.collections))},
    )


def _unsound(path: str) -> Message:
    return Message(N_("{path} has errors: mend them first (club check)"), {"path": path})


def _alone(text: str) -> tuple[str, list[str | None]]:
    """The head of a collection's file, and each record as its own file holds it.

    A record whose fields have no lines of their own is None.
    """
    newline = newline_of(text)
    cut = cut_text(YamlText.read(text.replace("\r\n", "\n")))
    head, *gaps = (cut.head + cut.entries[0].gap, *(e.gap for e in cut.entries[1:]), cut.foot)
    records = [_record(entry, below) for entry, below in zip(cut.entries, gaps, strict=True)]
    ended = [record and record.replace("\n", newline) for record in records]
    return head.replace("\n", newline), ended


def _record(entry: Entry, below: str) -> str | None:
    if entry.kind != MAP:
        return None
    key, _, fields = entry.body.partition("\n")
    beside = f"{key[key.index('#') :]}\n" if "#" in key else ""
    return entry.comments + beside + moved(fields + below, -cut_value(entry).column)


def _together(id: str, text: str) -> str:
    """A record as its collection's file holds it, its first comments above its key."""
    newline = newline_of(text)
    lines = text.replace("\r\n", "\n").split("\n")
    stop = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    above, fields = lines[:stop], "\n".join(lines[stop:])
    joined = "\n".join([*above, record_under(id, fields)])
    return joined.replace("\n", newline)
