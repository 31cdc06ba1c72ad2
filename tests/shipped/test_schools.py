"""Schools of a rollout on the site as built: what a reader sees, what the public may not."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from club.model.identifiers import uai_letter
from tests.choice import SETTINGS
from tests.clubs import write
from tests.shipped.conftest import Built, build, rows_of, said

SECRET = "zqsecret"
URL = "rollouts/ouverture/"
COUNT = 11_000


def uai(number: int) -> str:
    return f"{number:07}{uai_letter(f'{number:07}')}"


TABLE = f"""\
uai;name;type;sector;phase;status;date
{uai(449_001)};Collège du Verger;collège;public;1;ouvert;2012-09-03
{uai(449_002)};Collège de la Rive;collège;privé;1;ouvert;2012-09
{uai(499_001)};Lycée du Pré;lycée;public;2;prévu;rentrée 2013
"""
HIDDEN = f"""\
uai;name;type;sector;phase;status;date
{uai(9_990_001)};Collège {SECRET};collège;public;;ouvert;2012-09-03
"""
COUNTRY = "uai;name;type;sector;phase;status;date\n" + "".join(
    f"{uai(10_000 * (1 + each % 95) + each // 95)};Collège {each};collège;public;{1 + each % 2};"
    f"{('ouvert', 'prévu', 'en cours')[each % 3]};2012-09-03\n"
    for each in range(COUNT)
)
ROLLOUTS = """\
ouverture:
  title: Ouvrir
  project: nord
  phases:
    - number: 1
      year: 2012
      schools: [{value: 5, as_of: 2013}, {value: 6, qualifier: target}]
    - number: 2
      year: 2013
      schools: [{value: 9, qualifier: target}]
  schools_table: nord.csv
cache:
  title: Caché
  project: nord
  audience: members
  schools_table: cache.csv
"""
OF_A_COUNTRY = """\
pays:
  title: Un pays
  project: contree
  phases: [{number: 1}, {number: 2}]
  schools_table: pays.csv
"""
FILES = {
    "mkdocs.yml": SETTINGS,
    "docs/index.md": "# Club\n",
    "data/projects.yaml": ("nord: {name: Nord, state: rollout}\n"),
    "data/rollouts.yaml": ROLLOUTS,
    "data/tables/nord.csv": TABLE,
    "data/tables/cache.csv": HIDDEN,
}


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built_for("public", tmp_path_factory.mktemp("public"))


def built_for(audience: str, folder: Path, files: Mapping[str, str] = FILES) -> Built:
    root = write(folder / "club", files)
    done = build(root, folder / "site", CLUB_AUDIENCE=audience)
    assert done.returncode == 0, done.stderr
    return Built(folder / "site")


def cells(rows: list[list[Element]]) -> list[list[str]]:
    return [[said(each) for each in row] for row in rows]


def spreadsheet(site: Built, name: str) -> list[dict[str, str]]:
    text = (site.folder / f"data/tables/{name}.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_page_counts_its_schools_and_tells_where_the_source_differs(public: Built) -> None:
    page = public.page(URL)
    assert "le tableau compte 2 établissements ouverts, la source en dit 5 (2013)" in page.words
    assert "2 / 9" in page.words
    counts = cells(rows_of(page.section("schools")))
    assert counts[0][1:] == ["0", "0", "2", "0", "2"]
    assert [row[0] for row in cells(rows_of(page.section("schools-departments")))] == [
        "Loire-Atlantique (44)",
        "Maine-et-Loire (49)",
        "total",
    ]
    listed = cells(rows_of(page.section("schools-list")))
    assert [row[0] for row in listed] == [uai(449_001), uai(449_002), uai(499_001)]
    rows = spreadsheet(public, "rollouts/ouverture/schools")
    assert [row["UAI"] for row in rows] == [row[0] for row in listed]
    assert [row["Date du statut"] for row in rows] == [
        "2012-09-03",
        "septembre\u00a02012",
        "rentrée 2013",
    ]


def test_the_project_and_the_calendar_say_how_many_of_how_many(public: Built) -> None:
    project = public.page("projects/nord/")
    assert "2 sur les 3 du tableau" in project.words
    rows = cells(rows_of(project.section("rollout")))
    assert [row[2] for row in rows] == ["2 ouverts sur 6 visés", "2 ouverts sur 9 visés"]
    timeline = cells(rows_of(public.page("rollouts/timeline/").article))
    assert [row[3] for row in timeline] == ["2 ouverts sur 6 visés", "2 ouverts sur 9 visés"]


@pytest.mark.long
def test_a_country_is_counted_and_listed_in_a_spreadsheet_alone(tmp_path: Path) -> None:
    files = {
        **FILES,
        "data/projects.yaml": f"{FILES['data/projects.yaml']}contree: {{name: C, state: pilot}}\n",
        "data/rollouts.yaml": ROLLOUTS + OF_A_COUNTRY,
        "data/tables/pays.csv": COUNTRY,
    }
    site = built_for("public", tmp_path, files)
    page = site.page("rollouts/pays/")
    counts = cells(rows_of(page.section("schools")))
    assert counts[-1][-1].replace("\u202f", " ") == "11 000"
    listed = rows_of(page.section("schools-list"))
    assert len(listed) == 20
    assert "Une liste de plus de 200 établissements n’est pas montrée en entier" in page.words
    assert page.path.stat().st_size < 250_000
    rows = spreadsheet(site, "rollouts/pays/schools")
    assert len({row["UAI"] for row in rows}) == COUNT


def test_what_a_hidden_rollout_lists_leaves_no_trace(public: Built, tmp_path: Path) -> None:
    files = [each for each in public.folder.rglob("*") if each.is_file()]
    names = {each.relative_to(public.folder).as_posix() for each in files}
    assert not any("cache" in each for each in names)
    for secret in (SECRET, uai(9_990_001)):
        assert [each for each in files if secret.encode() in each.read_bytes()] == []
    members = built_for("members", tmp_path)
    assert SECRET in members.page("rollouts/cache/").words
    assert "3 sur les 4 du tableau" in members.page("projects/nord/").words
