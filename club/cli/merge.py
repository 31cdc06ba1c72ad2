"""`club merge`: the merge driver that Git calls, or a merge of three files by hand."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path
from typing import Any

from club.edit.plan import write_whole
from club.merge import Conflict, merge_path
from club.merge.install import CONFLICTS
from club.merge.result import OURS, SIDES, THEIRS
from club.model.folder import ClubFolder
from club.model.message import N_, Message
from club.publish.words.language import Words

FAILED = 129
"""Above 128, Git knows that nothing was merged; below, it takes what is there for a conflict."""
NOT_MERGED = N_("nothing was merged: {path} cannot be read or written ({reason})")
DONE = N_("{path}: {count} conflict(s) to resolve, between markers in the file")


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser("merge", help=N_("merge three versions of a file (Git's driver)"))
    for name, text in (
        ("base", N_("the common ancestor (%%O)")),
        ("ours", N_("our version, which receives the result (%%A)")),
        ("theirs", N_("their version (%%B)")),
        ("path", N_("the file's path in the club (%%P)")),
    ):
        parser.add_argument(name, help=text)
    parser.add_argument(
        "--labels",
        nargs=2,
        default=SIDES,
        metavar=("OURS", "THEIRS"),
        help=N_("what the sides are"),
    )
    parser.add_argument("--driver", action="store_true", help=N_("for Git: see club setup"))
    parser.set_defaults(run=run, needs_club=False, failure=FAILED)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """0 if the merge is clean, 1 (or what the driver says) if conflicts are left to people.

    129 if nothing was merged.
    """
    gc.disable()  # a short life, with many small objects that all stay
    here, there = options.labels
    names = (OURS if here.startswith("%") else here, THEIRS if there.startswith("%") else there)
    try:
        base, ours, theirs = (
            Path(name).read_bytes() for name in (options.base, options.ours, options.theirs)
        )
        result = merge_path(base, ours, theirs, options.path, folder.registry, names)
        if options.driver:  # the file is Git's own, which it throws away if this fails
            Path(options.ours).write_bytes(result.raw)
        else:
            write_whole(Path(options.ours), result.raw)
    except OSError as error:
        about = {"path": error.filename or options.ours, "reason": error.strerror}
        print(words.say(Message(NOT_MERGED, about)), file=sys.stderr)
        return FAILED
    if not isinstance(result.merge, Conflict):
        return 0
    report(options.path, result.merge, words)
    return CONFLICTS if options.driver else 1


def report(path: str, conflict: Conflict, words: Words) -> None:
    """Says what people have to resolve, on the standard error stream."""
    about = {"path": path, "count": len(conflict.conflicts)}
    print(words.say(Message(DONE, about)), file=sys.stderr)
    for each in conflict.conflicts:
        print(f"  - {words.say(each)}", file=sys.stderr)
