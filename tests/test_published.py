"""The form of records that others rely on."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest

from club.model.dates import PartialDate
from club.model.fields import Citation, Claim, Count, Reference
from club.model.money import Money
from club.publish.data.published import VERSION, _plain, cell, published
from club.read.load import load
from tests.clubs import FROZEN, TOY, folder_at

GRAPH = load(folder_at(TOY)).graph


def of(id: str) -> dict[str, object]:
    record = GRAPH.find(id)
    assert record is not None
    return dict(published(record, GRAPH))


def test_a_record() -> None:
    assert of("nord-carnet") == {
        "version": VERSION,
        "kind": "offer",
        "id": "nord-carnet",
        "title": "Carnet de liaison – Jardin du Nord",
        "url": "offers/nord-carnet/",
        "example": False,
        "fields": {
            "service": {"id": "carnet", "kind": "service", "title": "Carnet de liaison"},
            "project": {"id": "jardin-nord", "kind": "project", "title": "Jardin du Nord"},
            "state": "available",
            "since": {"edtf": "2015", "text": "2015"},
            "source": {"id": "gazette", "kind": "source", "title": "La Gazette des jardins"},
        },
    }


def test_former_ids_become_present_ones() -> None:
    cells = of("comparaison-portage")["fields"]["cells"]  # type: ignore[index]
    assert cells[1]["subject"]["id"] == "jardin-sud"


def test_claims_and_evidence() -> None:
    fields = of("jardin-nord")["fields"]
    assert fields["started"] == [  # type: ignore[index]
        {"value": {"edtf": "2014-09~", "text": "rentrée 2014"}, "qualifier": "exact"}
    ]
    assert of("decision-rythme")["fields"]["evidence"] == [  # type: ignore[index]
        {"id": "gazette", "kind": "source", "title": "La Gazette des jardins"},
        {"url": "https://club.example/pv"},
    ]


def test_amounts_are_exact() -> None:
    assert _plain(Money.parse("17,7 M€"), GRAPH) == {"amount": "17700000", "currency": "EUR"}
    assert _plain(Reference("nulle-part"), GRAPH) == {"id": "nulle-part"}


@pytest.mark.parametrize("root", [TOY, FROZEN])
def test_everything_is_json_and_csv(root: object) -> None:
    graph = load(folder_at(root)).graph  # type: ignore[arg-type]
    for record in graph:
        again = json.loads(json.dumps(published(record, graph)))
        assert again["id"] == record.id
        assert '"audience":' not in json.dumps(again["fields"])
        cells = [
            cell(getattr(record, name))
            for name in record.__class__.model_fields
            if name != "audience"
        ]
        out = io.StringIO()
        csv.writer(out).writerow(cells)
        assert next(csv.reader(io.StringIO(out.getvalue()))) == cells


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        ((), ""),
        (True, "true"),
        (1200, "1200"),
        (-3, "-3"),
        (Decimal("1.50"), "1.50"),
        ("texte", "texte"),
        ("=1+1", "'=1+1"),
        ("+33", "'+33"),
        ("-1+1|cmd", "'-1+1|cmd"),
        ("-1,5", "-1,5"),
        ("@a", "'@a"),
        ("\t=1", "'\t=1"),
        (("a", "=b"), "a|'=b"),
        (PartialDate.parse("rentrée 2014"), "2014-09~"),
        (Citation("gazette"), "gazette"),
        ((Claim[Count](value=3), Claim[Count](value=4)), "3|4"),
    ],
)
def test_cells_are_never_formulas(value: object, written: str) -> None:
    assert cell(value) == written
