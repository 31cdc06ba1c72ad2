"""`club converge`: what the projects all ask for, and what divides them."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from club.cli.settings import add_audience, build_day
from club.insight.convergence import Agreement, Book, Case, book
from club.insight.told import ONLY_EXAMPLES, explained, rank, reason
from club.model.folder import ClubFolder
from club.model.message import N_, Message
from club.model.record import Audience
from club.model.viewing import link
from club.publish.reports.problems import text
from club.publish.words.language import Words
from club.read.load import load


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "converge", help=N_("say which requests the projects share, and what divides them")
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help=N_("text by default")
    )
    add_audience(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if the records have errors."""
    club = load(folder, today=build_day())
    if club.stopping:
        sys.stderr.writelines(f"{text(each, words)}\n" for each in club.stopping)
        return 1
    found = book(club.restricted(Audience(options.audience), options.settings.examples))
    write = _json if options.format == "json" else _text
    sys.stdout.write(write(found, words))
    return 0


def _text(found: Book, words: Words) -> str:
    lines = [words.say(Message(ONLY_EXAMPLES)), ""] if found.is_example else []
    for agreement in Agreement:
        cases = [each for each in found.cases if each.agreement is agreement]
        if not cases:
            continue
        lines.append(words.say(agreement))
        for case in cases:
            title, place = words.say(link(case.request)), words.say(rank(case, found))
            lines.append(f"  {place:>8}  {title}")
            lines.append(f"{'':12}{words.say(explained(case, found))}")
            lines += [f"{'':12}{words.say(reason(each))}" for each in case.blocking]
        lines.append("")
    return "\n".join(lines) or words.say(Message(N_("No request is open."))) + "\n"


def _json(found: Book, words: Words) -> str:
    cases = [_case(each, found) for each in found.cases]
    said = {
        "projects": [each.id for each in found.projects],
        "example": found.is_example,
        "concordance": found.concordance,
        "requests": cases,
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _case(case: Case, found: Book) -> dict[str, Any]:
    best, worst = found.ranks[case.request.id]
    return {
        "id": case.request.id,
        "agreement": case.agreement.value,
        "best_rank": best,
        "worst_rank": worst,
        "for": [each.project.id for each in case.supports],
        "against": [each.project.id for each in case.against],
        "neutral": [each.project.id for each in case.neutral],
        "missing": [each.id for each in case.missing],
        "copeland": found.copeland[case.request.id],
        "borda": found.borda[case.request.id],
    }
