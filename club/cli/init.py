"""`club init`: a new club, which checks and builds at once."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from club.edit.origin import LOCAL, requirement, url_in
from club.edit.start import start
from club.model.folder import ClubFolder
from club.model.message import N_, Message
from club.publish.words.language import LANGUAGES, Words

OUR_CLUB = N_("Our club")


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser("init", help=N_("start a club in a new folder"))
    # The settings and words of a club that the command happens to be given in are not heeded.
    parser.add_argument("root", metavar="folder", type=Path, help=N_("new or empty"))
    parser.add_argument("--name", default="", help=N_("of the club and its site"))
    # What comes before the command says it too, and holds unless it is said again.
    parser.add_argument(
        "--language", choices=LANGUAGES, default=argparse.SUPPRESS, help=N_("of the site")
    )
    parser.set_defaults(run=run, needs_club=False, needs_registry=False)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if the folder is not empty, or the name cannot be written."""
    name = options.name.strip() or words.translate(OUR_CLUB)
    library = requirement()
    plan = start(folder.root, name, words.language, library)
    if isinstance(plan, Message):
        print(words.say(plan), file=sys.stderr)
        return 1
    plan.apply(folder.root)
    for path in plan.written:
        print(f"+ {path}")
    next_steps = N_("Next, in {path}: git init -b main, make serve")
    print(words.say(Message(next_steps, {"path": str(folder.root)})))
    print(words.say(_said_of(library)))
    return 0


def _said_of(library: str) -> Message:
    """What is to be known of the line that installs this library, before others need it."""
    url = url_in(library)
    if not url:
        said = N_(
            "requirements.txt asks an index for {library}: if none has it, say whence it comes"
        )
        return Message(said, {"library": library})
    if url.startswith(LOCAL):
        said = N_(
            "requirements.txt takes club from {url}, which only this computer has: before"
            " publishing, give an address that the forge can reach"
        )
        return Message(said, {"url": url})
    return Message(N_("requirements.txt takes club from {url}"), {"url": url})
