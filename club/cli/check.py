"""`club check`: every problem of the records, of the settings and of what the club adds."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import Any

from club.cli.settings import build_day
from club.history.shallow import check_history
from club.model.folder import ClubFolder
from club.model.message import N_, Message
from club.model.problem import Problem
from club.publish.pages.checks import check_pages, check_texts
from club.publish.pages.dead_links import check_navigation
from club.publish.pages.withheld import files_beside
from club.publish.reports.problems import FORMATS
from club.publish.words.language import Words
from club.publish.words.visible import visible
from club.read.load import load
from club.read.progress import throttled
from club.read.settings_checks import check_contributors
from club.read.upkeep import unlinked_files, upkeep

WITHHELD = N_("Files that no public site has, as only what is for members leads to them: {paths}")
MOST_NAMED = 20


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser("check", help=N_("report every problem of the records"))
    parser.add_argument("--format", choices=FORMATS, default="text", help=N_("text by default"))
    parser.add_argument("--strict", action="store_true", help=N_("warnings fail too"))
    parser.add_argument(
        "--wiki",
        action="store_true",
        help=N_("warn too of what the wiki lacks: orphans, dead ends, pages to complete"),
    )
    parser.add_argument("--date", type=date.fromisoformat, help=N_("the day to check for (today)"))
    parser.set_defaults(run=run, tells_settings=True)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if there are errors, or warnings when they are to be refused."""

    def say(count: int) -> None:
        sys.stderr.write(words.say(Message(N_("{count} records read…"), {"count": count})) + "\n")

    read = load(folder, throttled(say), today=options.date or build_day())
    club = check_pages(read, options.settings.examples)
    of_settings = (*options.faults, *check_contributors(club, options.settings))
    links = check_navigation(club, options.settings)
    club = check_texts(club.with_problems(of_settings)).with_problems(links)
    lacks: tuple[Problem, ...] = ()
    if options.wiki:
        lacks = (*upkeep(club.graph, options.settings.pages), *unlinked_files(club))
    found = (*club.problems, *lacks, *check_history(folder.root))
    sys.stdout.write(FORMATS[options.format](found, words))
    withheld = [path for path, is_public in (files_beside(club) or {}).items() if not is_public]
    if withheld and options.format == "text":
        shown = (*map(visible, withheld[:MOST_NAMED]), *["…"] * (len(withheld) > MOST_NAMED))
        sys.stdout.write(words.say(Message(WITHHELD, {"paths": shown})) + "\n")
    return 1 if club.errors or (options.strict and (club.warnings or lacks)) else 0
