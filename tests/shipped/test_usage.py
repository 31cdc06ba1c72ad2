"""What was measured, on the built site: what members alone may know leaves no trace of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from club.insight.comparability import gaps, refusals
from club.insight.usage import figures_of
from club.insight.usage_told import growth, usage_sections
from club.model.message import Message
from club.model.record import Audience
from club.model.view import ChartView, SectionView, Unknown
from club.publish.data.series import series_file
from club.publish.words.language import Words
from club.read.load import Club, load
from club.records.indicator.model import Indicator
from club.records.project.model import Project
from club.records.service.model import Profile
from tests.clubs import folder_at, toy_in, write
from tests.shipped.conftest import Built, build, said

INDICATORS = """\
visites:
  label: Visites
  definition: Visites du mois
  unit: visites
  period: month
  dimensions: profile
  aggregation: sum
  new_schools: yes
connexions:
  label: Connexions
  definition: Connexions du mois
  unit: connexions
  period: month
  aggregation: none
secretes:
  label: Audience secrète
  definition: Audience
  unit: visites
  period: month
  aggregation: sum
  access: on_request
  audience: members
"""
HEAD = "indicator,project,period,dimension,key,value,qualifier,source\n"
ROWS = HEAD + "".join(
    f"visites,jardin-nord,{year}-{month:02},,,{1000 * month + year},exact,\n"
    for year in (2011, 2012)
    for month in range(1, 13)
)
SECRET = "7654321"
PLANTED = HEAD + f"secretes,jardin-nord,2012-01,,,{SECRET},exact,\n"


@pytest.fixture
def club(tmp_path: Path) -> Path:
    root = toy_in(tmp_path / "club")
    files = {
        "data/indicators.yaml": INDICATORS,
        "data/series/visites.csv": ROWS,
        "data/series/secretes.csv": PLANTED,
    }
    return write(root, files)


def read(root: Path) -> Club:
    found = load(folder_at(root))
    assert found.errors == ()
    return found


def test_an_exported_file_reads_back_without_a_change(club: Path) -> None:
    graph = read(club).graph
    project = next(each for each in graph.all(Project) if each.id == "jardin-nord")
    written = series_file(figures_of(project, graph))
    (club / "data/series/secretes.csv").unlink()
    (club / "data/series/visites.csv").write_text(written, "utf-8")
    again = read(club).graph
    assert series_file(figures_of(project, again)) == written


def test_years_that_are_not_known_alike_are_not_compared(club: Path) -> None:
    """2010-2011 has eight months, 2011-2012 has twelve, 2012-2013 four."""
    graph = read(club).graph
    indicator = next(each for each in graph.all(Indicator) if each.id == "visites")
    project = next(each for each in graph.all(Project) if each.id == "jardin-nord")
    table = growth(indicator, project, graph)
    assert table is not None
    changes = [row.cells[3].values[0] for row in table.rows]
    said = [each.params for each in changes if isinstance(each, Message)]
    assert said == [{"before": 8, "now": 12}, {"before": 12, "now": 4}]


def test_connections_and_visits_are_never_one_curve(club: Path) -> None:
    graph = read(club).graph
    by_id = {each.id: each for each in graph.all(Indicator)}
    (why,) = refusals((by_id["visites"], by_id["connexions"]))
    assert why.params["unit"] == "visites"
    assert why.params["other_unit"] == "connexions"


def test_a_sum_of_profiles_that_is_not_the_total_is_told(club: Path) -> None:
    rows = HEAD + (
        "visites,jardin-nord,2012-01,,,100,exact,\n"
        "visites,jardin-nord,2012-01,profile,student,60,exact,\n"
        "visites,jardin-nord,2012-01,profile,parent,30,exact,\n"
        "visites,jardin-nord,2012-02,,,100,exact,\n"
        "visites,jardin-nord,2012-02,profile,student,60,exact,\n"
        "visites,jardin-nord,2012-02,profile,parent,,exact,\n"
    )
    (club / "data/series/visites.csv").write_text(rows, "utf-8")
    graph = read(club).graph
    seen = [each for each in graph.series if each.indicator == "visites"]
    (gap,) = gaps(seen, "profile")
    assert (gap.period, gap.parts, gap.total, gap.size) == ("2012-01", 90, 100, 10)


def test_a_small_count_is_on_no_page_and_in_no_file(club: Path) -> None:
    rows = HEAD + (
        "visites,jardin-nord,2012-01,,,1000,exact,\n"
        "visites,jardin-nord,2012-01,profile,student,957,exact,\n"
        "visites,jardin-nord,2012-01,profile,parent,40,exact,\n"
        "visites,jardin-nord,2012-01,profile,staff,3,exact,\n"
    )
    (club / "data/series/visites.csv").write_text(rows, "utf-8")
    graph = read(club).graph
    told = {each.key: each.value for each in graph.series if each.indicator == "visites"}
    assert told == {"": 1000, "student": 957, "parent": None, "staff": None}


def test_what_is_given_on_request_is_not_in_a_public_site(club: Path, tmp_path: Path) -> None:
    public = tmp_path / "public"
    done = build(club, public)
    assert done.returncode == 0, done.stderr
    found = {
        str(path.relative_to(public))
        for path in public.rglob("*")
        if path.is_file()
        and (
            SECRET in (text := path.read_text("utf-8", "replace"))
            or "secrète" in text
            or "secretes" in text
        )
    }
    assert found == set()
    with (public / "data/series/jardin-nord.csv").open(encoding="utf-8") as file:
        assert {row["indicator"] for row in csv.DictReader(file)} == {"visites"}
    page = (public / "usage/jardin-nord/index.html").read_text("utf-8")
    assert "Établissements ouverts depuis moins d’un an inclus." in page


def test_rows_of_the_empty_file_that_nobody_filled_in_were_two_faults_each(
    club: Path, tmp_path: Path
) -> None:
    public = tmp_path / "public"
    assert build(club, public).returncode == 0
    empty = (public / "data/series/templates/visites.csv").read_text("utf-8")
    first, second, *others = empty.splitlines()
    assert len(others) > 2
    filled = second.replace("visites,,,,,,,", "visites,jardin-sud,2012-03,,,7,,")
    assert filled != second
    (club / "data/series/sud.csv").write_text("\n".join([first, filled, *others, ""]), "utf-8")
    graph = read(club).graph
    assert [each.value for each in graph.series if each.project == "jardin-sud"] == [7]


def test_a_target_tells_what_came_nearest_and_not_only_the_last_month(
    club: Path, tmp_path: Path
) -> None:
    """November 2012 reached 13012 visits; December, the last month known, only 9000."""
    rows = ROWS.replace("2012-12,,,14012", "2012-12,,,9000").replace(
        "2011-12,,,14011", "2011-12,,,7"
    )
    (club / "data/series/visites.csv").write_text(rows, "utf-8")
    target = "{label: Atteindre, project: jardin-nord, indicator: visites, goal: 20000}"
    write(club, {"data/targets.yaml": f"atteindre: {target}\n"})
    done = build(club, tmp_path / "public")
    assert done.returncode == 0, done.stderr
    page = Built(tmp_path / "public").page("targets/atteindre/")
    best = page.fact("meilleure valeur")
    assert said(best).startswith("13 012 en novembre 2012")
    assert said(page.fact("dernière valeur connue")).startswith(
        "9 000 d’après les mesures (décembre 2012)"
    )
    assert [each.get("href") for each in best.iter("a")] == ["../../usage/jardin-nord/"]


def test_what_is_filled_in_in_an_empty_file_is_read_without_a_change_of_its_rows(
    club: Path, tmp_path: Path
) -> None:
    """The file to fill in has a row for the total and for each profile."""
    public = tmp_path / "public"
    done = build(club, public)
    assert done.returncode == 0, done.stderr
    page = (public / "indicators/visites/index.html").read_text("utf-8")
    assert 'href="../../data/series/templates/visites.csv"' in page
    with (public / "data/series/templates/visites.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(each["dimension"], each["key"]) for each in rows] == [
        ("", ""),
        *(("profile", str(each)) for each in Profile),
    ]
    for number, row in enumerate(rows):
        row |= {"project": "jardin-nord", "period": "2014-01", "value": str(100 + number)}
    with (club / "data/series/remplies.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    told = {
        each.key: each.value
        for each in read(club).graph.series
        if each.place.path.endswith("remplies.csv")
    }
    assert told == {row["key"]: int(row["value"]) for row in rows}


def growth_of(club: Path, rows: str) -> list[object]:
    """What each school year of `visites` is said to be, against the one before it."""
    (club / "data/series/visites.csv").write_text(HEAD + rows, "utf-8")
    graph = read(club).graph
    indicator = next(each for each in graph.all(Indicator) if each.id == "visites")
    project = next(each for each in graph.all(Project) if each.id == "jardin-nord")
    table = growth(indicator, project, graph)
    assert table is not None
    return [each.cells[3].values[0] for each in table.rows]


def test_three_months_of_autumn_were_compared_with_three_of_spring(club: Path) -> None:
    months = ("2011-09", "2011-10", "2011-11", "2013-05", "2013-06", "2013-07")
    spread = ("2011-09", "2011-10", "2012-11", "2012-12")
    for chosen in (months, spread):
        rows = "".join(f"visites,jardin-nord,{each},,,1000,exact,\n" for each in chosen)
        told = growth_of(club, rows)[-1]
        assert isinstance(told, Message)
        assert "not comparable" in told.id
    same = "".join(
        f"visites,jardin-nord,{each},,,{value},exact,\n"
        for each, value in (("2011-09", 100), ("2012-09", 150))
    )
    told = growth_of(club, same)[-1]
    assert isinstance(told, Message)
    assert told.params == {"sign": "+", "share": 50}


def test_about_and_at_least_were_shown_as_exact(club: Path) -> None:
    rows = "visites,jardin-nord,2011-09,,,500,at_least,\nvisites,jardin-nord,2012-09,,,700,exact,\n"
    told = growth_of(club, rows)[-1]
    assert isinstance(told, Message)
    assert "exact" in told.id
    graph = read(club).graph
    project = next(each for each in graph.all(Project) if each.id == "jardin-nord")
    section = next(each for each in usage_sections(project, graph) if each.id == "visites")
    said = [Words("fr").say(each) for each in cells_of(section)]
    assert "au moins 500" in " ".join(said).replace("\u00a0", " ")
    words = HEAD + "visites,jardin-nord,2011-09,,,500,target,\n"
    (club / "data/series/visites.csv").write_text(words, "utf-8")
    assert [each.rule.name for each in load(folder_at(club)).errors] == ["series-word"]


def cells_of(section: SectionView) -> list[object]:
    tables = [each.table for each in section.body if isinstance(each, ChartView)]
    return [cell.values for table in tables for row in table.rows for cell in row.cells]


def test_true_figures_beside_made_up_ones_were_said_to_be_invented(club: Path) -> None:
    sources = "vraie: {title: Vraie}\ninventee: {title: Inventée, example: yes}\n"
    (club / "data/sources.yaml").write_text(
        (club / "data/sources.yaml").read_text("utf-8") + sources, "utf-8"
    )
    rows = HEAD + (
        "visites,jardin-nord,2011-09,,,500,exact,vraie\n"
        "visites,jardin-nord,2012-09,,,700,exact,inventee\n"
    )
    (club / "data/series/visites.csv").write_text(rows, "utf-8")
    graph = read(club).graph
    project = next(each for each in graph.all(Project) if each.id == "jardin-nord")
    section = next(each for each in usage_sections(project, graph) if each.id == "visites")
    (chart,) = (each for each in section.body if isinstance(each, ChartView))
    marked = [row.is_example for row in chart.table.rows if Unknown() not in row.cells[1].values]
    assert marked == [False, True]


def test_the_figure_of_a_service_of_members_was_the_total_less_the_others(
    club: Path, tmp_path: Path
) -> None:
    indicators = INDICATORS.replace("dimensions: profile", "dimensions: [profile, service]")
    services = "\nzqcache: {label: Zqcaché, audience: members}\nouvert: {label: Ouvert}\n"
    files = {
        "data/indicators.yaml": indicators,
        "data/series/visites.csv": HEAD
        + "visites,jardin-nord,2012-01,,,9100,exact,\n"
        + "visites,jardin-nord,2012-01,service,ouvert,5900,exact,\n"
        + "visites,jardin-nord,2012-01,service,zqcache,3200,exact,\n"
        + "visites,jardin-nord,2012-01,profile,parent,4000,exact,\n",
    }
    write(club, files)
    (club / "data/services.yaml").write_text(
        (club / "data/services.yaml").read_text("utf-8") + services, "utf-8"
    )
    public = read(club).restricted(Audience.PUBLIC)
    told = {each.key: each.value for each in public.series if each.indicator == "visites"}
    assert told == {"": 9100, "parent": 4000}
    members = read(club).restricted(Audience.MEMBERS)
    assert {each.key for each in members.series} >= {"", "ouvert", "zqcache", "parent"}


def test_a_figure_for_members_was_found_by_addition(club: Path) -> None:
    """The month that a year lacks, the total of parts, the whole that a public split adds up to."""
    with (club / "data/sources.yaml").open("a", encoding="utf-8") as sources:
        sources.write("\nzqreleve: {title: Zqreleve, audience: members}\n")
    more = """\
