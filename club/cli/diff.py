"""`club diff`: what a change does to records, pages, computed values and problems."""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from club.git.repository import Repository
from club.model.folder import ClubFolder
from club.model.message import N_, Message
from club.model.record import Audience
from club.publish.reports.consequences import FORMATS, side
from club.publish.words.described import describer
from club.publish.words.language import Words
from club.review.consequences import review
from club.review.preview import extract

NO_COMMIT = N_("“{name}” is not a commit")


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser("diff", help=N_("tell the consequences of a change"))
    parser.add_argument(
        "range",
        nargs="?",
        default="HEAD",
        help=N_(
            "BASE..HEAD, or BASE alone for what is in the folder now (HEAD by default);"
            " BASE...HEAD is since they parted"
        ),
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help=N_("text by default"))
    parser.add_argument(
        "--audience",
        choices=[str(each) for each in Audience],
        default="members",
        help=N_("who reads: members by default, to whom all is told"),
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """2 if there is nothing to compare."""
    repo = Repository.holding(folder.root)
    if repo is None:
        return _refused(Message(N_("no Git repository here: nothing to compare")), words)
    with repo, tempfile.TemporaryDirectory() as temporary:
        ends = _ends(repo, options.range)
        if isinstance(ends, Message):
            return _refused(ends, words)
        old, new = ends
        before = Path(temporary, "old")
        after = Path(temporary, "new") if new else folder.root
        extract(repo, old, before, folder)
        if new:
            extract(repo, new, after, folder)
        audience, examples = Audience(options.audience), options.settings.examples
        old_side, new_side = (
            side(replace(folder, root=each), words, audience, examples) for each in (before, after)
        )
        found = review(old_side, new_side, describer(words))
    sys.stdout.write(FORMATS[options.format](found, words))
    return 0


def _refused(why: Message, words: Words) -> int:
    print(words.say(why), file=sys.stderr)
    return 2


def _ends(repo: Repository, range: str) -> tuple[str, str] | Message:
    """The commits to compare; the second is empty for the work tree."""
    three = "..." in range
    base, dots, head = range.partition("..." if three else "..")
    names = [base or "HEAD", (head or "HEAD") if dots else ""]
    old, new = (repo.commit_id(name) if name else "" for name in names)
    for name, id in zip(names, (old, new), strict=True):
        if name and not id:
            return Message(NO_COMMIT, {"name": name})
    if three:
        old = repo.merge_base(old, new)
    return (old, new) if old else Message(NO_COMMIT, {"name": range})
