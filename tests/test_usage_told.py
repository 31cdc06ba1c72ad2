"""What was measured as pages tell it: weeks beside months, and the best beside the last."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from club.insight.aims import aims_table, best_known, last_known, reached_so_far
from club.insight.usage_told import growth, usage_sections, week_sections
from club.model.fields import Reliability
from club.model.graph import Graph
from club.model.view import ChartView, ClaimView, Link, SectionView
from club.publish.data.sheets import sheet
from club.publish.words.language import Words
from club.records.indicator.model import Indicator
from club.records.indicator.pages import pages
from club.records.indicator.views import view as indicator_view
from club.records.project.model import Project
from club.records.target.kind import view as target_view
from club.records.target.model import Target
from tests.clubs import club_of

FRENCH = Words("fr")
HEAD = "indicator,project,period,dimension,key,value,qualifier,source\n"
INDICATOR = {"label": "Visites", "definition": "D", "unit": "visites"}


def graph_of(
    root: Path,
    rows: dict[str, int | str],
    period: str = "month",
    aggregation: str = "sum",
    target: dict[str, Any] | None = None,
    **project: Any,
) -> Graph:
    """A club that measured *rows*, a number or nothing for each period, of one project."""
    series = "".join(f"visites,nord,{when},,,{value},exact,\n" for when, value in rows.items())
    indicator = {
        **INDICATOR,
        "period": period,
        "aggregation": aggregation,
        **({"stated_in": "connections"} if project else {}),
    }
    aim = {"label": "Doubler", "project": "nord", "indicator": "visites", **(target or {})}
    files = {
        "data/projects.yaml": json.dumps({"nord": {"name": "N", "state": "rollout", **project}}),
        "data/indicators.yaml": json.dumps({"visites": indicator}),
        "data/targets.yaml": json.dumps({"doubler": {"goal": 1000, **aim}}),
        "data/series/a.csv": HEAD + series,
    }
    club = club_of(root, files)
    assert club.errors == ()
    return club.graph


def best_of(graph: Graph) -> list[str] | None:
    """What is said of the best value: its label, then each value, with plain spaces."""
    (target,) = graph.all(Target)
    found = best_known(target, graph)
    on_page = [FRENCH.say(each.label) for each in target_view(target, graph).facts]
    if found is None:
        assert not [each for each in on_page if "meilleure" in each]
        return None
    assert FRENCH.say(found.label) in on_page
    return [FRENCH.say(found.label), *map(plainly, found.values)]


def plainly(value: object) -> str:
    """*value* in words, whatever their spaces."""
    return " ".join(FRENCH.say(value).split())


def test_a_target_that_was_nearer_earlier_says_so_beside_the_last_value(tmp_path: Path) -> None:
    """Only the last value was told, and a reader took it for all that had been reached."""
    rows: dict[str, int | str] = {"2012-01": 300, "2012-03": 900, "2012-04": 700, "2012-05": ""}
    graph = graph_of(tmp_path, rows)
    assert best_of(graph) == ["meilleure valeur", "900 en mars 2012, non vérifié"]
    (target,) = graph.all(Target)
    found = best_known(target, graph)
    assert found
    assert "mars\N{NO-BREAK SPACE}2012" in FRENCH.say(found.values[0])
    assert isinstance(found.values[0], Link)
    assert found.values[0].url == "usage/nord/"


def test_the_last_value_is_the_best_and_is_told_once(tmp_path: Path) -> None:
    assert best_of(graph_of(tmp_path / "a", {"2012-01": 300, "2012-02": 900})) is None
    assert best_of(graph_of(tmp_path / "b", {"2012-01": 900, "2012-02": 900})) is None
    assert best_of(graph_of(tmp_path / "c", {"2012-01": ""})) is None


def test_less_is_better_where_the_goal_is_below_the_start(tmp_path: Path) -> None:
    target = {"baseline": 900, "goal": 100}
    graph = graph_of(tmp_path, {"2012-01": 200, "2012-02": 500, "2012-03": 300}, target=target)
    assert best_of(graph) == ["meilleure valeur", "200 en janvier 2012, non vérifié"]


def test_a_masked_value_is_never_told_as_the_best(tmp_path: Path) -> None:
    """Three people would be the best of all: the best of those shown is said to be only that."""
    target = {"baseline": 900, "goal": 1}
    graph = graph_of(tmp_path, {"2012-01": 3, "2012-02": 200, "2012-03": 500}, target=target)
    said = best_of(graph)
    assert said == ["meilleure des valeurs montrées", "200 en février 2012, non vérifié"]


def test_what_documents_state_of_an_earlier_time_may_be_the_best_too(tmp_path: Path) -> None:
    claims = [
        {"value": 900, "as_of": "2011-02"},
        {"value": 950, "as_of": "2010", "qualifier": "target"},
        {"value": 700, "as_of": 2012},
        {"value": 800, "as_of": 2012},
    ]
    said = best_of(graph_of(tmp_path, {"2012-01": 300}, connections=claims))
    assert said == ["meilleure valeur", "900"]


def weeks(first: str, values: list[int | str]) -> dict[str, int | str]:
    """*values* week after week from the Monday *first*, by the names that files give weeks."""
    day, found = date.fromisoformat(first), {}
    for value in values:
        year, week, _ = day.isocalendar()
        found[f"{year}-W{week:02}"] = value
        day += timedelta(days=7)
    return found


def rows_of(section: SectionView) -> list[list[str]]:
    """The period and the total of each row, without the number to reach."""
    (chart,) = [each for each in section.body if isinstance(each, ChartView)]
    return [
        [plainly(value) for cell in row.cells[:2] for value in cell.values]
        for row in chart.table.rows
    ]


def test_weekly_visits_are_shown_week_by_week_and_a_holiday_is_no_zero(tmp_path: Path) -> None:
    """Only months were shown: nobody saw that the fall of December is that of its holidays."""
    held = weeks("2012-12-10", [100, 120, "", 0, 110])
    del held["2013-W02"]
    graph = graph_of(tmp_path, held | {"2013-W03": 130}, period="week")
    (project,) = graph.all(Project)
    (section,) = week_sections(project, graph)
    assert rows_of(section) == [
        ["10 décembre 2012", "100"],
        ["17 décembre 2012", "120"],
        ["24 décembre 2012", "inconnu"],
        ["31 décembre 2012", "0"],
        ["7 janvier 2013", "inconnu"],
        ["14 janvier 2013", "130"],
    ]
    (chart,) = [each for each in section.body if isinstance(each, ChartView)]
    assert chart.table.sheet == "usage/weeks/nord-visites"
    told = " ".join(plainly(each) for each in section.body if not isinstance(each, ChartView))
    assert "la semaine du 24 décembre 2012" in told
    (by_month,) = usage_sections(project, graph)
    links = [each.url for each in by_month.body if isinstance(each, Link)]
    assert "usage/nord/weeks/#visites" in links
    assert [each.url for each in pages(graph)] == ["usage/nord/", "usage/nord/weeks/"]


def test_users_of_a_week_are_on_one_page_alone_and_are_never_added(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, weeks("2012-10-01", [9, 8]), period="week", aggregation="none")
    (project,) = graph.all(Project)
    assert [each.url for each in pages(graph)] == ["usage/nord/"]
    (section,) = usage_sections(project, graph)
    assert rows_of(section) == [["1er octobre 2012", "9"], ["8 octobre 2012", "8"]]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([3, 100, 100, 100], ["au moins 300", "3 semaines sur 4", "d’autres sont masquées"]),
        ([3, "", 50, 100], ["au moins 150", "2 semaines sur 4", "d’autres sont masquées"]),
        ([3, 3, 3, 3], ["masqué"]),
    ],
)
def test_a_month_whose_first_week_is_masked_tells_the_other_weeks(
    tmp_path: Path, values: list[int | str], told: list[str]
) -> None:
    """The week of 1 October 2012 begins with its month: it hid the three others."""
    graph = graph_of(tmp_path, weeks("2012-10-01", values), period="week")
    (project,) = graph.all(Project)
    (by_month,) = usage_sections(project, graph)
    assert rows_of(by_month) == [["octobre 2012", *told]]
    (by_week,) = week_sections(project, graph)
    assert rows_of(by_week)[0] == ["1er octobre 2012", "masqué"]


def test_two_pictures_of_one_indicator_are_told_apart(tmp_path: Path) -> None:
    """The total and its profiles had one caption: nobody knew which picture was which."""
    rows = ["visites,nord,2012-10,,,100", "visites,nord,2012-10,profile,student,60"]
    rows.append("visites,nord,2012-10,profile,parent,40")
    files = {
        "data/projects.yaml": json.dumps({"nord": {"name": "N", "state": "rollout"}}),
        "data/indicators.yaml": json.dumps(
            {
                "visites": {
                    **INDICATOR,
                    "period": "month",
                    "aggregation": "sum",
                    "dimensions": "profile",
                }
            }
        ),
        "data/series/a.csv": HEAD + "".join(f"{each},exact,\n" for each in rows),
    }
    graph = club_of(tmp_path, files).graph
    (project,) = graph.all(Project)
    (section,) = usage_sections(project, graph)
    charts = [each for each in section.body if isinstance(each, ChartView)]
    assert [plainly(each.description) for each in charts] == [
        "Visites au fil du temps : N.",
        "Visites au fil du temps, par profil : N.",
    ]
    captions = [plainly(each.table.caption) for each in charts]
    assert captions == ["Visites, N, par mois", "Visites, N, par mois, par profil"]


def growth_of(graph: Graph) -> list[list[str]]:
    """Each school year: the year, its figure, the periods known, the change."""
    (indicator,), (project,) = graph.all(Indicator), graph.all(Project)
    table = growth(indicator, project, graph)
    assert table
    return [[plainly(each) for cell in row.cells for each in cell.values] for row in table.rows]


def test_a_yearly_total_without_its_masked_months_says_at_least(tmp_path: Path) -> None:
    """September, October and December: a reader took 2000 for all that was known of the year."""
    rows: dict[str, int | str] = {"2012-09": 1234, "2012-10": 3, "2012-12": 2000}
    year = {f"2012-{month:02}": 3000 for month in range(9, 13)}
    graph = graph_of(tmp_path / "a", rows)
    assert growth_of(graph) == [
        ["année scolaire 2012-2013", "au moins 3 234", "2", "masquées : 1", "inconnu"]
    ]
    later = {f"{when.replace('2012', '2013')}": value for when, value in year.items()}
    graph = graph_of(tmp_path / "b", {**rows, **later})
    assert growth_of(graph)[1][-1] == "non comparable : des périodes sont masquées"


def test_a_year_of_which_all_is_masked_is_not_unknown(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, {"2012-09": 3, "2012-10": 2})
    assert growth_of(graph) == [
        ["année scolaire 2012-2013", "masqué", "0", "masquées : 2", "inconnu"]
    ]


def test_the_last_of_a_year_is_no_lower_bound_and_says_what_is_masked(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, {"2012-09": 1234, "2012-10": 3}, aggregation="last")
    assert growth_of(graph) == [
        ["année scolaire 2012-2013", "1 234", "1", "masquées : 1", "inconnu"]
    ]


def test_invented_curves_under_the_names_of_projects_are_told_so(tmp_path: Path) -> None:
    """The page of the indicator drew them beside the true names of projects without a word."""
    files = {
        "data/projects.yaml": json.dumps({"nord": {"name": "N", "state": "rollout"}}),
        "data/indicators.yaml": json.dumps(
            {"visites": {**INDICATOR, "period": "month", "aggregation": "sum"}}
        ),
        "data/sources.yaml": json.dumps({"faux": {"title": "F", "example": True}}),
    }
    invented, real = "visites,nord,2012-10,,,100,exact,faux\n", "visites,nord,2012-11,,,90,exact,\n"
    for name, rows, said in [
        ("all", invented, "Ces chiffres sont inventés"),
        ("some", invented + real, "Certains de ces chiffres sont inventés"),
        ("none", real, ""),
    ]:
        graph = club_of(tmp_path / name, {**files, "data/series/a.csv": HEAD + rows}).graph
        (indicator,) = graph.all(Indicator)
        (measured,) = [e for e in indicator_view(indicator, graph).sections if e.id == "measured"]
        told = " ".join(plainly(e) for e in measured.body if not isinstance(e, ChartView))
        assert said in told if said else "inventé" not in told


def test_rows_without_a_source_are_shown_as_unverified(tmp_path: Path) -> None:
    """The guide promises it; such rows looked like those that a document states."""
    files = {
        "data/projects.yaml": json.dumps({"nord": {"name": "N", "state": "rollout"}}),
        "data/indicators.yaml": json.dumps(
            {"visites": {**INDICATOR, "period": "month", "aggregation": "sum"}}
        ),
        "data/sources.yaml": json.dumps({"rapport": {"title": "R"}}),
        "data/targets.yaml": json.dumps(
            {"doubler": {"label": "D", "project": "nord", "indicator": "visites", "goal": 1000}}
        ),
        "data/series/a.csv": HEAD
        + "visites,nord,2012-10,,,100,exact,rapport\nvisites,nord,2012-11,,,90,exact,\n",
    }
    graph = club_of(tmp_path, files).graph
    (project,), (indicator,), (target,) = map(graph.all, (Project, Indicator, Target))
    (section,) = usage_sections(project, graph)
    (chart,) = [each for each in section.body if isinstance(each, ChartView)]
    sourced, doubted = [row.cells[1].values[0] for row in chart.table.rows]
    assert sourced == 100
    assert isinstance(doubted, ClaimView)
    assert doubted.trust is Reliability.UNVERIFIED
    assert chart.note
    assert "Certains chiffres n’ont pas de source" in plainly(chart.note)
    written = sheet(chart.table, FRENCH)
    assert any("non vérifié" in str(cell) for cell in written.rows[1])
    assert not any("non vérifié" in str(cell) for cell in written.rows[0])
    of_year = growth(indicator, project, graph)
    assert of_year
    (total,) = of_year.rows[0].cells[1].values
    assert isinstance(total, ClaimView)
    assert total.trust is Reliability.UNVERIFIED
    assert "non vérifié" in plainly(last_known(target, graph)[0])


def test_the_list_of_targets_tells_the_value_that_came_nearer_too(tmp_path: Path) -> None:
    """The goal had been exceeded, and the list told the last value alone."""
    graph = graph_of(tmp_path, {"2012-03": 1200, "2012-04": 700})
    (target,), (project,) = graph.all(Target), graph.all(Project)
    said = [plainly(each) for each in reached_so_far(target, graph)]
    assert said[-1] == "meilleure valeur : 1 200 en mars 2012, non vérifié"
    table = aims_table(project, graph)
    assert table
    assert said[-1] in [plainly(each) for each in table.rows[0].cells[2].values]
