"""The data itself, for others to use: JSON, CSV and JSON Schema, beside the pages."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from club.model.graph import Graph
from club.model.kind import Kind
from club.model.record import Record
from club.publish.data.package import columns, data_package
from club.publish.data.published import SCHEMA_VERSION, VERSION, cell, published
from club.publish.data.schema import record_schema
from club.publish.parallel import in_two_processes
from club.publish.words.language import Words


def export_files(graph: Graph, words: Words, folder: Path) -> None:
    """Writes `data/` and `schema/` under *folder*, the site."""
    for kind in graph.registry.kinds:
        _export(kind, graph, folder / "data")
        schema = {**record_schema(kind, words), "version": SCHEMA_VERSION}
        _write(folder / "schema" / f"{kind.name}.json", _json(schema))
    package = data_package(graph.registry.kinds, words)
    _write(folder / "data" / "datapackage.json", _json(package))


def _export(kind: Kind[Record], graph: Graph, folder: Path) -> None:
    records = sorted(graph.all(kind.model), key=lambda each: each.id)
    names = columns(kind)

    def export(some: Sequence[Record]) -> list[tuple[str, str]]:
        """The JSON and the CSV of each record; its own file is written on the way."""
        written = []
        for record in some:
            form = json.dumps(published(record, graph), ensure_ascii=False)
            _write(folder / kind.collection / f"{record.id}.json", form + "\n")
            row = [record.id, *(cell(getattr(record, name)) for name in names)]
            written.append((form, _csv_row(row)))
        return written

    written = in_two_processes(export, records)
    head = (
        f'{{"version": {VERSION}, "schema_version": "{SCHEMA_VERSION}", '
        f'"kind": "{kind.name}", "records": [\n'
    )
    forms = ",\n".join(form for form, _ in written)
    _write(folder / f"{kind.collection}.json", f"{head}{forms}\n]}}\n")
    rows = "".join(row for _, row in written)
    _write(folder / f"{kind.collection}.csv", _csv_row(["id", *names]) + rows)


def _csv_row(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
