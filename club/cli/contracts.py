"""`club contracts`: the contracts in time, or those that end soon."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import Any

from club.cli.settings import add_audience, build_day
from club.insight.contracts import YEAR
from club.insight.contracts_told import Line, contracts_told
from club.model.dates import PartialDate
from club.model.folder import ClubFolder
from club.model.message import N_, Message
from club.model.record import Audience
from club.publish.reports.problems import text
from club.publish.words.language import Words
from club.read.load import load

WRONG_CALL = 2


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "contracts", help=N_("list the contracts in time, or those that end soon")
    )
    parser.add_argument(
        "--ending",
        nargs="?",
        const="",
        metavar="DATE",
        help=N_("only those that may end from this day on (today by default)"),
    )
    parser.add_argument(
        "--within",
        type=int,
        metavar="N",
        help=N_("in so many months (12 by default), from today on unless --ending says otherwise"),
    )
    add_audience(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if the records have errors, 2 if what is said is no date, or months before none."""
    today = build_day()
    day = _day(options.ending, today)
    months = YEAR if options.within is None else options.within
    if day is None or months < 0:
        said = N_("no date is written “{at}”") if day is None else N_("“{at}” months are none")
        at = options.ending if day is None else months
        print(words.say(Message(said, {"at": at})), file=sys.stderr)
        return WRONG_CALL
    club = load(folder, today=today)
    if club.stopping:
        sys.stderr.writelines(f"{text(each, words)}\n" for each in club.stopping)
        return 1
    graph = club.restricted(Audience(options.audience), options.settings.examples)
    is_ending = options.ending is not None or options.within is not None
    wanted = (day, months) if is_ending else None
    sys.stdout.writelines(_text(each, words) for each in contracts_told(graph, wanted))
    return 0


def _text(line: Line, words: Words) -> str:
    return "  " * line.is_inner + ", ".join(map(words.say, line.values)) + "\n"


def _day(said: str | None, today: date) -> date | None:
    """The first day of the date that is *said*, or *today*."""
    try:
        return PartialDate.parse(said).first if said else today
    except ValueError:
        return None
