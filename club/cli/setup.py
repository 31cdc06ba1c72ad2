"""`club setup`: this clone's Git merges records by field."""

from __future__ import annotations

import argparse
from typing import Any

from club.merge.install import NO_REPOSITORY, install, remove
from club.model.folder import ClubFolder
from club.model.message import N_
from club.publish.words.language import Words


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser("setup", help=N_("let this clone's Git merge records by field"))
    parser.add_argument("--remove", action="store_true", help=N_("merge line by line again"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 outside a repository."""
    said = remove(folder.root) if options.remove else install(folder.root)
    for each in said:
        print(words.say(each))
    return 1 if said[0].id == NO_REPOSITORY else 0
