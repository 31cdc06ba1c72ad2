"""`club diff`: what a change does to records, pages, computed values and problems."""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from club.git.worktree import Git, GitError
from club.model.folder import ClubFolder
from club.model.message import N_, Message
from club.model.record import Audience
from club.publish.reports.consequences import FORMATS, side
from club.publish.words.language import Words
from club.publish.words.sentences import describer
from club.review.consequences import review
from club.review.preview import extract


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser("diff", help="tell the consequences of a change")
    parser.add_argument(
        "range",
        nargs="?",
        default="HEAD",
        help="BASE..HEAD, or BASE alone for what is in the folder now (HEAD by default);"
        " BASE...HEAD is since they parted",
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="text by default")
    parser.add_argument(
        "--audience", choices=[str(each) for each in Audience], default="members", help="who reads"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """2 if there is nothing to compare."""
    git = Git.at(folder.root)
    if git is None:
        print(words.say(Message(N_("no Git repository here: nothing to compare"))), file=sys.stderr)
        return 2
    try:
        old, new = _ends(git, options.range)
    except GitError as error:
        about = {"name": str(error) or options.range}
        print(words.say(Message(N_("“{name}” is not a commit"), about)), file=sys.stderr)
        return 2
    audience = Audience(options.audience)
    with tempfile.TemporaryDirectory() as temporary:
        before = Path(temporary, "old")
        after = Path(temporary, "new") if new else folder.root
        extract(git, old, before, folder)
        if new:
            extract(git, new, after, folder)
        old_side, new_side = (
            side(replace(folder, root=each), words, audience) for each in (before, after)
        )
        found = review(old_side, new_side, describer(words))
    sys.stdout.write(FORMATS[options.format](found, words))
    return 0


def _ends(git: Git, range: str) -> tuple[str, str]:
    """The commits to compare; the second is empty for the work tree."""
    three = "..." in range
    base, dots, head = range.partition("..." if three else "..")
    names = [base or "HEAD", (head or "HEAD") if dots else ""]
    found = [git.commit_id(name) if name else "" for name in names]
    for name, id in zip(names, found, strict=True):
        if name and not id:
            raise GitError(name)
    if three:
        found[0] = git.run("merge-base", found[0], found[1])
    return found[0], found[1]
