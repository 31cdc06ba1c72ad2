"""`club digest`: the mail that tells the mailing list what moved since a day or a meeting."""

from __future__ import annotations

import argparse
import sys
from datetime import date, timedelta
from typing import Any

from club.cli.settings import add_audience, build_day, language_of
from club.model.dates import PartialDate, Precision
from club.model.folder import ClubFolder
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.record import Audience
from club.publish.pages.checks import check_pages
from club.publish.pages.since import moves
from club.publish.reports.digest import digest
from club.publish.reports.problems import text
from club.publish.words.changelog import read_changelog
from club.publish.words.language import Words
from club.read.load import load

NOT_FOUND = 2


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "digest", help=N_("print the mail that tells what moved since a day or a meeting")
    )
    parser.add_argument("--since", required=True, help=N_("a date, or the id of a meeting"))
    add_audience(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if the records have errors, 2 if there is no such moment or no history to read."""
    club = check_pages(load(folder, today=build_day()))
    if club.stopping:
        sys.stderr.writelines(f"{text(each, words)}\n" for each in club.stopping)
        return 1
    settings = options.settings
    graph = club.restricted(Audience(options.audience), settings.examples)
    day = _day(str(options.since), graph)
    if day is None:
        said = N_("no date nor meeting is called “{at}”, or its day is not known")
        print(words.say(Message(said, {"at": options.since})), file=sys.stderr)
        return NOT_FOUND
    site_words = Words(language_of(settings), folder.registry.catalogues)
    changelog = read_changelog(folder, club.graph, graph, site_words, settings.contributors)
    if changelog is None or not changelog.is_known:
        said = N_("the whole history of the club is needed, and is not here")
        print(words.say(Message(said)), file=sys.stderr)
        return NOT_FOUND
    if day > build_day():
        said = N_("{date} is yet to come: nothing can have moved since")
        print(words.say(Message(said, {"date": _exactly(day)})), file=sys.stderr)
        return NOT_FOUND
    name, url = (str(settings.config.get(key) or "") for key in ("site_name", "site_url"))
    found = moves(changelog, day, folder.registry)
    sys.stdout.write(digest(found, _exactly(day), graph, site_words, name, url))
    return 0


def _day(said: str, graph: Graph) -> date | None:
    """The day after which it is told: that of a record that has one, such as a meeting, or a day.

    Since a month or a year means since it began.
    """
    record = graph.find(said.rpartition("/")[2])
    kind = graph.registry.by_collection.get(record.collection) if record else None
    if record is not None and kind is not None:
        return kind.milestone(record) or kind.last_day(record)
    try:
        found = PartialDate.parse(said)
    except ValueError:
        return None
    return found.last if found.precision is Precision.DAY else found.first - timedelta(days=1)


def _exactly(day: date) -> PartialDate:
    return PartialDate.parse(day.isoformat())
