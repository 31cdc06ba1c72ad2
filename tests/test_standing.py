"""What time does to what is written: a meeting planned for a past day is not to come."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.insight.presence import presence
from club.model.dates import PartialDate, is_past
from club.model.graph import Graph
from club.model.markup import Fence
from club.publish.html.render import Renderer, plain_text
from club.publish.pages.queries import answer
from club.publish.pages.site import Site
from club.query.answer import Query, run
from club.query.reader import read_query
from club.read.load import load
from club.records.meeting.home import agenda, last_held, last_untold, to_come
from club.records.meeting.model import Meeting, MeetingStatus, Standing
from club.records.platform.model import Platform
from club.records.project.model import Project
from tests.clubs import REGISTRY, folder_at, write

MEETING = "title: {title}\ntype: thematic\nstatus: {status}\n{rest}"
MEETINGS = {
    "avant": ("planned", "date: 2013\n"),
    "confirmee": ("confirmed", "date: 2014-03-02\n"),
    "tenue": ("held", "date: 2012\n"),
    "annulee": ("cancelled", "date: 2013\n"),
    "sans-date": ("planned", ""),
    "plus-tard": ("planned", "date: rentrée 2014\n"),
}
ACTIONS = """\
actions:
  - {id: un, what: Relancer, due: 2012-09}
  - {id: deux, what: Écrire, due: 2012-09, state: done}
  - {id: trois, what: Choisir}
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        f"data/meetings/{id}.yaml": MEETING.format(title=id.title(), status=status, rest=rest)
        for id, (status, rest) in MEETINGS.items()
    }
    files["data/meetings/tenue.yaml"] += ACTIONS
    return write(tmp_path_factory.mktemp("club"), files)


def on(root: Path, day: date | None) -> Graph:
    return load(folder_at(root), today=day).graph


def ids(meetings: tuple[Meeting, ...]) -> str:
    return " ".join(each.id for each in meetings)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (None, "avant confirmee plus-tard sans-date"),
        (date(2013, 12, 31), "avant confirmee plus-tard sans-date"),
        (date(2014, 1, 1), "confirmee plus-tard sans-date"),
        (date(2014, 3, 2), "confirmee plus-tard sans-date"),
        (date(2014, 3, 3), "plus-tard sans-date"),
        (date(2014, 9, 30), "plus-tard sans-date"),
        (date(2014, 10, 1), "sans-date"),
    ],
)
def test_only_what_is_to_come_is_upcoming(root: Path, day: date | None, expected: str) -> None:
    assert ids(to_come(on(root, day))) == expected


def test_the_last_meeting_planned_is_named_when_none_is_announced(tmp_path: Path) -> None:
    text = MEETING.format(title="Avant", status="planned", rest="date: 2013\n")
    graph = on(write(tmp_path, {"data/meetings/avant.yaml": text}), date(2026, 1, 1))
    found = agenda(graph)
    assert found.cards == ()
    assert found.last
    assert found.last.title == "Avant"
    html = Site(graph, Renderer(REGISTRY, "fr")).home_html()
    said = plain_text(html)
    assert "Aucune rencontre n’est annoncée" in said
    assert "(2013) est sans suite connue" in said
    assert last_untold(on(tmp_path, None)) is None


def test_a_meeting_to_come_is_not_the_last_one_held(tmp_path: Path) -> None:
    """The home page said “The last one: 1 May 2027” in 2026."""
    held = {"jadis": "date: 2013\n", "demain": "date: 2027-05-01\n", "un-jour": ""}
    files = {
        f"data/meetings/{id}.yaml": MEETING.format(title=id.title(), status="held", rest=rest)
        for id, rest in held.items()
    }
    graph = on(write(tmp_path, files), date(2026, 11, 27))
    found = last_held(graph)
    assert found
    assert found.id == "jadis"
    assert "2027" not in plain_text(Site(graph, Renderer(REGISTRY, "fr")).home_html())
    last = last_held(on(tmp_path, date(2027, 5, 1)))
    assert last
    assert last.id == "demain"


def test_the_tables_the_filters_and_the_pages_tell_the_same(root: Path) -> None:
    graph = on(root, date(2026, 1, 1))
    site = Site(graph, Renderer(REGISTRY, "fr"))
    html, _ = site.index_html("meetings")
    assert html.count("sans suite connue</span>") == 3  # avant, confirmee, plus-tard
    filtered = [page.url for page in site.other_pages() if page.url.startswith("meetings/status/")]
    assert sorted(filtered) == [
        f"meetings/status/{each}/" for each in ("cancelled", "held", "planned", "untold")
    ]
    page = site.page(next(each for each in graph.all(Meeting) if each.id == "avant"))
    assert "sans suite connue" in page.html
    assert "prévue" not in page.html


def test_a_query_asks_for_what_is_told(root: Path) -> None:
    def asked(where: str, day: date | None) -> str:
        text = f"table: meetings\nwhere: {{status: {where}}}\ncolumns: [status]\n"
        query = read_query("docs/page.md", Fence("club", text, 1), REGISTRY)
        assert isinstance(query, Query), query
        graph = on(root, day)
        assert answer(query, graph)
        return " ".join(each.id for each in run(query, graph))

    assert asked("planned", None) == "avant plus-tard sans-date"
    assert asked("planned", date(2026, 1, 1)) == "sans-date"
    assert asked("untold", date(2026, 1, 1)) == "avant confirmee plus-tard"
    assert asked("untold", None) == ""


