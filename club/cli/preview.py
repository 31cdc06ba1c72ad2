"""`club preview`: a folder where a proposal from outside can be built without trusting it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from club.model.folder import ClubFolder
from club.model.message import N_, Message
from club.publish.reports.problems import FORMATS
from club.publish.words.language import Words
from club.review.preview import assemble


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "preview", help=N_("assemble this club's code with the records and pages of a proposal")
    )
    parser.add_argument("--from", dest="proposal", required=True, help=N_("a folder, or a commit"))
    parser.add_argument("--to", dest="target", type=Path, required=True, help=N_("an empty folder"))
    parser.add_argument("--format", choices=FORMATS, default="text", help=N_("text by default"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if something of the proposal was left out, 2 for a wrong call."""
    found = assemble(folder, options.proposal, options.target)
    if isinstance(found, Message):
        print(words.say(found), file=sys.stderr)
        return 2
    if found:
        sys.stdout.write(FORMATS[options.format](tuple(found), words))
        return 1
    done = Message(N_("Ready to be built: {path}"), {"path": str(options.target)})
    print(words.say(done))
    return 0
