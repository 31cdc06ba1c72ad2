"""Tables that nobody reads to their end: a page shows how they begin, a spreadsheet has all."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from club.model.view import CellView, FacetView, RowView, TableView
from club.publish.html.render import Renderer
from club.publish.pages.sheets import sheet_files
from club.publish.pages.site import Site
from club.records.request.pages import pages
from tests.clubs import REGISTRY, club_of

PROJECTS = "nord:\n  name: Nord\n  state: pilot\nsud:\n  name: Sud\n  state: pilot\n"
TABLE = TableView("T", ("n",), tuple(RowView((CellView((each,)),)) for each in range(500)))


def requests_of(count: int) -> str:
    return "".join(
        f"demande-{each:04}:\n  title: Demande {each:04}\n  need: N\n  state: discussed\n"
        for each in range(count)
    )


@pytest.mark.parametrize("count", [200, 201, 450])
def test_positions_on_thousands_of_requests_made_a_page_of_megabytes(
    count: int, tmp_path: Path
) -> None:
    files = {"data/projects.yaml": PROJECTS, "data/requests.yaml": requests_of(count)}
    graph = club_of(tmp_path, files).graph
    site = Site(graph, Renderer(REGISTRY, "fr"))
    (page,) = (each for each in pages(graph) if each.url == "requests/positions/")
    html = site.page(page).html
    assert len(set(re.findall(r"requests/(demande-\d+)/", html))) == min(count, 200)
    is_said = f"Les 200 premières lignes sur {count} sont montrées" in html
    assert is_said is (count > 200)
    files_of = dict(sheet_files(site.sheets(), site.renderer.words, "", None))
    (name,) = (each for each in files_of if each.endswith("requests/positions.csv"))
    told = files_of[name].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(told), delimiter=";"))
    assert sum("Demande " in "".join(row) for row in rows) == count


def test_what_readers_filter_or_no_spreadsheet_has_is_shown_whole() -> None:
    def shown(**about: object) -> int:
        fields = {"caption": "T", "columns": ("n",), "rows": TABLE.rows, **about}
        return len(TableView(**fields).shown)  # type: ignore[arg-type]

    assert shown() == 500
    assert shown(sheet="a/b") == 200
    assert shown(sheet="a/b", most=7) == 7
    assert shown(sheet="a/b", has_words=True) == 500
    assert shown(sheet="a/b", facets=(FacetView("f", "F", ()),)) == 500
