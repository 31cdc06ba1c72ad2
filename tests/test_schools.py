"""The schools of a rollout: what its table says, what it may not say, and how they are counted.

The UAIs that are real are those that DNMA by UAI, open data of the ministry, gives for known
schools; the others are of nobody (their number begins with 999).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from club.insight.aims import aims_table
from club.insight.in_service import project_at
from club.insight.school_rows import NOWHERE, SECTORS, STATUSES, TYPES, School, read_schools
from club.insight.schools import Step, differs, in_several, listing, stays_of, steps
from club.insight.schools_told import differences, out_of, project_differences
from club.model.cells import is_read_wrongly
from club.model.dates import PartialDate
from club.model.fields import Claim, Count, Qualifier
from club.model.graph import Graph, TableFile
from club.model.identifiers import department_of, is_uai, nearest_uais
from club.model.message import Choice
from club.model.record import Audience
from club.model.series import time_span
from club.model.view import ChartView, PageView, Progress, TableView
from club.publish.words.language import Words
from club.read.load import Club
from club.records.project.model import Project, SchoolType, Sector
from club.records.rollout.model import Rollout, SchoolStatus
from club.records.rollout.schools import MOST_LISTED, school_figures
from club.records.rollout.views import view
from club.records.target.kind import view as target_view
from club.records.target.model import Target
from tests.clubs import club_of, fewer

FRENCH = Words("fr")
KNOWN = {"0010024W": "01", "0220158C": "22", "0370884K": "37", "0451526P": "45"}
HEAD = ("uai", "name", "type", "sector", "phase", "status", "date")
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
DATES = ("2012-09-03", "2012-09", "2012", "rentrée 2014", "2012-2013", "~2012", "17/02/2012")


def uai(number: int) -> str:
    """The made-up UAI of *number*, whose letter is counted along the alphabet without I, O, Q."""
    return f"{number:07}{LETTERS[number - number // 23 * 23]}"


@pytest.mark.parametrize("real", KNOWN)
def test_a_uai_that_a_school_has_is_one_and_says_its_departement(real: str) -> None:
    assert is_uai(real)
    assert department_of(real) == KNOWN[real]
    number = str(int(real[:7])) + real[7]
    assert not is_uai(number), "without the zeros in front"
    assert nearest_uais(number) == (real,)
    assert nearest_uais(real[:7]) == (real,), "without its letter"
    assert nearest_uais(real.lower()) == (real,)
    wrong = real[:7] + ("A" if real[7] != "A" else "B")
    assert not is_uai(wrong)
    assert nearest_uais(wrong) == (real,)


@pytest.mark.parametrize(
    ("number", "code"),
    [("620", "2A"), ("720", "2B"), ("971", "971"), ("976", "976"), ("999", ""), ("000", "")],
)
def test_corsica_and_overseas_have_numbers_of_their_own(number: str, code: str) -> None:
    assert department_of(f"{number}0001X") == code


@given(st.integers(0, 9_999_999), st.integers(0, 6), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number: int, place: int, more: int) -> None:
    """23 is a prime greater than ten, and 10 to any power is no multiple of it."""
    right = uai(number)
    wrong = right[:place] + str((int(right[place]) + more) % 10) + right[place + 1 :]
    assert is_uai(right)
    assert not is_uai(wrong)


def word_of(value: Choice, words: Mapping[Any, tuple[str, ...]]) -> st.SearchStrategy[str]:
    return st.sampled_from(words[value]).flatmap(
        lambda word: st.sampled_from((word, word.upper(), word.capitalize()))
    )


# What reads as UTF-8 taken for another encoding is refused, and has a test of its own.
names = (
    st.text(
        st.characters(codec="cp1252", categories=("L", "Nd"), include_characters=" ;,'’-\""),
        max_size=30,
    )
    .map(lambda text: " ".join(text.split()).lstrip("'"))
    .filter(lambda text: not is_read_wrongly(text))
)


@st.composite
def rows(draw: st.DrawFn) -> tuple[tuple[str, ...], School]:
    """A row as somebody writes it, and the school it says."""
    status = draw(st.sampled_from(SchoolStatus))
    type = draw(st.sampled_from([None, *SchoolType]))
    sector = draw(st.sampled_from([None, *Sector]))
    phase = draw(st.one_of(st.none(), st.integers(0, 99)))
    date = draw(st.sampled_from(["", *DATES]))
    name = draw(names)
    id = uai(draw(st.integers(0, 9_999_999)))
    said = (
        id,
        name,
        draw(word_of(type, TYPES)) if type else "",
        draw(word_of(sector, SECTORS)) if sector else "",
        "" if phase is None else str(phase),
        draw(word_of(status, STATUSES)),
        date,
    )
    when = PartialDate.parse(date) if date else None
    return said, School(id, status, name, type, sector, phase, when)


@given(
    st.lists(rows(), min_size=1, max_size=8, unique_by=lambda each: each[0][0]),
    st.sampled_from([";", ",", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.permutations(range(len(HEAD))),
)
def test_what_a_spreadsheet_saved_is_read_as_it_was_written(
    written: list[tuple[tuple[str, ...], School]], delimiter: str, encoding: str, order: list[int]
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow([HEAD[index] for index in order])
    writer.writerows([[said[index] for index in order] for said, _ in written])
    found = read_schools(TableFile("data/tables/t.csv", text.getvalue().encode(encoding)))
    assert found.problems == ()
    bare = [replace(each, place=NOWHERE) for each in found.schools]
    assert bare == [each for _, each in written]


PHASES = [{"number": number} for number in (1, 2, 3)]
Rows = list[tuple[int, int | None, str]]
"""A number, a phase and a status."""
table_rows = st.lists(
    st.tuples(
        st.integers(9_990_000, 9_990_009),
        st.sampled_from([None, 1, 2, 3]),
        st.sampled_from(list(map(str, SchoolStatus))),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda each: each[0],
)


def csv_of(held: Rows) -> str:
    lines = (f"{uai(n)};{'' if phase is None else phase};{said}\n" for n, phase, said in held)
    return "uai;phase;status\n" + "".join(lines)


def club_with(root: Path, tables: Mapping[str, tuple[str, Rows]], **more: Any) -> Club:
    """A club in which each of *tables* is the table of a rollout of a project."""
    projects = dict.fromkeys(project for project, _ in tables.values())
    rollouts = {
        id: {"title": id, "project": project, "phases": PHASES, "schools_table": f"{id}.csv"}
        for id, (project, _) in tables.items()
    }
    for id, fields in more.items():
        rollouts[id] |= fields
    files = {f"data/tables/{id}.csv": csv_of(held) for id, (_, held) in tables.items()}
    files["data/projects.yaml"] = "".join(
        f"{each}: {{name: {each}, state: rollout}}\n" for each in projects
    )
    files["data/rollouts.yaml"] = json.dumps(rollouts)
    club = club_of(root, files)
    assert club.errors == ()
    return club


def graph_of(root: Path, tables: Mapping[str, tuple[str, Rows]], **more: Any) -> Graph:
    return club_with(root, tables, **more).graph


@settings(max_examples=40)
@given(table_rows, table_rows, table_rows)
def test_a_school_is_of_the_one_project_where_it_is_open(
    tmp_path_factory: pytest.TempPathFactory, one: Rows, two: Rows, other: Rows
) -> None:
    """A table without dates: what is planned, in progress or stopped on no day is in no project."""
    tables = {"a": ("nord", one), "b": ("nord", two), "c": ("sud", other)}
    graph = graph_of(tmp_path_factory.mktemp("club"), tables)
    expected = {}
    for number in {n for _, held in tables.values() for n, _, _ in held}:
        here = {p for p, held in tables.values() for n, _, s in held if (n, s) == (number, "open")}
        expected[uai(number)] = here.pop() if len(here) == 1 else ""
    today = time_span("2026-W01")
    assert today
    found = {each: project_at(stays, today) for each, stays in stays_of(graph).items()}
    assert found == expected
    opened = {
        p: {n for q, held in tables.values() for n, _, s in held if q == p and s == "open"}
        for p in ("nord", "sud")
    }
    both = {uai(each) for each in opened["nord"] & opened["sud"]}
    assert {school.uai for _, (_, school) in in_several(graph)} == both
    for project in graph.all(Project):
        found = listing(project, graph)
        assert found
        every = {n for p, held in tables.values() for n, _, _ in held if p == project.id}
        assert (found.open, found.listed) == (len(opened[project.id]), len(every))


@fewer()
@given(table_rows)
def test_a_phase_counts_those_before_it(
    tmp_path_factory: pytest.TempPathFactory, held: Rows
) -> None:
    graph = graph_of(tmp_path_factory.mktemp("club"), {"a": ("nord", held)})
    (rollout,) = graph.all(Rollout)
    expected = [
        sum(1 for _, phase, status in held if status == "open" and phase in range(1, last + 1))
        for last in (1, 2, 3)
    ]
    assert [each.open for each in steps(rollout, graph)] == expected


@given(st.sampled_from(Qualifier), st.integers(0, 9), st.integers(0, 9))
def test_a_count_differs_from_a_claim_that_it_cannot_be(
    qualifier: Qualifier, stated: int, count: int
) -> None:
    may_be = {
        Qualifier.EXACT: {stated},
        Qualifier.AT_LEAST: set(range(stated, 20)),
        Qualifier.MORE_THAN: set(range(stated + 1, 20)),
        Qualifier.LESS_THAN: set(range(stated)),
        Qualifier.ABOUT: set(range(20)),
        Qualifier.TARGET: set(range(20)),
    }
    claim = Claim[Count].model_validate({"value": stated, "qualifier": qualifier})
    assert differs(claim, count) == (count not in may_be[qualifier])


def section_of(page: PageView, id: str) -> tuple[object, ...]:
    (found,) = (each for each in page.sections if each.id == id)
    return found.body


def said(table: TableView) -> list[list[str]]:
    return [[", ".join(map(FRENCH.say, cell.values)) for cell in row.cells] for row in table.rows]


def tables_of(page: PageView, id: str) -> list[TableView]:
    return [each for each in section_of(page, id) if isinstance(each, TableView)]


HELD: Rows = [
    (9_990_001, 1, "open"),
    (9_990_002, 1, "open"),
    (9_990_003, 1, "stopped"),
    (9_990_004, 2, "open"),
    (9_990_005, 2, "planned"),
    (9_990_006, None, "in_progress"),
]
CLAIMS = [
    {"number": 1, "title": "Pilotes", "schools": [{"value": 5, "as_of": 2012}]},
    {"number": 2, "schools": [{"value": 3}, {"value": 8, "qualifier": "target"}]},
    {"number": 3, "schools": [{"value": 12, "qualifier": "target"}]},
]


def test_a_page_tells_what_the_table_counts_beside_what_sources_say(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, {"a": ("nord", HELD)}, a={"phases": CLAIMS})
    (rollout,) = graph.all(Rollout)
    page = view(rollout, graph)
    (chart,) = (each for each in section_of(page, "phases") if isinstance(each, ChartView))
    assert said(chart.table) == [
        ["1. Pilotes", "inconnu", "2", "5", "inconnu"],
        ["Phase 2", "inconnu", "3", "3", "8 (objectif)"],
        ["Phase 3", "inconnu", "3", "inconnu", "12 (objectif)"],
    ]
    told = [FRENCH.say(each) for each in differences(rollout, graph)]
    assert told == [
        "1. Pilotes\u00a0: le tableau compte 2 établissements ouverts, la source en dit 5 (2012)"
    ]
    assert [FRENCH.say(each.text) for each in page.alerts] == told
    counts, _ = tables_of(page, "schools")
    assert said(counts) == [
        ["1. Pilotes", "0", "0", "2", "1", "3"],
        ["Phase 2", "1", "0", "1", "0", "2"],
        ["inconnu", "0", "1", "0", "0", "1"],
        ["total", "1", "1", "3", "1", "6"],
    ]


def test_no_table_is_unknown_and_a_table_without_open_schools_is_zero(tmp_path: Path) -> None:
    held: Rows = [(9_990_001, 1, "planned")]
    graph = graph_of(tmp_path, {"a": ("nord", held)}, a={"phases": CLAIMS})
    (rollout,) = graph.all(Rollout)
    assert [each.open for each in steps(rollout, graph)] == [0, 0, 0]
    files = {
        "data/projects.yaml": "nord: {name: Nord, state: rollout}\n",
        "data/rollouts.yaml": json.dumps(
            {"a": {"title": "A", "project": "nord", "phases": CLAIMS}}
        ),
    }
    graph = club_of(tmp_path / "without", files).graph
    (rollout,) = graph.all(Rollout)
    assert [each.open for each in steps(rollout, graph)] == [None, None, None]
    assert list(differences(rollout, graph)) == []
    (project,) = graph.all(Project)
    assert listing(project, graph) is None


def test_what_is_made_up_is_not_counted_for_a_project_that_is_not(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, {"a": ("nord", HELD)}, a={"example": True})
    (project,) = graph.all(Project)
    assert listing(project, graph) is None


@pytest.mark.parametrize(("count", "shown"), [(MOST_LISTED, MOST_LISTED), (MOST_LISTED + 1, 20)])
def test_a_long_list_is_told_by_its_first_rows(count: int, shown: int, tmp_path: Path) -> None:
    held: Rows = [(9_990_000 + each, 1, "open") for each in range(count)]
    graph = graph_of(tmp_path, {"a": ("nord", held)})
    (rollout,) = graph.all(Rollout)
    (table,) = tables_of(view(rollout, graph), "schools-list")
    assert (len(table.rows), len(table.shown)) == (count, shown)
    assert table.has_words is (shown == count)


def test_the_departement_is_read_in_the_uai(tmp_path: Path) -> None:
    numbers = [440_001, 440_002, 6_200_001, 9_710_001, 9_990_001]
    graph = graph_of(tmp_path, {"a": ("nord", [(each, None, "open") for each in numbers])})
    (rollout,) = graph.all(Rollout)
    (table,) = tables_of(view(rollout, graph), "schools-departments")
    assert [[row[0], row[-1]] for row in said(table)] == [
        ["Corse-du-Sud (2A)", "1"],
        ["Loire-Atlantique (44)", "2"],
        ["Guadeloupe (971)", "1"],
        ["inconnu", "1"],
        ["total", "5"],
    ]


HIDDEN = {
    "a phase": {"phases": [{"number": 1}, {"number": 2, "audience": "members"}, {"number": 3}]},
    "the phases": {"phases": PHASES, "audience": {"phases": "members"}},
    "the table": {"audience": {"schools_table": "members"}},
    "the rollout": {"audience": "members"},
}


@pytest.mark.parametrize(
    ("hidden", "left"), list(zip(HIDDEN, [(2, 4), (0, 1), None, None], strict=True))
)
def test_a_school_is_told_to_whom_its_phase_its_table_and_its_rollout_are(
    hidden: str, left: tuple[int, int] | None, tmp_path: Path
) -> None:
    club = club_with(tmp_path, {"a": ("nord", HELD)}, a=HIDDEN[hidden])
    (project,) = club.graph.all(Project)
    whole = listing(project, club.graph)
    assert whole
    assert (whole.open, whole.listed) == (3, 6)
    public = club.restricted(Audience.PUBLIC)
    (project,) = public.all(Project)
    found = listing(project, public)
    assert (found and (found.open, found.listed)) == left
    told = stays_of(public)
    assert len(told) == (left[1] if left else 0)


TARGETS = {
    "equiper": {
        "label": "Équiper",
        "project": "nord",
        "indicator": "equipes",
        "goal": {"value": 20, "as_of": 2011},
    },
    "doubler": {"label": "Doubler", "project": "nord", "factor": 2},
    "entier": {
        "label": "Entier",
        "project": "nord",
        "indicator": "equipes",
        "baseline": 2,
        "factor": 3,
        "deadline": "2014",
    },
}


def aims_of(root: Path, **project: Any) -> Graph:
    """A project with three targets, whose rollout has a table."""
    indicator = {
        "label": "Équipés",
        "definition": "D",
        "unit": "établissements",
        "period": "school_year",
        "aggregation": "last",
        "stated_in": "schools_equipped",
    }
    rollout = {"title": "R", "project": "nord", "phases": PHASES, "schools_table": "a.csv"}
    files = {
        "data/projects.yaml": json.dumps({"nord": {"name": "N", "state": "rollout", **project}}),
        "data/indicators.yaml": json.dumps({"equipes": indicator}),
        "data/targets.yaml": json.dumps(TARGETS),
        "data/rollouts.yaml": json.dumps({"a": rollout}),
        "data/tables/a.csv": csv_of(HELD),
    }
    club = club_of(root, files)
    assert club.errors == ()
    return club.graph


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ({"as_of": 2014}, [(8, 6)]),
        ({"as_of": 2018}, []),
        ({"as_of": 2013, "reliability": "contradicted"}, []),
    ],
)
def test_a_value_of_another_time_or_that_is_contradicted_is_no_progress(
    tmp_path: Path, more: dict[str, Any], shown: list[tuple[int, int]]
) -> None:
    """614 schools of a platform that came four years after the deadline were “90 %” of the goal."""
    graph = aims_of(tmp_path, schools_equipped=[{"value": 8, **more}])
    entier = next(each for each in graph.all(Target) if each.id == "entier")
    page = target_view(entier, graph)
    assert [(each.done, each.goal) for each in page.key if isinstance(each, Progress)] == shown
    assert "8" in "".join(FRENCH.say(value) for each in page.facts for value in each.values)


def test_schools_of_all_phases_are_not_a_share_of_what_the_first_one_aims_at(
    tmp_path: Path,
) -> None:
    """Two of the first phase and one of the second were “3 / 3 (100 %)” of the first phase."""
    aim = {"schools": [{"value": 3, "qualifier": "target"}]}
    for at, phases, shown in (
        (0, [{"number": 1, **aim}, {"number": 2}], []),
        (1, [{"number": 1}, {"number": 2, **aim}], [(3, 3)]),
    ):
        graph = graph_of(tmp_path / str(at), {"a": ("nord", HELD)}, a={"phases": phases})
        (rollout,) = graph.all(Rollout)
        found = [each for each in school_figures(rollout, graph) if isinstance(each, Progress)]
        assert [(each.done, each.goal) for each in found] == shown


def test_schools_that_are_made_up_are_in_no_project_when_figures_are_imported(
    tmp_path: Path,
) -> None:
    graph = graph_of(tmp_path, {"a": ("nord", HELD)}, a={"example": True})
    assert stays_of(graph) == {}


def test_a_target_says_how_far_it_has_come_and_where_it_started_or_not(tmp_path: Path) -> None:
    claims = [
        {"value": 5, "as_of": 2010},
        {"value": 8, "as_of": 2012},
        {"value": 30, "as_of": 2013, "qualifier": "target"},
    ]
    graph = aims_of(tmp_path, schools_equipped=claims)
    (project,) = graph.all(Project)
    table = aims_table(project, graph)
    assert table
    known = "8, 3 sur les 6 du tableau des établissements"
    assert said(table) == [
        ["Équiper", "objectif sans valeur de départ", known, "20", "inconnu"],
        ["Doubler", "objectif sans valeur de départ", "inconnu", "inconnu", "inconnu"],
        ["Entier", "2", known, "6", "2014"],
    ]
    pages = {each.id: target_view(each, graph) for each in graph.all(Target)}
    alerts = {id: [FRENCH.say(each.title) for each in page.alerts] for id, page in pages.items()}
    without = "Objectif sans valeur de départ"
    assert alerts == {"equiper": [without], "doubler": [without], "entier": []}
    done = {id: list(page.key) for id, page in pages.items()}
    assert [(each.done, each.goal) for each in done["equiper"] if isinstance(each, Progress)] == [
        (8, 20)
    ]
    assert done["doubler"] == []
    (alert,) = project_differences(project, graph)
    assert alert.text
    assert FRENCH.say(alert.text) == (
        "le tableau compte 3 établissements ouverts, la source en dit 8 (2012)"
    )


def test_a_target_of_which_nothing_is_stated_has_no_bar(tmp_path: Path) -> None:
    graph = aims_of(tmp_path)
    pages = {each.id: target_view(each, graph) for each in graph.all(Target)}
    assert all(page.key == () for page in pages.values())


@given(st.one_of(st.none(), st.integers(0, 3)), st.one_of(st.none(), st.integers(0, 9)))
def test_how_many_of_how_many_never_takes_what_is_unknown_for_zero(
    count: int | None, aimed: int | None
) -> None:
    claim = None
    if aimed is not None:
        claim = Claim[Count].model_validate({"value": aimed, "qualifier": "target"})
    told = " ".join(map(FRENCH.say, out_of(Step(count, None, claim))))
    opened = "" if count is None else f"{count} ouvert" + "s" * (count > 1)
    expected = {
        (False, False): "inconnu",
        (False, True): f"inconnu, sur {aimed} visés",
        (True, False): opened,
        (True, True): f"{opened} sur {aimed} visés",
    }
    assert told == expected[count is not None, aimed is not None]
