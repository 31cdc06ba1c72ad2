"""`club fmt`: the files of records in their normal form."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from club.edit.fmt import formatted
from club.edit.plan import Plan
from club.model.folder import ClubFolder
from club.model.message import N_, Message
from club.model.problem import Problem
from club.model.source import mark_of, read_text
from club.publish.reports.problems import text
from club.publish.words.language import Words
from club.read.load import record_files


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser("fmt", help=N_("put the fields of the records in order"))
    parser.add_argument("paths", nargs="*", type=Path, help=N_("files or folders; all without any"))
    parser.add_argument("--check", action="store_true", help=N_("only list what would change"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if a file has errors or, with --check, if one would change; 2 for a wrong call."""
    found = {
        path: kind for path, kind in record_files(folder) if _is_asked(folder.root / path, options)
    }
    if options.paths and not found:
        print(words.say(Message(N_("no file of records there"))), file=sys.stderr)
        return 2
    changed: dict[str, str] = {}
    failed = False
    for path, kind in found.items():
        before = read_text(folder.root, path)
        after = [before] if isinstance(before, Problem) else formatted(path, before, kind)
        if isinstance(after, str):
            if after != before:
                changed[path] = mark_of(folder.root, path) + after
            continue
        failed = True
        print("\n".join(_said(after, words)), file=sys.stderr)
    if not options.check:
        Plan(changed).apply(folder.root)
    for path in changed:
        print(path)
    return 1 if failed or (options.check and changed) else 0


def _is_asked(file: Path, options: argparse.Namespace) -> bool:
    asked = [path.resolve() for path in options.paths]
    return not asked or any(file.resolve().is_relative_to(path) for path in asked)


def _said(found: Message | list[Problem], words: Words) -> Iterator[str]:
    if isinstance(found, Message):
        yield words.say(found)
    else:
        yield from (text(each, words) for each in found)