annuelles:
  label: Visites annuelles
  definition: Visites de l'année
  unit: visites
  period: school_year
  aggregation: sum
parts:
  label: Parts
  definition: Visites par profil
  unit: visites
  period: month
  dimensions: profile
  aggregation: sum
  splits: secretes
"""
    months = [f"2012-{month:02}" for month in range(9, 13)] + [f"2013-{m:02}" for m in range(1, 9)]
    source = {"2013-08": "zqreleve"}
    rows = [f"visites,jardin-nord,{each},,,1000,exact,{source.get(each, '')}" for each in months]
    rows += [
        "annuelles,jardin-nord,2012-2013,,,12000,exact,",
        "visites,jardin-nord,2013-10,,,7000,exact,zqreleve",
        "visites,jardin-nord,2013-10,profile,parent,3000,exact,",
        "visites,jardin-nord,2013-10,profile,student,4000,exact,",
        "secretes,jardin-nord,2013-11,,,9000,exact,",
        "parts,jardin-nord,2013-11,profile,parent,3500,exact,",
        "parts,jardin-nord,2013-11,profile,student,5500,exact,",
    ]
    write(
        club,
        {
            "data/indicators.yaml": INDICATORS + more,
            "data/series/visites.csv": HEAD + "".join(f"{each}\n" for each in rows),
            "data/series/secretes.csv": PLANTED,
        },
    )
    found = read(club)
    public = {
        (each.indicator, each.span.said, each.key): each.value
        for each in found.restricted(Audience.PUBLIC).series
    }
    assert ("visites", "2013-08", "") not in public
    assert public["annuelles", "2012-2013", ""] is None
    assert public["visites", "2013-07", ""] == 1000
    assert ("visites", "2013-10", "") not in public
    assert None in {public["visites", "2013-10", each] for each in ("parent", "student")}
    assert None in {public["parts", "2013-11", each] for each in ("parent", "student")}
    assert all(each.value for each in found.restricted(Audience.MEMBERS).series)
