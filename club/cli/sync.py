"""`club sync`: brings the main branch into the proposal, merging records by field."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from club.model.folder import ClubFolder
from club.model.message import N_
from club.publish.words.language import Words
from club.review.sync import sync


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser("sync", help=N_("bring the main branch into your proposal"))
    parser.add_argument("branch", nargs="?", default="", help=N_("origin's main branch by default"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if conflicts are left to resolve, 2 if nothing could be merged."""
    found = sync(folder.root, options.branch)
    stream = sys.stderr if found.status else sys.stdout
    if found.details:
        print(found.details.rstrip(), file=stream)
    for each in found.messages:
        print(words.say(each), file=stream)
    return found.status
