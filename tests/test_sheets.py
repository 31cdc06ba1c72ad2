"""What spreadsheets open: read back by programs that are not ours, as typed as it was written."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import time
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from club.model.dates import PartialDate
from club.model.fields import Qualifier, Reliability
from club.model.problem import Place
from club.model.view import (
    Badge,
    CellView,
    ClaimView,
    Dated,
    Link,
    RowView,
    TableView,
    TextView,
    Unknown,
)
from club.publish.data.sheets import Sheet, csv_file, sheet
from club.publish.data.xlsx import sheet_name, xlsx_file
from club.publish.pages.sheets import page_sheets
from club.publish.words.language import Words
from tests.clubs import club_of

FRENCH, ENGLISH = Words("fr"), Words("en")
SITE = "https://club.example/wiki/"
SOURCE = Link("Le journal", "sources/journal/")


def claimed(value: object, **more: object) -> ClaimView:
    known = {
        "qualifier": Qualifier.EXACT,
        "as_of": PartialDate.parse("2012"),
        "source": SOURCE,
        "scope": None,
        "trust": Reliability.SINGLE_SOURCE,
        "note": None,
        "place": Place("data/projects.yaml"),
    }
    return ClaimView(value=value, **{**known, **more})  # type: ignore[arg-type]


def table_of(*values: object, **more: object) -> TableView:
    cells = (CellView((Link("Nord", "projects/nord/"),)), *(CellView((each,)) for each in values))
    columns = ("project", *(f"c{number}" for number in range(len(values))))
    return TableView("Les projets", columns, (RowView(cells),), **more)  # type: ignore[arg-type]


def opened(made: Sheet, language: str = "fr") -> Worksheet:
    book = load_workbook(io.BytesIO(xlsx_file(made, language)))
    assert len(book.worksheets) == 1
    return book.worksheets[0]


def read_csv(made: Sheet, language: str = "fr") -> list[list[str]]:
    """As a French Excel reads a file that begins with the mark: by semicolons."""
    text = csv_file(made, language).decode("utf-8-sig")
    return list(
        csv.reader(io.StringIO(text, newline=""), delimiter=";" if language == "fr" else ",")
    )


def test_numbers_dates_and_words_come_back_as_what_they_are() -> None:
    values = (
        12,
        Decimal("19.5"),
        PartialDate.parse("2012-06-12"),
        PartialDate.parse("rentrée 2014"),
        PartialDate.parse("2015"),
        Unknown(),
        claimed(57, qualifier=Qualifier.ABOUT),
        claimed("36", unit="mois"),
        claimed(PartialDate.parse("2015-01-31")),
    )
    made = sheet(table_of(*values), FRENCH, SITE)
    row = [cell.value for cell in opened(made)[2]]
    assert row[:10] == [
        "Nord",
        12,
        19.5,
        datetime(2012, 6, 12),
        "rentrée 2014",
        "2015",
        "inconnu",
        57,
        36,
        datetime(2015, 1, 31),
    ]
    formats = [cell.number_format for cell in opened(made)[2]]
    assert "environ" in formats[7]
    assert "mois" in formats[8]
    assert formats[3] == formats[9] == "dd/mm/yyyy"
    line = read_csv(made)[1]
    assert line[1:6] == ["12", "19,5", "2012-06-12", "rentrée 2014", "2015"]
    assert [each.replace("\xa0", " ") for each in line[7:10]] == [
        "environ 57",
        "36 mois",
        "2015-01-31",
    ]
    assert read_csv(sheet(table_of(*values), ENGLISH), "en")[1][2] == "19.5"


def test_the_file_says_what_is_made_up_what_proves_it_and_where_it_is() -> None:
    row = RowView(
        (CellView((Link("Nord", "projects/nord/"),)), CellView((claimed(7),))), is_example=True
    )
    head, line = read_csv(
        sheet(TableView("Les projets", ("project", "schools equipped"), (row,)), FRENCH, SITE)
    )
    assert head[:3] == ["Projet", "Établissements équipés", "Exemple"]
    assert line[2] == "oui"
    assert f"<{SITE}sources/journal/>" in line[3]
    assert "2012" in line[3]
    assert line[4] == f"{SITE}projects/nord/"


def test_an_invented_cell_of_a_matrix_says_so_in_the_cell() -> None:
    """A spreadsheet of services showed invented offers as facts."""
    made_up = Link("details", "offers/nord-notes/", is_example=True)
    cells = (
        CellView((Link("Notes", "services/notes/"),)),
        CellView(("oui", made_up)),
        CellView(("non",)),
    )
    table = TableView("Services", ("service", "Nord", "Sud"), (RowView(cells),), is_matrix=True)
    line = read_csv(sheet(table, FRENCH))[1]
    assert line[:4] == ["Notes", "oui (exemple)", "non", "oui"]


def test_an_index_keeps_number_date_source_and_doubt_apart() -> None:
    """The sheet of the projects held "614 (septembre 2018)" as text, and lost "contredit"."""
    whole = claimed(614, trust=Reliability.CONTRADICTED)
    bare = replace(whole, as_of=None, source=None, whole=whole)
    made = sheet(table_of(Dated(bare, PartialDate.parse("2018-09-12"))), FRENCH, SITE)
    head, line = read_csv(made)
    assert head[1:4] == ["C0", "C0\xa0: date", "Exemple"]
    assert line[1:3] == ["614", "2018-09-12"]
    assert "contredit" in line[4]
    assert f"<{SITE}sources/journal/>" in line[4]
    assert opened(made)[2][1].value == 614


def test_a_matrix_keeps_families_sources_and_requests_apart() -> None:
    """The sheet of the services called requests documents, and named neither source nor family."""
    offer = Badge(Reliability.SINGLE_SOURCE, Link("Notes", "offers/nord-notes/"))
    asked = Link("demande", "requests/notes/")
    day = PartialDate.parse("2014-05-01")
    cells = (
        CellView((Link("Notes", "services/notes/"),)),
        CellView((offer,), links=(asked,), proof=(SOURCE, day)),
    )
    table = TableView(
        "Services",
        ("service", "Nord"),
        (RowView(cells, group="Vie scolaire"),),
        is_matrix=True,
        grouped_by="family",
    )
    head, line = read_csv(sheet(table, FRENCH, SITE))
    told = dict(zip(head, line, strict=True))
    assert told["Famille"] == "Vie scolaire"
    assert told["Demandes"] == f"demande <{SITE}requests/notes/>"
    assert f"<{SITE}sources/journal/>, 1er\xa0mai 2014" in told["Documents à l’appui"]
    assert "requests" not in told["Documents à l’appui"]


HOSTILE = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "=cmd|' /C calc'!A0",
    '="a";"b"',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    made = sheet(table_of(text), FRENCH)
    assert read_csv(made)[1][1] == f"'{text}"
    cell = opened(made)["B2"]
    assert (cell.data_type, str(cell.value).replace("_x000D_", "").strip()) == ("s", text.strip())


@pytest.mark.parametrize("unit", ["+cmd|' /C calc'!A0", "=1", "@SUM(A1)", "* 2", "(1)"])
def test_no_number_is_a_formula_with_the_words_after_it(unit: str) -> None:
    read = read_csv(sheet(table_of(claimed("-2", unit=unit), claimed("-2", unit="°C")), FRENCH))[1]
    assert read[1].startswith("'")
    assert read[2].replace("\xa0", " ") == "-2 °C"


PRINTED = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"]), min_size=1, max_size=60
)


@given(st.lists(st.lists(PRINTED, min_size=3, max_size=3), min_size=1, max_size=5))
def test_any_text_comes_back(rows: list[list[str]]) -> None:
    made = Sheet("Textes", ("a", "b", "c"), tuple(tuple(row) for row in rows))
    found = [[cell.value for cell in row] for row in opened(made).iter_rows(min_row=2)]
    assert found == rows
    # The quote that keeps a text from being run is the only thing added.
    read = [[each.removeprefix("'") for each in row] for row in read_csv(made)[1:]]
    assert read == [[each.removeprefix("'") for each in row] for row in rows]


def test_what_no_cell_may_hold_is_cut_or_kept_harmless() -> None:
    made = sheet(
        table_of("x" * 40_000, "a\x00b\x0bc", TextView("**Voir** [[sud]]", (("sud", SOURCE),))),
        FRENCH,
    )
    row = [cell.value for cell in opened(made)[2]]
    assert len(str(row[1])) == 32_767
    assert row[3] == "Voir Le journal"
    names = (
        "a/b:c*d?e[f]g\\h",
        "'" * 40,
        "History",
        "x" * 50,
        "",
        "🎓 Comparaison" + " des marchés" * 3,
    )
    assert all(0 < len(sheet_name(each)) <= 31 for each in names)
    for each in names:
        assert opened(Sheet(each, ("a",), (("b",),))).title == sheet_name(each)


def test_what_excel_would_round_or_refuse_is_a_text() -> None:
    many, long = 10**25 + 1, claimed(3, unit="u" * 300)
    cells = [cell.value for cell in opened(sheet(table_of(many, long), FRENCH))[2]][1:3]
    assert [re.sub(r"\s", "", str(each)) for each in cells] == [str(many), f"3{'u' * 300}"]


def test_the_same_table_is_the_same_file(monkeypatch: pytest.MonkeyPatch) -> None:
    made = sheet(table_of(1, PartialDate.parse("2012-06-12")), FRENCH, SITE)
    first = xlsx_file(made, "fr", date(2024, 5, 1))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    time.sleep(2.1)  # the clock of a ZIP counts by two seconds
    assert xlsx_file(made, "fr", date(2024, 5, 1)) == first
    monkeypatch.delenv("TZ")
    time.tzset()
    with ZipFile(io.BytesIO(first)) as book:
        assert {each.date_time[0] for each in book.infolist()} == {1980}
        assert b"2024-05-01T00:00:00Z" in book.read("docProps/core.xml")


def test_a_thousand_rows_are_quick() -> None:
    row = table_of(
        1, "Un titre de quelque longueur", claimed(12), PartialDate.parse("2012-06-12")
    ).rows[0]
    table = TableView("Les projets", ("project", "a", "b", "c", "d"), (row,) * 1000)
    begun = time.process_time()
    made = sheet(table, FRENCH, SITE)
    assert len(csv_file(made, "fr").splitlines()) == 1001
    assert opened(made).max_row == 1001
    assert time.process_time() - begun < 5


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_libreoffice_opens_both(tmp_path: Path) -> None:
    made = sheet(table_of(12, PartialDate.parse("2012-06-12"), "=1+1"), FRENCH)
    (tmp_path / "a.xlsx").write_bytes(xlsx_file(made, "fr"))
    command = ["soffice", "--headless", "--convert-to", "csv", "--outdir", str(tmp_path)]
    subprocess.run(
        [*command, str(tmp_path / "a.xlsx")], check=True, capture_output=True, timeout=120
    )
    assert "=1+1" in (tmp_path / "a.csv").read_text("utf-8")


def test_an_end_is_a_date_of_the_comparison_and_of_no_other_form(tmp_path: Path) -> None:
    record = (
        "montages:\n  title: Montages\n  subjects: [nord]\n"
        "  criteria:\n    - {id: terme, label: Terme, type: end}\n"
        "  cells:\n    - {subject: nord, criterion: terme, claim: {value: VALUE}}\n"
    )
    projects = "nord: {name: Nord, state: pilot}\n"
    for value, is_sound in (("2015-01-31", True), ("rentrée 2014", True), ("bientôt", False)):
        root = tmp_path / value
        data = {
            "data/comparisons.yaml": record.replace("VALUE", value),
            "data/projects.yaml": projects,
        }
        rules = {each.rule.name for each in club_of(root, data).problems}
        assert ("criterion-value" not in rules) is is_sound


def test_the_spreadsheet_of_a_made_up_comparison_said_that_nothing_was(tmp_path: Path) -> None:
    files = {
        "data/projects.yaml": "nord: {name: Nord, state: rollout}\n",
        "data/comparisons.yaml": (
            "inventee:\n  title: Une comparaison\n  example: yes\n  subjects: [nord]\n"
            "  criteria: [{id: a, label: Un critère}]\n"
            "  cells: [{subject: nord, criterion: a, claim: {value: Oui}}]\n"
        ),
    }
    club = club_of(tmp_path, files)
    assert club.problems == ()
    (table,) = (each for each in page_sheets(club.graph) if "inventee" in each.sheet)
    head, *lines = read_csv(sheet(table, FRENCH, SITE))
    assert lines
    assert {line[head.index("Exemple")] for line in lines} == {"oui"}
    assert sheet(table, FRENCH, SITE).title.startswith("Exemple – ")


def test_without_an_address_of_the_site_a_cell_holds_no_path_that_leads_nowhere() -> None:
    made_up = Link("Une demande", "requests/une-demande/")
    cells = (CellView((Link("Notes", "services/notes/"),), links=(made_up,)), CellView(("non",)))
    table = TableView("Services", ("service", "Nord"), (RowView(cells),), is_matrix=True)
    assert "<" not in "".join(read_csv(sheet(table, FRENCH))[1])
    assert f"<{SITE}requests/une-demande/>" in "".join(read_csv(sheet(table, FRENCH, SITE))[1])
