"""`club split` and `club join`: a collection in one file, or one file a record."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from club.edit.layout import join_collection, split_collection
from club.edit.plan import Plan
from club.model.folder import ClubFolder
from club.model.message import N_
from club.publish.words.language import Words


def add(commands: Any) -> None:
    """Declares both commands."""
    for name, plan, text in (
        (
            "split",
            split_collection,
            N_("turn a collection's file into a folder, one record a file"),
        ),
        ("join", join_collection, N_("turn a collection's folder into one file")),
    ):
        parser = commands.add_parser(name, help=text)
        parser.add_argument("collection", help=N_("such as meetings"))
        parser.set_defaults(run=run, plan=plan)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if the collection cannot be converted, and then nothing is touched."""
    found = options.plan(folder, options.collection)
    if not isinstance(found, Plan):
        print(words.say(found), file=sys.stderr)
        return 1
    found.apply(folder.root)
    for path in (*found.removed, *found.written):
        print(f"{'-' if path in found.removed else '+'} {path}")
    return 0