def test_an_open_action_past_its_day_is_late(root: Path) -> None:
    def states(day: date | None) -> list[str]:
        graph = on(root, day)
        held = next(each for each in graph.all(Meeting) if each.id == "tenue")
        return [str(each.told("state", day)) for each in held.actions]

    assert states(None) == states(date(2012, 9, 30)) == ["open", "done", "open"]
    assert states(date(2012, 10, 1)) == states(date(2013, 9, 30)) == ["late", "done", "open"]


def test_an_action_long_past_is_no_reproach_to_its_owner(root: Path) -> None:
    graph = on(root, day := date(2013, 10, 1))
    held = next(each for each in graph.all(Meeting) if each.id == "tenue")
    assert [str(each.told("state", day)) for each in held.actions] == ["untold", "done", "open"]


FORMS = st.one_of(
    st.integers(1900, 2100).map(str),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(date.isoformat),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(lambda day: f"{day:%Y-%m}"),
    st.integers(1900, 2100).map("rentrée {}".format),
    st.integers(1900, 2100).map("fin {}".format),
    st.integers(1900, 2100).map(lambda year: f"{year}-{year + 1}"),
)


@given(FORMS, st.sampled_from(MeetingStatus), st.integers(-500, 500))
def test_a_meeting_stays_to_come_up_to_the_last_day_that_its_date_can_mean(
    written: str, status: MeetingStatus, shift: int
) -> None:
    when = PartialDate.parse(written)
    day = when.last + timedelta(shift)
    meeting = Meeting.model_validate(
        {"id": "r", "title": "R", "type": "plenary", "status": status, "date": written}
    )
    told = meeting.standing(day)
    if status in {MeetingStatus.HELD, MeetingStatus.CANCELLED} or shift <= 0:
        assert told.value == status.value
    else:
        assert told is Standing.UNTOLD
    assert is_past(when, day) is (shift > 0)
    assert meeting.standing(None).value == status.value


PROJECTS = """\
reste:
  name: Reste
  platform: base
  on_platform:
    - {value: oui, as_of: 2015}
    - {value: oui, as_of: 2021-06-07}
  state: rollout
  state_as_of: 2012
  completion: {value: rentrée 2014, qualifier: target, as_of: 2012}
  schools_equipped:
    - {value: 614, as_of: 2018, source: revue, scope: tous les collèges, note: Compte rond.}
    - {value: 700, as_of: 2012, reliability: contradicted}
  schools_target: {value: 685, qualifier: target, as_of: 2012}
parti:
  name: Parti
  platform: base
  on_platform: [{value: oui, as_of: 2013}, {value: non, as_of: 2019}]
  state: generalised
  state_as_of: 2012-02
muet: {name: Muet, platform: base, state: pilot, state_as_of: 2012}
"""
PLATFORMS = {
    "data/projects.yaml": PROJECTS,
    "data/platforms.yaml": "base: {name: Base}\n",
    "data/sources.yaml": "revue: {title: Une revue}\n",
}


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("projects"), PLATFORMS)


def test_four_projects_on_a_platform_are_those_of_a_year(projects: Path) -> None:
    graph = on(projects, date(2026, 1, 1))
    found = presence(graph.all(Platform)[0], graph)
    assert found.year == 2012
    assert [each.id for each in found.projects] == ["reste", "parti", "muet"]
    assert [(each.project.id, str(each.claim.as_of)) for each in found.left] == [("parti", "2019")]
    assert [each.project.id for each in found.still] == ["reste"]
    assert [each.id for each in found.unknown] == ["muet"]
    site = Site(graph, Renderer(REGISTRY, "fr"))
    for html in (site.home_html(), site.page(graph.all(Platform)[0]).html):
        said = plain_text(html)
        assert "3 projets sur Base en 2012" in said
        assert "Départs connus depuis : Parti (2019)" in said
        assert "Reste (7 juin 2021)" in said
        assert "Sans nouvelles depuis : Muet" in said


def test_a_table_shows_the_newest_figure_and_a_state_with_their_dates(projects: Path) -> None:
    graph = on(projects, date(2026, 1, 1))
    html = Site(graph, Renderer(REGISTRY, "fr")).index_html("projects")[0]
    row = next(each for each in html.split("<tr") if ">Reste</a>" in each)
    said = re.sub(r"<[^>]*>", "", row.replace("</td>", " | "))
    assert "en déploiement (2012)" in said
    assert "614 (2018)" in said
    assert "700" not in said
    assert "685 (objectif, 2012)" in said
    assert "rentrée 2014 (objectif, 2012\u202f; échéance passée)" in said
    assert "Une revue" not in said  # the evidence is on the project's page
    page = Site(graph, Renderer(REGISTRY, "fr")).page(graph.all(Project)[0]).html
    assert "Une revue" in page
    assert "objectif d’alors : rentrée 2014" in plain_text(page)
    before = Site(on(projects, date(2013, 1, 1)), Renderer(REGISTRY, "fr"))
    assert "échéance passée" not in before.index_html("projects")[0]
