"""The steps of a rollout in order, the week in a school, and what its page says."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from club.insight.steps import Course, week
from club.model.message import Message
from club.model.view import CardView, ChartView, PageView, TableView
from club.publish.words.language import Words
from club.records.rollout.kind import KIND as ROLLOUT
from club.records.rollout.model import Rollout, Step, Weekday
from club.records.rollout.views import view
from tests.clubs import club_of

FRENCH = Words("fr")


@st.composite
def courses(draw: st.DrawFn, *, in_circles: bool) -> Course:
    """Some steps tied at random, without a circle unless *in_circles*; some are parts of others."""
    count = draw(st.integers(0, 7))
    order = draw(st.permutations(range(count)))
    place = {id: index for index, id in enumerate(order)}
    steps = []
    for id in range(count):
        others = [each for each in range(count) if in_circles or place[each] < place[id]]
        after = draw(st.lists(st.sampled_from(others), unique=True, max_size=3)) if others else []
        steps.append(Step(id=str(id), title=f"S{id}", after=tuple(map(str, after))))
    return Course(tuple(steps))


def reached(course: Course) -> set[tuple[str, str]]:
    """Which step comes before which, by closing the ties one step after the other (Warshall)."""
    ids = [each.id for each in course.steps]
    found = {(each, step.id) for step in course.steps for each in step.after if each in ids}
    for middle, one, other in product(ids, ids, ids):
        if (one, middle) in found and (middle, other) in found:
            found.add((one, other))
    return found


@given(courses(in_circles=True))
def test_what_comes_before_is_what_ties_lead_to(course: Course) -> None:
    found = {(each, step.id) for step in course.steps for each in course.before(step)}
    assert found == reached(course)
    assert sorted(each.id for each in course.ordered) == sorted(each.id for each in course.steps)


@given(courses(in_circles=False))
def test_each_step_stands_after_those_before_it_and_else_as_listed(course: Course) -> None:
    ids = [each.id for each in course.ordered]
    before = reached(course)
    assert all(ids.index(one) < ids.index(other) for one, other in before)
    # The first that may come is the one that does: no other order agrees with the list for longer.
    left = [each.id for each in course.steps]
    for id in ids:
        free = [each for each in left if not any((one, each) in before for one in left)]
        assert id == free[0]
        left.remove(id)


def test_what_comes_before_a_whole_comes_before_its_parts() -> None:
    audit = Step(id="audit", title="A", after=("convention",))
    part = Step(id="usages", title="U", part_of="audit")
    course = Course((part, audit, Step(id="convention", title="C")))
    assert course.before(part) == {"convention"}
    assert course.ordered[0].id == "convention"


def test_a_week_goes_to_friday_and_further_if_need_be() -> None:
    days, dated = week([Step(id="a", title="A", weekdays=("monday",)), Step(id="b", title="B")])
    assert days == (*list(Weekday)[:5],)
    assert [each.id for each in dated] == ["a"]
    days, _ = week([Step(id="a", title="A", weekdays=("saturday",))])
    assert days[-1] is Weekday.SATURDAY
    assert week([Step(id="a", title="A")]) == ((), ())


STEPS = [
    {"id": "convention", "title": "Convention", "type": "agreement"},
    {
        "id": "audit",
        "title": "Audit",
        "type": "audit",
        "after": "convention",
        "deliverables": ["Feuille de route"],
        "sent_to": "établissement",
        "decided_by": ["DSI", "collectivité"],
    },
    {"id": "usages", "title": "Usages", "part_of": "audit", "led_by": "MATICE"},
    {
        "id": "pose",
        "title": "Pose",
        "type": "installation",
        "after": "audit",
        "weekdays": ["monday", "tuesday", "wednesday"],
        "days": 3,
        "outage_hours": 72,
        "outage_of": "serveur",
    },
    {
        "id": "formation",
        "title": "Formation",
        "type": "training",
        "after": "pose",
        "weekdays": ["thursday", "friday"],
    },
]


def page_of(root: Path, **more: Any) -> PageView:
    rollout = {"title": "Un déploiement", "project": "nord", **more}
    files = {
        "data/projects.yaml": "nord: {name: Nord, state: rollout}\n",
        "data/rollouts.yaml": yaml.safe_dump({"r": rollout}, allow_unicode=True),
    }
    club = club_of(root, files)
    assert club.errors == ()
    return view(next(iter(club.graph.all(Rollout))), club.graph)


def table(page: PageView, id: str) -> TableView:
    (found,) = (each for each in page.sections if each.id == id)
    return next(each for each in found.body if isinstance(each, TableView))


def rows(found: TableView) -> list[list[str]]:
    return [
        [", ".join(FRENCH.say(each) for each in cell.values) for cell in row.cells]
        for row in found.rows
    ]


def test_the_week_of_an_installation_is_seen_whole(tmp_path: Path) -> None:
    page = page_of(tmp_path, steps=STEPS)
    found = table(page, "week")
    assert rows(found) == [
        ["Pose", "coupure", "coupure", "coupure", "–", "–"],
        ["Formation", "–", "–", "–", "oui", "oui"],
    ]
    assert [cell.tone for cell in found.rows[0].cells[1:4]] == ["bad"] * 3
    (section,) = (each for each in page.sections if each.id == "week")
    said = [FRENCH.say(each) for each in section.body if isinstance(each, Message)]
    assert said == ["Pose\u00a0: 72 heures sans serveur."]


def test_who_does_what_says_unknown_where_nobody_said(tmp_path: Path) -> None:
    found = rows(table(page_of(tmp_path, steps=STEPS), "who"))
    assert [each[0] for each in found] == ["Convention", "Audit", "– Usages", "Pose", "Formation"]
    assert found[1][1:] == ["DSI, collectivité", "inconnu", "Feuille de route", "établissement"]
    assert found[2][2] == "MATICE"
    assert found[0][1:] == ["inconnu"] * 4


def test_phases_without_a_year_are_years_of_the_rollout(tmp_path: Path) -> None:
    phases = [{"number": each, "calendar_years": 1} for each in (1, 2, 3)]
    page = page_of(tmp_path, phases=phases)
    found = table(page, "phases")
    assert rows(found) == [
        ["Phase 1", "phase", "–", "–"],
        ["Phase 2", "–", "phase", "–"],
        ["Phase 3", "–", "–", "phase"],
    ]
    (section,) = (each for each in page.sections if each.id == "phases")
    assert not [each for each in section.body if isinstance(each, CardView | ChartView)]
    assert FRENCH.say(section.body[0]).startswith("En quelles années")


def test_a_plan_of_four_years_that_took_four_is_said_in_one_line(tmp_path: Path) -> None:
    page = page_of(tmp_path, years_planned=4, years_taken=[{"value": 4, "note": "tenu"}])
    said = [FRENCH.say(value) for fact in page.facts for value in fact.values]
    assert "4 ans prévus, 4 ans tenus" in said
    alone = page_of(tmp_path / "alone", years_planned=4)
    assert not any("tenu" in FRENCH.say(v) for fact in alone.facts for v in fact.values)


@pytest.mark.parametrize("steps", [[], [{"id": "a", "title": "A", "after": "b"}]])
def test_a_rollout_with_nothing_to_say_has_a_page(steps: list[Any], tmp_path: Path) -> None:
    files = {
        "data/projects.yaml": "nord: {name: Nord, state: rollout}\n",
        "data/rollouts.yaml": yaml.safe_dump(
            {"r": {"title": "R", "project": "nord", "steps": steps}}
        ),
    }
    graph = club_of(tmp_path, files).graph
    for each in graph.all(Rollout):
        assert view(each, graph).title


@pytest.mark.parametrize("years", [0, 16, 700_000_000])
def test_a_phase_of_millions_of_years_has_no_column_for_each(years: int, tmp_path: Path) -> None:
    page = page_of(tmp_path, phases=[{"number": 1, "calendar_years": years}])
    assert not any(isinstance(each, TableView) for s in page.sections for each in s.body)


def test_every_rollout_is_somewhere_on_the_page_of_rollouts_along_time(tmp_path: Path) -> None:
    files = {
        "data/projects.yaml": "nord: {name: Nord, state: rollout}\n",
        "data/rollouts.yaml": (
            "date: {title: Daté, project: nord, phases: [{number: 1, year: 2012}]}\n"
            "sans-date: {title: Sans date, project: nord, phases: [{number: 1, title: A}]}\n"
            "sans-phase: {title: Sans phase, project: nord}\n"
        ),
    }
    graph = club_of(tmp_path, files).graph
    (page,) = ROLLOUT.more_pages(graph)
    drawn, undated, without = page.sections
    assert FRENCH.say(drawn.title).replace("\u00a0", " ") == "déploiements dessinés : 1 sur 3"
    assert [each.title for each in undated.body] == ["Sans date"]
    assert [each.title for each in without.body] == ["Sans phase"]
