"""Figures as a file of series, which the club reads back without a change."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from club.model.series import COLUMNS, Observation


def template_file(rows: Iterable[tuple[str, str, str]]) -> str:
    """A file of series to fill in: *rows* are an indicator, a dimension and a key each."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(COLUMNS)
    for indicator, dimension, key in rows:
        table.writerow((indicator, "", "", dimension, key, "", "", ""))
    return written.getvalue()


def series_file(series: Iterable[Observation]) -> str:
    """The rows of *series* in CSV, less those that are masked: a blank would say “unknown”."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(COLUMNS)
    for each in (each for each in series if not each.is_masked):
        value = "" if each.value is None else f"{each.value:f}"
        said = (each.span.said, each.dimension, each.key, value, str(each.qualifier), each.source)
        rows.writerow((each.indicator, each.project, *said))
    return written.getvalue()
