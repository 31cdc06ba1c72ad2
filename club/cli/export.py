"""`club export`: the whole site as a folder that another generator can publish."""

from __future__ import annotations

import argparse
import os.path
import sys
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from club.cli.settings import add_audience, build_day, language_of
from club.cli.told import told
from club.git.command import GitError
from club.model.folder import ClubFolder
from club.model.message import N_, Message
from club.model.problem import Problem
from club.model.record import Audience
from club.publish.charts.charts import FOLDER, Charts
from club.publish.pages.checks import check_pages
from club.publish.portable.export import Publication, export
from club.publish.portable.folder import refusal, replace
from club.publish.reports.problems import text
from club.publish.words.changelog import read_changelog
from club.publish.words.forge import Forge
from club.publish.words.language import Words
from club.read.load import Club, load
from club.read.settings import Settings
from club.read.settings_checks import check_contributors

ASSETS = files("mkdocs_club") / "assets"


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser("export", help=N_("write the site for another generator"))
    parser.add_argument(
        "--markdown",
        type=Path,
        required=True,
        metavar="FOLDER",
        help=N_("an absent or empty folder, or an earlier export, which is replaced whole"),
    )
    add_audience(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if the records have errors, 2 if nothing may be written there."""
    target = Path(os.path.realpath(options.markdown))  # which takes any name
    refused = refusal(folder, target)
    if refused:
        print(words.say(refused), file=sys.stderr)
        return 2
    club = check_pages(load(folder, today=build_day()), options.settings.examples)
    club = club.with_problems(check_contributors(club, options.settings))
    if club.stopping:
        sys.stderr.writelines(f"{text(each, words)}\n" for each in club.stopping)
        return 1
    with as_file(ASSETS) as assets:
        wanted = _wanted(club, options.settings, Audience(options.audience), assets, words)
        replace(target, partial(export, wanted))
    print(words.say(Message(N_("Ready to be published: {path}"), {"path": str(target)})))
    return 0


def _wanted(
    club: Club, settings: Settings, audience: Audience, assets: Path, words: Words
) -> Publication:
    graph = club.restricted(audience, settings.examples)
    site_words = Words(language_of(settings), club.folder.registry.catalogues)
    changelog = None
    try:
        changelog = read_changelog(
            club.folder, club.graph, graph, site_words, settings.contributors
        )
    except GitError as error:
        said = N_("Git cannot read the history, so the pages have no dates: {reason}")
        print(words.say(Message(said, {"reason": told(error)})), file=sys.stderr)
    return Publication(
        club,
        graph,
        audience,
        site_words,
        changelog,
        Forge.at(settings.repo_url, settings.branch, settings.forge),
        settings.config,
        settings.pages,
        build_day(),
        assets,
        settings.time_zone,
        Charts(site_words, club.folder.root / FOLDER, partial(_say, words)),
    )


def _say(words: Words, problem: Problem) -> None:
    """Says a problem that stops nothing."""
    print(text(problem, words), file=sys.stderr)
