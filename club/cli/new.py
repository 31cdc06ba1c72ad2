"""`club new`: a commented template, where the new record belongs."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from club.edit.new import kind_called, new_record
from club.edit.plan import Plan
from club.edit.template import listed
from club.model.folder import ClubFolder
from club.model.message import N_, Message
from club.publish.reports.problems import text
from club.publish.words.language import Words


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser("new", help=N_("write the template of a new record"))
    parser.add_argument("kind", help=N_("such as request, practice or meeting"))
    parser.add_argument("id", nargs="?", default="", help=N_("made from the title without it"))
    parser.add_argument("--folder", action="store_true", help=N_("in a file of its own"))
    parser.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE", help=N_("fill a field in")
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if nothing was written, 2 for a wrong call."""
    kind = kind_called(options.kind, folder.registry, words.translate)
    if isinstance(kind, Message):
        print(words.say(kind), file=sys.stderr)
        return 2
    given: dict[str, list[str]] = {}
    for each in options.set:
        name, equals, value = each.partition("=")
        if not equals:
            print(words.say(Message(N_("write --set FIELD=VALUE"))), file=sys.stderr)
            return 2
        given.setdefault(name.strip(), []).append(value)
    values = {name: listed(each) for name, each in given.items()}
    found = new_record(folder, kind, options.id, values, words.translate, in_folder=options.folder)
    if isinstance(found, Message):
        print(words.say(found), file=sys.stderr)
        return 1
    if isinstance(found, list):
        print("\n".join(text(each, words) for each in found), file=sys.stderr)
        return 1
    assert isinstance(found, Plan)
    found.apply(folder.root)
    for path in found.written:
        print(f"+ {path}")
    print(words.say(Message(N_("Fill it in, then: club check, club propose"))))
    return 0
