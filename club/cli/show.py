"""`club show`: a record as it is, or as it was on a day, at a meeting or at a commit."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from club.cli.settings import last_day
from club.git.repository import Repository
from club.history.asof import AsOf, commit_on
from club.history.changes import title_of
from club.model.folder import ClubFolder
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.problem import nearest
from club.publish.reports.record import record_lines
from club.publish.words.language import Words
from club.publish.words.sentences import Teller
from club.read.load import load

NOT_FOUND = 2
NO_RECORD = (
    N_("no record is called “{id}” there; perhaps: {near}"),
    N_("no record is called “{id}” there"),
)


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser("show", help=N_("print a record, as it is or as it was"))
    parser.add_argument("id", help=N_("a record's id, now or then"))
    parser.add_argument("--at", help=N_("a date, a commit or the id of a meeting"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """2 if there is no such record, or no such moment."""
    graph = load(folder).graph
    id = str(options.id).rpartition("/")[2]
    if options.at is None:
        return _shown(AsOf.now(folder), graph, id, words, "")
    repo = Repository.holding(folder.root)
    if repo is None:
        return _refused(
            words, Message(N_("{path} is in no Git repository"), {"path": str(folder.root)})
        )
    with repo:
        commit_id = _commit(repo, str(options.at), graph)
        if not commit_id:
            unknown = N_("no date, commit or meeting “{at}”, or nothing was written then")
            return _refused(words, Message(unknown, {"at": options.at}))
        return _shown(AsOf.at(folder, repo, commit_id), graph, id, words, commit_id)


def _commit(repo: Repository, at: str, graph: Graph) -> str:
    """The commit that *at* means: what the branch was when that record or that day ended."""
    record = graph.find(at)
    kind = graph.registry.by_collection.get(record.collection) if record else None
    day = (record and kind and kind.last_day(record)) or last_day(at)
    return commit_on(repo, day) if day else repo.commit_id(at)


def _shown(moment: AsOf, graph: Graph, id: str, words: Words, commit_id: str) -> int:
    record = graph.find(id)
    found = moment.find((id, *((record.id, *record.aliases[::-1]) if record else ())))
    if found is None:
        near = ", ".join(nearest(id, graph.ids))
        return _refused(words, Message(NO_RECORD[not near], {"id": id, "near": near}))
    subject, block = found

    def said(id: str) -> str:
        named = moment.find((id,))
        return title_of(*named) if named else id

    print(f"{subject} ({commit_id[:12]})" if commit_id else subject)
    model = graph.registry.model_of(subject)
    assert model
    teller = Teller(words, said, graph.registry)
    print("\n".join(record_lines(model, block, words, teller)))
    return 0


def _refused(words: Words, why: Message) -> int:
    print(words.say(why), file=sys.stderr)
    return NOT_FOUND
