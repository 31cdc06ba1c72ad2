"""The data itself, for others to use: JSON, CSV and JSON Schema, beside the pages."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from club.model.graph import Graph
from club.model.kind import Kind
from club.model.record import Record
from club.publish.published import NOT_PUBLISHED, VERSION, cell, published
from club.publish.schema import record_schema
from club.publish.words import Words
from club.records.registry import KINDS


def export_files(graph: Graph, words: Words, folder: Path) -> None:
    """Writes `data/` and `schema/` under *folder*, the site."""
    for kind in KINDS:
        _export(kind, graph, folder / "data")
        _write(folder / "schema" / f"{kind.name}.json", _json(record_schema(kind, words)))


def _export(kind: Kind[Record], graph: Graph, folder: Path) -> None:
    records = sorted(graph.all(kind.model), key=lambda each: each.id)
    forms = []
    for record in records:
        form = json.dumps(published(record, graph), ensure_ascii=False)
        forms.append(form)
        _write(folder / kind.collection / f"{record.id}.json", form + "\n")
    head = f'{{"version": {VERSION}, "kind": "{kind.name}", "records": [\n'
    _write(folder / f"{kind.collection}.json", head + ",\n".join(forms) + "\n]}\n")
    _write(folder / f"{kind.collection}.csv", _csv(kind, records))


def _csv(kind: Kind[Record], records: list[Record]) -> str:
    names = [name for name in kind.model.model_fields if name not in NOT_PUBLISHED]
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(["id", *names])
    for record in records:
        rows.writerow([record.id, *(cell(getattr(record, name)) for name in names)])
    return written.getvalue()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
