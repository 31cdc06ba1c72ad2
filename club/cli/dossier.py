"""The files of a record that is printed or sent, for the commands of its kind."""

from __future__ import annotations

import argparse
import sys
from functools import partial

from club.cli.settings import build_day, language_of
from club.model.folder import ClubFolder
from club.model.problem import Problem, instead
from club.model.record import Audience
from club.publish.charts.charts import FOLDER, Charts
from club.publish.data.dossier import dossier_files
from club.publish.reports.problems import text
from club.publish.words.language import Words
from club.publish.write import write
from club.read.load import load


def write_dossier(
    options: argparse.Namespace,
    folder: ClubFolder,
    words: Words,
    kind: str,
    none: tuple[str, str, str],
) -> int:
    """Writes the PDF, the tables and the data of the record *options* name, of *kind*.

    1 if the records have errors or there is no such record, which *none* says.
    """
    club = load(folder, today=build_day())
    if club.stopping:
        sys.stderr.writelines(f"{text(each, words)}\n" for each in club.stopping)
        return 1
    settings = options.settings
    graph = club.restricted(Audience(options.audience), settings.examples)
    record = graph.find(options.id)
    if record is None or record.kind != kind:
        print(words.say(instead(none, options.id, graph.ids_of((kind,)))), file=sys.stderr)
        return 1
    site_words = Words(language_of(settings), folder.registry.catalogues)
    name, url = (str(settings.config.get(key) or "") for key in ("site_name", "site_url"))
    charts = Charts(site_words, folder.root / FOLDER, partial(_say, words))
    for path, raw in dossier_files(record, graph, site_words, name, url, charts):
        write(options.to, path, raw)
        print(f"+ {options.to / path}")
    return 0


def _say(words: Words, problem: Problem) -> None:
    """Says a picture that could not be drawn, which stops nothing: its table is there."""
    print(text(problem, words), file=sys.stderr)
