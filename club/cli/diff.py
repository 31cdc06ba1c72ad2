"""`club diff`: what a change does to records, pages, computed values and problems."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from club.git.repository import Repository
from club.model.message import N_, Message
from club.model.record import Audience
from club.publish.reports.consequences import FORMATS, side
from club.publish.words.language import Words
from club.publish.words.sentences import describer
from club.review.consequences import review
from club.review.preview import extract

NO_COMMIT = N_("“{name}” is not a commit")


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


def run(options: argparse.Namespace, root: Path, words: Words) -> int:
    """2 if there is nothing to compare."""
    repo = Repository.holding(root)
    if repo is None:
        return _refused(Message(N_("no Git repository here: nothing to compare")), words)
    with repo, tempfile.TemporaryDirectory() as folder:
        ends = _ends(repo, options.range)
        if isinstance(ends, Message):
            return _refused(ends, words)
        old, new = ends
        before, after = Path(folder, "old"), Path(folder, "new") if new else root
        extract(repo, old, before)
        if new:
            extract(repo, new, after)
        audience = Audience(options.audience)
        sides = side(before, words, audience), side(after, words, audience)
        found = review(*sides, describer(words))
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
