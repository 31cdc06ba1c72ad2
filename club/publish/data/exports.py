"""The data itself, for others to use: JSON, CSV and JSON Schema, beside the pages."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from club.insight.usage import figures_of, figures_url, measured, templates
from club.model.graph import Graph
from club.model.kind import Kind
from club.model.record import Record
from club.publish.data.package import columns, data_package
from club.publish.data.published import SCHEMA_VERSION, VERSION, cell, published
from club.publish.data.schema import record_schema
from club.publish.data.series import series_file, template_file
from club.publish.parallel import in_two_processes
from club.publish.words.language import Words
from club.publish.write import write

DATA, SCHEMA = "data", "schema"
PACKAGE = f"{DATA}/datapackage.json"


def export_paths(graph: Graph) -> Iterator[str]:
    """Each file that `export_files` writes, from the root of the site."""
    for kind in graph.registry.kinds:
        yield _schema_path(kind)
        yield from (_table_path(kind, suffix) for suffix in ("json", "csv"))
    yield PACKAGE
    yield from map(_record_path, graph)
    yield from map(figures_url, measured(graph))
    yield from graph.once(templates)


def _schema_path(kind: Kind[Record]) -> str:
    return f"{SCHEMA}/{kind.name}.json"


def _table_path(kind: Kind[Record], suffix: str) -> str:
    return f"{DATA}/{kind.collection}.{suffix}"


def _record_path(record: Record) -> str:
    return f"{DATA}/{record.key}.json"


def export_files(graph: Graph, words: Words, folder: Path) -> None:
    """Writes `data/` and `schema/` under *folder*, the site."""
    for kind in graph.registry.kinds:
        _export(kind, graph, folder)
        schema = {**record_schema(kind, words), "version": SCHEMA_VERSION}
        write(folder, _schema_path(kind), _json(schema))
    for project in measured(graph):
        write(folder, figures_url(project), series_file(figures_of(project, graph)))
    for path, rows in graph.once(templates).items():
        write(folder, path, template_file(rows))
    write(folder, PACKAGE, _json(data_package(graph.registry.kinds, words)))


def _export(kind: Kind[Record], graph: Graph, folder: Path) -> None:
    records = sorted(graph.all(kind.model), key=lambda each: each.id)
    names = columns(kind)

    def export(some: Sequence[Record]) -> list[tuple[str, str]]:
        """The JSON and the CSV of each record; its own file is written on the way."""
        written = []
        for record in some:
            form = json.dumps(published(record, graph), ensure_ascii=False)
            write(folder, _record_path(record), form + "\n")
            row = [record.id, *(cell(getattr(record, name)) for name in names)]
            written.append((form, _csv_row(row)))
        return written

    written = in_two_processes(export, records)
    head = (
        f'{{"version": {VERSION}, "schema_version": "{SCHEMA_VERSION}", '
        f'"kind": "{kind.name}", "records": [\n'
    )
    forms = ",\n".join(form for form, _ in written)
    write(folder, _table_path(kind, "json"), f"{head}{forms}\n]}}\n")
    rows = "".join(row for _, row in written)
    write(folder, _table_path(kind, "csv"), _csv_row(["id", *names]) + rows)


def _csv_row(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
