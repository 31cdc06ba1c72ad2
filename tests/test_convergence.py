"""The book of convergence, on clubs whose positions are written out or made at random."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import html5lib
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from club.insight.convergence import Agreement, Book, Case, book, offers_alike
from club.insight.similarity import Likeness
from club.insight.told import explained
from club.model.graph import Graph
from club.model.message import Message
from club.model.view import CellView, PageView, RowView, SectionView, TableView, Tie, Ties
from club.publish.data.sheets import sheet
from club.publish.html.render import Renderer
from club.publish.pages.sheets import page_sheets
from club.publish.pages.site import Site
from club.publish.words.language import Words
from club.records.request.convergence import convergence_page
from tests.clubs import REGISTRY, club_of, write

PROJECTS = ("nord", "sud", "est", "ouest")
SCHOOLS = {"nord": 77, "sud": 97, "est": 284, "ouest": 685}
STANCES = ("essential", "wanted", "neutral", "opposed", "not_concerned")
Positions = dict[str, dict[str, Any]]


def files_of(requests: dict[str, Positions], **more: dict[str, Any]) -> dict[str, str]:
    """A club of four projects on one platform, with the positions of each on each request."""
    projects = {
        id: {"name": id, "platform": "base", "state": "rollout", "schools_equipped": count}
        for id, count in SCHOOLS.items()
    }
    told = {
        id: {
            "title": id.capitalize(),
            "need": "Rien.",
            "state": "draft" if id in more.get("drafts", {}) else "submitted",
            "positions": [{"project": project, **said} for project, said in positions.items()],
            **more.get(id, {}),
        }
        for id, positions in requests.items()
    }
    return {
        "data/platforms.yaml": "base: {name: Base}\n",
        "data/projects.yaml": yaml.safe_dump(projects, sort_keys=False),
        "data/requests.yaml": yaml.safe_dump(told, sort_keys=False),
    }


def book_of(root: Path, requests: dict[str, Positions], **more: dict[str, Any]) -> Book:
    club = club_of(root, files_of(requests, **more))
    assert club.errors == ()
    return book(club.graph)


def case_of(found: Book, id: str) -> Case:
    (case,) = (each for each in found.cases if each.request.id == id)
    return case


def said(*stances: str | None) -> Positions:
    """The stance of each project in turn; None for one that has not spoken."""
    both = zip(PROJECTS, stances, strict=True)
    return {project: {"stance": stance} for project, stance in both if stance}


def test_essential_for_three_and_neutral_for_one_is_above_two_and_one_opposed(
    tmp_path: Path,
) -> None:
    found = book_of(
        tmp_path,
        {
            "disputee": said("essential", "essential", "opposed", None),
            "voulue": said("essential", "essential", "essential", "neutral"),
        },
    )
    assert [each.request.id for each in found.cases] == ["voulue", "disputee"]
    blocked = case_of(found, "disputee")
    assert [each.project.id for each in blocked.blocking] == ["est"]


@pytest.mark.parametrize(
    ("stances", "agreement"),
    [
        (("wanted", "essential", "wanted", "wanted"), Agreement.CORE),
        (("wanted", "essential", None, None), Agreement.CORE),
        (("wanted", "essential", "not_concerned", None), Agreement.CORE),
        (("wanted", "wanted", "neutral", None), Agreement.NEAR),
        (("wanted", "wanted", "opposed", "wanted"), Agreement.NEAR),
        (("wanted", "wanted", "opposed", "neutral"), Agreement.DIVIDED),
        (("wanted", None, None, None), Agreement.ALONE),
        (("wanted", "opposed", "neutral", "neutral"), Agreement.ALONE),
        (("neutral", "opposed", None, None), Agreement.UNWANTED),
        ((None, None, None, None), Agreement.SILENT),
    ],
)
def test_how_far_they_agree(
    stances: tuple[str | None, ...], agreement: Agreement, tmp_path: Path
) -> None:
    assert case_of(book_of(tmp_path, {"r": said(*stances)}), "r").agreement is agreement


def test_a_position_that_is_missing_is_not_a_neutral_one(tmp_path: Path) -> None:
    """With one project silent on it, a request wanted by two may end first or last."""
    found = book_of(
        tmp_path,
        {
            "a": said("wanted", "wanted", "wanted", "opposed"),
            "b": said("wanted", "wanted", "neutral", "neutral"),
            "c": said("wanted", "wanted", "neutral", None),
        },
    )
    assert found.ranks == {"a": (1, 2), "b": (1, 2), "c": (1, 3)}
    told = book_of(
        tmp_path / "told",
        {
            "a": said("wanted", "wanted", "wanted", "wanted"),
            "b": said("wanted", "wanted", "neutral", "neutral"),
            "c": said("wanted", "neutral", "neutral", "neutral"),
        },
    )
    assert told.ranks == {"a": (1, 1), "b": (2, 2), "c": (3, 3)}


def test_what_was_said_of_a_duplicate_counts_once_and_the_newest_holds(tmp_path: Path) -> None:
    kept = {
        "nord": {"stance": "neutral", "as_of": "2012"},
        "sud": {"stance": "wanted", "as_of": "2014"},
    }
    twin = {
        "nord": {"stance": "essential", "as_of": "2013"},
        "sud": {"stance": "opposed", "as_of": "2013"},
        "est": {"stance": "wanted"},
    }
    doubled = {"state": "duplicate", "duplicate_of": "gardee"}
    found = book_of(tmp_path, {"gardee": kept, "double": twin}, double=doubled)
    (case,) = found.cases
    assert {
        each.project.id: (each.position.stance.value, each.request.id) for each in case.stated
    } == {
        "nord": ("essential", "double"),
        "sud": ("wanted", "gardee"),
        "est": ("wanted", "double"),
    }
    assert [each.id for each in case.missing] == ["ouest"]


def test_made_up_requests_are_ordered_with_no_true_one(tmp_path: Path) -> None:
    requests = {"vraie": said("wanted", None, None, None), "fausse": said(*["essential"] * 4)}
    found = book_of(tmp_path / "both", requests, fausse={"example": True})
    assert [each.request.id for each in found.cases] == ["vraie"]
    assert not found.is_example
    alone = book_of(tmp_path / "alone", requests, fausse={"example": True}, vraie={"example": True})
    assert len(alone.cases) == 2
    assert alone.is_example


def test_a_figure_tells_its_schools_and_who_is_missing(tmp_path: Path) -> None:
    found = book_of(tmp_path, {"r": said("wanted", "wanted", "wanted", None)})
    case = case_of(found, "r")
    counted = found.schools(each.project for each in case.supports)
    assert (counted.of_some, counted.of_all) == (458, 1143)


def test_ranks_come_before_stances_and_the_smallest_set_serves_each(tmp_path: Path) -> None:
    requests = {
        "a": {"nord": {"stance": "wanted", "rank": 1}, "sud": {"stance": "wanted"}},
        "b": {"nord": {"stance": "essential", "rank": 2}, "est": {"stance": "wanted"}},
        "c": {"sud": {"stance": "wanted"}, "est": {"stance": "opposed"}},
    }
    found = book_of(tmp_path, requests)
    assert found.ballots["nord"] == (("a",), ("b",))
    assert [set(level) for level in found.ballots["sud"]] == [{"a", "c"}]
    assert found.smallest(1).options == {"a", "b"}
    assert found.smallest(1).is_smallest


def test_services_unknown_to_one_are_compared_with_nothing(tmp_path: Path) -> None:
    services = {id: {"label": id} for id in ("un", "deux", "trois", "quatre")}
    offers = {
        "nord": {"un": "available", "deux": "partial", "trois": "absent", "quatre": "unknown"},
        "sud": {"un": "available", "deux": "absent", "quatre": "available"},
    }
    told = {
        f"{project}-{service}": {"project": project, "service": service, "state": state}
        for project, of_project in offers.items()
        for service, state in of_project.items()
    }
    files = files_of({})
    files["data/services.yaml"] = yaml.safe_dump(services)
    files["data/offers.yaml"] = yaml.safe_dump(told)
    club = club_of(tmp_path, files)
    alike = offers_alike(club.graph)
    assert alike["nord", "sud"] == Likeness(1, 2)
    assert alike["nord", "est"].share is None


polls = st.dictionaries(
    st.sampled_from(["a", "b", "c"]),
    st.dictionaries(
        st.sampled_from(PROJECTS),
        st.fixed_dictionaries(
            {"stance": st.sampled_from(STANCES)}, optional={"rank": st.integers(1, 3)}
        ),
    ),
    min_size=1,
)


@settings(max_examples=40)
@given(polls, st.sampled_from(PROJECTS), st.data())
def test_one_more_supporter_never_lowers_a_request(
    tmp_path_factory: pytest.TempPathFactory, poll: dict[str, Positions], who: str, data: Any
) -> None:
    id = data.draw(st.sampled_from(sorted(poll)))
    before = book_of(tmp_path_factory.mktemp("before"), poll)
    more = {**poll, id: {**poll[id], who: {"stance": "essential", "rank": 1}}}
    after = book_of(tmp_path_factory.mktemp("after"), more)
    assert case_of(after, id).score >= case_of(before, id).score
    places = [[each.request.id for each in found.cases].index(id) for found in (before, after)]
    assert places[1] <= places[0]
    assert after.ranks[id][1] <= before.ranks[id][1]


@settings(max_examples=40)
@given(polls, st.data())
def test_a_duplicate_that_says_nothing_new_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, poll: dict[str, Positions], data: Any
) -> None:
    id = data.draw(st.sampled_from(sorted(poll)))
    doubled = {"state": "duplicate", "duplicate_of": id}
    alone = book_of(tmp_path_factory.mktemp("alone"), poll)
    twin = book_of(tmp_path_factory.mktemp("twin"), {**poll, "z": poll[id]}, z=doubled)
    assert [each.request.id for each in twin.cases] == [each.request.id for each in alone.cases]
    assert twin.copeland == alone.copeland
    assert twin.borda == alone.borda
    assert twin.ranks == alone.ranks


def test_the_command_prints_the_book_and_refuses_broken_records(tmp_path: Path) -> None:
    files = files_of({"r": said("wanted", "wanted", "opposed", None)})
    write(
        tmp_path, {**files, "mkdocs.yml": "site_name: Club\ntheme: {name: material, locale: fr}\n"}
    )
    command = [sys.executable, "-m", "club", "--root", str(tmp_path), "converge"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "2 projets sur 4, 174 établissements sur 1 143" in " ".join(run.stdout.split())
    assert "manque : ouest" in " ".join(run.stdout.split())
    run = subprocess.run([*command, "--format", "json"], capture_output=True, text=True, check=True)
    (request,) = json.loads(run.stdout)["requests"]
    assert (request["agreement"], request["against"]) == ("near", ["est"])
    (tmp_path / "data/requests.yaml").write_text("r: {titre: R}\n", "utf-8")
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stdout == ""
    assert "data/requests.yaml:1" in run.stderr


SITE = Site(Graph((), REGISTRY), Renderer(REGISTRY, "fr"))
NAMES = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40),
    min_size=2,
    max_size=9,
    unique=True,
)


@settings(max_examples=40)
@given(NAMES, st.data())
def test_the_picture_has_each_project_and_a_line_for_each_pair_that_is_known(
    names: list[str], data: st.DataObject
) -> None:
    pairs = list(combinations(range(len(names)), 2))
    known = data.draw(st.dictionaries(st.sampled_from(pairs), st.floats(0, 1)))
    ties = tuple(Tie(one, other, share) for (one, other), share in known.items())
    title = Message("Alike")
    view = PageView(
        url="p/",
        collection="requests",
        title=title,
        sections=(SectionView("s", title, (Ties(title, tuple(names), ties, title),)),),
    )
    html = SITE.page(view).html
    svg = html5lib.parse(html, namespaceHTMLElements=False).find(".//figure/{*}svg")
    assert svg is not None
    drawn = [
        each.text or "" for each in svg.findall(".//{*}text") if "name" in each.get("class", "")
    ]
    assert len(drawn) == len(names)
    assert all(name.startswith(said.rstrip("…")) for name, said in zip(names, drawn, strict=True))
    points = [(each.get("cx"), each.get("cy")) for each in svg.findall(".//{*}circle")]
    assert len(set(points)) == len(names)
    lines = [
        ((each.get("x1"), each.get("y1")), (each.get("x2"), each.get("y2")))
        for each in svg.findall(".//{*}line")
    ]
    assert {frozenset(line) for line in lines} == {
        frozenset((points[one], points[other])) for one, other in known
    }
    width, height = map(int, svg.get("viewBox", "").split()[2:])
    assert all(0 < int(x or 0) < width and 0 < int(y or 0) < height for x, y in points)


def test_a_long_list_shows_its_first_rows_and_the_spreadsheet_has_all(tmp_path: Path) -> None:
    many = {f"d{number:03}": said("wanted", "wanted", None, None) for number in range(130)}
    graph = club_of(tmp_path, files_of(many)).graph
    site = Site(graph, Renderer(REGISTRY, "fr"))
    page = convergence_page(graph)
    html = site.page(page).html
    assert html.count("<tr") < 2 * 130
    assert "Les 100 premières lignes sur 130 sont montrées" in html
    (orders,) = (each for each in page_sheets(graph) if each.sheet == "convergence")
    assert len(sheet(orders, Words("fr"), "").rows) == 130


def test_a_made_up_project_had_a_voice_on_true_requests(tmp_path: Path) -> None:
    files = files_of({"r": said("wanted", "wanted", "wanted", None)})
    projects = yaml.safe_load(files["data/projects.yaml"])
    projects["nord"]["example"] = True
    files["data/projects.yaml"] = yaml.safe_dump(projects, sort_keys=False)
    found = book(club_of(tmp_path, files).graph)
    case = case_of(found, "r")
    assert [each.project.id for each in case.supports] == ["sud", "est"]
    assert found.schools(each.project for each in case.supports).of_all == 97 + 284 + 685


def test_a_club_without_platforms_said_that_nobody_had_answered(tmp_path: Path) -> None:
    files = files_of({"r": said("wanted", "wanted", None, None)})
    del files["data/platforms.yaml"]
    files["data/projects.yaml"] = files["data/projects.yaml"].replace("  platform: base\n", "")
    assert case_of(book(club_of(tmp_path, files).graph), "r").agreement is Agreement.CORE


def test_a_project_that_a_request_does_not_concern_is_named(tmp_path: Path) -> None:
    found = book_of(tmp_path, {"r": said("wanted", "wanted", "not_concerned", None)})
    told = Words("fr").say(explained(case_of(found, "r"), found))
    assert "non concernés\u00a0: est" in told


def test_negative_points_sorted_as_if_the_least_were_the_greatest() -> None:
    values = [-4, -2, 0, 1, 5]
    rows = tuple(RowView((CellView(("x",)), CellView((each,)))) for each in values)
    title = Message("T")
    view = PageView(
        url="p/",
        collection="requests",
        title=title,
        sections=(SectionView("s", title, (TableView(title, ("a", "b"), rows),)),),
    )
    keys = re.findall(r'<td data-sort="([^"]*)"', SITE.page(view).html)
    # Signs come before digits to what sorts in a browser, and digits of one length as they are.
    assert keys == sorted(keys)
    assert len(set(keys)) == len(values)


def with_projects(root: Path, requests: dict[str, Positions], **changes: dict[str, Any]) -> Graph:
    files = files_of(requests)
    projects = yaml.safe_load(files["data/projects.yaml"])
    for id, change in changes.items():
        projects[id] = {k: v for k, v in (projects[id] | change).items() if v is not None}
    files["data/projects.yaml"] = yaml.safe_dump(projects, sort_keys=False)
    club = club_of(root, files)
    assert club.errors == ()
    return club.graph


@pytest.mark.parametrize("state", ["stopped", "migrated"])
def test_a_project_that_is_over_is_awaited_no_more_and_has_no_voice(
    state: str, tmp_path: Path
) -> None:
    requests = {
        "r": said("wanted", "wanted", None, "opposed"),
        "s": said(None, None, "wanted", None),
    }
    graph = with_projects(tmp_path, requests, est={"state": state}, ouest={"state": state})
    found = book(graph)
    assert [each.id for each in found.projects] == ["nord", "sud"]
    assert case_of(found, "r").agreement is Agreement.CORE
    assert case_of(found, "s").agreement is Agreement.SILENT
    assert [str(each.id) for each in case_of(found, "s").missing] == ["nord", "sud"]


def test_schools_that_nobody_counted_are_said_not_to_be_in_the_sum(tmp_path: Path) -> None:
    requests = {"r": said("wanted", "wanted", "opposed", "opposed")}
    unknown = {"schools_equipped": None}
    found = book(with_projects(tmp_path / "one", requests, nord=unknown))
    told = Words("fr").say(explained(case_of(found, "r"), found))
    assert (
        told == "2 projets sur 4, 97 établissements sur 1\u202f066"
        " (sans ceux de nord, en nombre inconnu)"
    )
    found = book(with_projects(tmp_path / "all", requests, **dict.fromkeys(PROJECTS, unknown)))
    assert Words("fr").say(explained(case_of(found, "r"), found)) == "2 projets sur 4"


def test_no_school_and_one_school_are_singular_in_french(tmp_path: Path) -> None:
    none, one = {"schools_equipped": 0}, {"schools_equipped": 1}
    graph = with_projects(tmp_path, {"r": said("wanted", None, None, None)}, nord=one)
    found = book(graph)
    assert ", 1 établissement sur 1\u202f067" in Words("fr").say(
        explained(case_of(found, "r"), found)
    )
    graph = with_projects(tmp_path / "none", {"r": said("wanted", None, None, None)}, nord=none)
    found = book(graph)
    assert ", 0 établissement sur" in Words("fr").say(explained(case_of(found, "r"), found))


def test_numbers_below_zero_were_written_with_a_hyphen() -> None:
    words = Words("fr")
    assert words.number(-4) == "\N{MINUS SIGN}4"
    assert words.number(Decimal("-1234.5")) == "\N{MINUS SIGN}1\u202f234,5"
    assert words.number(4) == "4"


def test_covers_say_when_every_request_is_needed(tmp_path: Path) -> None:
    requests = {
        id: {project: {"stance": "wanted"}} for id, project in zip("abcd", PROJECTS, strict=True)
    }
    page = convergence_page(club_of(tmp_path, files_of(requests)).graph)
    (covers,) = (each for each in page.sections if each.id == "covers")
    (table,) = (each for each in covers.body if isinstance(each, TableView))
    said = [[Words("fr").say(cell.values[0]) for cell in row.cells] for row in table.rows]
    assert said[0] == ["sa première", "4", "toutes"]


def test_all_were_said_to_want_what_did_not_concern_one_of_them(tmp_path: Path) -> None:
    club = club_of(tmp_path, files_of({"r": said("wanted", "essential", "not_concerned", None)}))
    page = convergence_page(club.graph)
    (core,) = (each for each in page.sections if each.id == Agreement.CORE.value)
    told = Words("fr").say(core.body[0])
    assert told.startswith("Deux projets au moins les veulent, et parmi ceux qu’elles concernent")
    formulas = [Words("fr").say(each) for part in page.sections[-1:] for each in part.body]
    assert any("souhaitée ou indispensable" in each for each in formulas)


def test_a_project_that_left_voted_and_the_page_did_not_say_so(tmp_path: Path) -> None:
    files = files_of({"r": said("wanted", "wanted", "wanted", None)})
    projects = yaml.safe_load(files["data/projects.yaml"])
    projects["nord"]["on_platform"] = {"value": False, "as_of": "2021-06"}
    projects["sud"]["on_platform"] = {"value": False}
    projects["est"]["on_platform"] = {"value": True, "as_of": "2021-06"}
    files["data/projects.yaml"] = yaml.safe_dump(projects, sort_keys=False)
    club = club_of(tmp_path, files)
    assert club.errors == ()
    html = Site(club.graph, Renderer(REGISTRY, "fr")).page(convergence_page(club.graph)).html
    summary = html5lib.parse(html, namespaceHTMLElements=False)
    (counted,) = (
        " ".join("".join(each.itertext()).split())
        for each in summary.iter("div")
        if "oix comptées" in "".join(each.itertext()) and each.get("class") == "club-fact"
    )
    assert "4" in counted
    assert "nord parti depuis (juin 2021)" in counted
    assert "sud parti de la plateforme depuis, à une date que personne n’a écrite" in counted
    assert "est parti" not in counted
