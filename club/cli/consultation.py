"""`club consultation`: the dossier of a choice, to print or to send."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from club.cli.dossier import write_dossier
from club.cli.settings import add_audience
from club.model.folder import ClubFolder
from club.model.message import N_
from club.publish.words.language import Words


def add(commands: Any) -> None:
    """Declares the commands."""
    parser = commands.add_parser(
        "consultation", help=N_("print a consultation: its weights, scores, ranking and tests")
    )
    parts = parser.add_commands("command")
    report = parts.add_parser(
        "report", help=N_("write the PDF, the tables and the JSON of a consultation")
    )
    report.add_argument("id", help=N_("of the consultation"))
    report.add_argument("--to", type=Path, default=Path(), help=N_("the folder to write in"))
    add_audience(report)
    report.set_defaults(run=_report)


def _report(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if the records have errors or there is no such consultation."""
    none = (
        N_("no consultation is called “{name}”; perhaps: {near}"),
        N_("no consultation is called “{name}”; the consultations are: {names}"),
        N_("no consultation is called “{name}”: the club has none"),
    )
    return write_dossier(options, folder, words, "consultation", none)
