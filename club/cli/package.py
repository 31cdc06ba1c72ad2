"""`club package`: the list of requests that is sent to the vendor, frozen and numbered."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from club.cli.dossier import write_dossier
from club.cli.settings import add_audience, build_day, language_of
from club.edit.plan import Plan
from club.edit.whole import whole_records
from club.insight.freezing import Frozen, freeze
from club.model.folder import ClubFolder
from club.model.message import N_, Message
from club.model.record import Audience
from club.model.viewing import link
from club.publish.reports.problems import text
from club.publish.words.language import Words
from club.read.load import load
from club.review.frozen import commit_of, not_in

TITLE = N_("List for the vendor – {meeting}")
FROZEN = N_("{path}, copied at the commit {commit}; requests: {count}")
TRIED = N_("Nothing was written: this is only what would be (--dry-run).")
NEXT = N_(
    "Read it, then: club check, club propose; club package dossier {id} --to FOLDER writes what is"
    " sent. Once it is sent, write “state: sent” in each of its requests: their answers are"
    " awaited."
)
NO_LIST = (
    N_("no list is called “{name}”; perhaps: {near}"),
    N_("no list is called “{name}”; the lists are: {names}"),
    N_("no list is called “{name}”: the club has none"),
)
LEFT_OUT = N_("Open, and left out:")
FOLLOWS = N_("It follows “{id}”.")


def add(commands: Any) -> None:
    """Declares the commands."""
    parser = commands.add_parser(
        "package", help=N_("freeze the list of requests that is sent to the vendor")
    )
    parts = parser.add_commands("command")
    made = parts.add_parser("create", help=N_("copy the shared requests into a numbered list"))
    made.add_argument("id", nargs="?", default="", help=N_("made from the meeting without it"))
    made.add_argument("--meeting", required=True, help=N_("the meeting that settled the list"))
    made.add_argument(
        "--request",
        action="append",
        default=[],
        metavar="ID",
        help=N_("a request to take, instead of those that are shared or wait for an answer"),
    )
    made.add_argument("--dry-run", action="store_true", help=N_("only say what would change"))
    made.set_defaults(run=_create)
    dossier = parts.add_parser("dossier", help=N_("write the PDF, the CSV and the JSON of a list"))
    dossier.add_argument("id", help=N_("of the list"))
    dossier.add_argument("--to", type=Path, default=Path(), help=N_("the folder to write in"))
    add_audience(dossier)
    dossier.set_defaults(run=_dossier)


def _create(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if nothing can be frozen."""
    day = build_day()
    club = load(folder, today=day)
    if club.stopping:
        sys.stderr.writelines(f"{text(each, words)}\n" for each in club.stopping)
        return 1
    commit_id = commit_of(folder)
    if isinstance(commit_id, Message):
        print(words.say(commit_id), file=sys.stderr)
        return 1
    title = Words(language_of(options.settings), folder.registry.catalogues).translate(TITLE)
    found = freeze(
        club.graph,
        club.restricted(Audience.PUBLIC),
        options.meeting,
        commit_id,
        day,
        title,
        options.request,
    )
    if isinstance(found, Message):
        print(words.say(found), file=sys.stderr)
        return 1
    id = options.id or f"liste-{found.meeting.id}"
    files = [club.graph.place(each).path for each in found.requests]
    if differing := not_in(folder, commit_id, files):
        print(words.say(differing), file=sys.stderr)
        return 1
    plan = whole_records(folder, found.collection, {id: found.fields})
    if isinstance(plan, Message):
        print(words.say(plan), file=sys.stderr)
        return 1
    if not isinstance(plan, Plan):
        sys.stderr.writelines(f"{text(each, words)}\n" for each in plan)
        return 1
    _tell(found, plan, commit_id, words)
    if options.dry_run:
        print(words.say(Message(TRIED)))
        return 0
    plan.apply(folder.root)
    print(words.say(Message(NEXT, {"id": id})))
    return 0


def _tell(found: Frozen, plan: Plan, commit_id: str, words: Words) -> None:
    about = {
        "path": next(iter(plan.written)),
        "count": len(found.requests),
        "commit": commit_id[:12],
    }
    print(words.say(Message(FROZEN, about)))
    for number, each in enumerate(found.requests, 1):
        print(f"{number:>4}. {words.say(link(each))} ({each.id})")
    if found.previous:
        print(words.say(Message(FOLLOWS, {"id": found.previous.id})))
    if found.left_out:
        print(words.say(Message(LEFT_OUT)))
        for each in found.left_out:
            print(f"      {words.say(link(each))} ({each.id}) – {words.say(each.state)}")


def _dossier(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if the records have errors or there is no such list."""
    return write_dossier(options, folder, words, "package", NO_LIST)
