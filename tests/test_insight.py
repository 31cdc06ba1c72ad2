"""Totals that explain themselves, the matrix of offers, and where projects stand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from club.insight.claims import contradicts, disputed
from club.insight.offers import Answer, offer_matrix
from club.insight.positions import standing, supporters, voters
from club.insight.totals import reconcile
from club.insight.waiting import Wait, is_for_the_club, lasted, waits
from club.model.claims import used
from club.model.dates import PartialDate
from club.model.fields import Claim, Count, Reliability
from club.model.graph import Graph
from club.model.view import Counted, TableView
from club.publish.words.language import Words
from club.read.load import load
from club.records.platform.model import Platform
from club.records.platform.views import view
from club.records.project.model import Project
from club.records.request.model import Request, Stance
from club.records.service.model import Service
from tests.clubs import FROZEN, TOY, club_of, folder_at

# What two articles of 2012 say of the four projects: see the traps of the founding documents.
PROJECTS = """\
quarante-deux:
  {name: Q, platform: base, state: pilot, schools_equipped: {value: 77, as_of: 2012}}
trente-et-un:
  name: T
  platform: base
  state: rollout
  schools_equipped: {value: 10, as_of: 2011}
  schools_target: {value: 97, as_of: 2012}
mip:
  name: M
  platform: base
  state: generalised
  schools_equipped:
    - {value: 284, as_of: 2012, source: club, reliability: contradicted}
    - {value: 292, as_of: 2012, source: revue, reliability: contradicted}
    - {value: 300, as_of: 2014, source: revue}
lyco: {name: L, platform: base, state: rollout, schools_target: {value: 685, as_of: 2012}}
ailleurs: {name: A, state: pilot, schools_equipped: {value: 1000, as_of: 2012}}
"""
FILES = {
    "data/projects.yaml": PROJECTS,
    "data/sources.yaml": "club: {title: C}\nrevue: {title: R}\n",
    "data/platforms.yaml": (
        "base: {name: B, schools_equipped: {value: 1200, qualifier: about, as_of: 2012}}\n"
    ),
}


def graph_of(root: Path, files: dict[str, str]) -> Graph:
    club = club_of(root, files)
    assert club.problems == ()
    return club.graph


def claim(value: int, as_of: str = "", scope: str | None = None, **more: object) -> Claim[Count]:
    when = PartialDate.parse(as_of) if as_of else None
    return Claim[Count](value=value, as_of=when, scope=scope, **more)


def test_371_equipped_and_1143_announced_against_about_1200(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, FILES)
    (platform,) = graph.all(Platform)
    (found,) = reconcile(platform, graph)
    assert found.claimed.value == 1200
    assert found.equipped == 77 + 10 + 284
    assert found.announced == 77 + 97 + 284 + 685 == 1143
    assert found.gap == 1200 - 371
    terms = {term.project.id: term for term in found.terms}
    assert list(terms) == ["quarante-deux", "trente-et-un", "mip", "lyco"]
    assert [term.equipped and term.equipped.value for term in found.terms] == [77, 10, 284, None]
    assert [term.target and term.target.value for term in found.terms] == [None, 97, None, 685]
    mip = terms["mip"].equipped
    assert mip
    assert mip.index == 0
    assert mip.others == ((1, claim(292, "2012", source="revue", reliability="contradicted")),)


def test_the_ten_schools_of_2011_are_equipped_whatever_the_target(tmp_path: Path) -> None:
    graph = graph_of(
        tmp_path, FILES | {"data/projects.yaml": PROJECTS.replace("value: 97", "value: 9")}
    )
    (found,) = reconcile(graph.all(Platform)[0], graph)
    assert found.equipped == 77 + 10 + 284


def test_the_four_projects_add_up_to_1143() -> None:
    graph = load(folder_at(FROZEN)).graph
    (platform,) = (each for each in graph.all(Platform) if each.id == "k-decole")
    (found,) = reconcile(platform, graph)
    assert (found.equipped, found.announced) == (371, 1143)


def test_a_project_without_figures_is_a_term_without_value(tmp_path: Path) -> None:
    graph = graph_of(
        tmp_path, FILES | {"data/projects.yaml": "a: {name: A, state: pilot, platform: base}\n"}
    )
    (found,) = reconcile(graph.all(Platform)[0], graph)
    assert (found.terms[0].equipped, found.terms[0].target) == (None, None)
    assert (found.equipped, found.announced, found.gap) == (0, 0, 1200)


def test_the_claim_to_use() -> None:
    old, new, undated = claim(1, "2011"), claim(2, "2013-05"), claim(3)
    assert used([old, new, undated]) is new
    assert used([old, new, undated], PartialDate.parse("2012")) is old
    assert used([old, new], PartialDate.parse("2013")) is new
    assert used([old, new], PartialDate.parse("2010")) is None
    assert used([undated, claim(4)]) is undated
    assert used([]) is None
    first = claim(5, "2013")
    assert used([first, claim(6, "2013")]) is first


def test_what_contradicts() -> None:
    assert contradicts([claim(1, "2012"), claim(2, "2012")])
    assert not contradicts([claim(1, "2012"), claim(1, "2012")])
    assert not contradicts([claim(1, "2012"), claim(2, "2013")])
    assert not contradicts([claim(1, "2012", "mois"), claim(2, "2012", "année")])
    assert disputed([claim(1, reliability=Reliability.CONTRADICTED)])
    assert not disputed([claim(1)])


def test_matrix_of_offers(tmp_path: Path) -> None:
    states = [
        "available",
        "partial",
        "in_progress",
        "planned",
        "absent",
        "not_applicable",
        "unknown",
    ]
    files = {
        "data/services.yaml": "".join(f"s{i}: {{label: S}}\n" for i in range(len(states) + 1)),
        "data/projects.yaml": (
            "a: {name: A, state: pilot, aliases: alpha}\nb: {name: B, state: pilot}\n"
        ),
        "data/offers.yaml": "".join(
            f"o{i}: {{service: s{i}, project: alpha, state: {state}}}\n"
            for i, state in enumerate(states)
        )
        + "lycees: {service: s4, project: a, state: partial, school_types: lycee}\n",
        "data/requests/r.yaml": "title: T\nneed: N\nstate: draft\nservice: s0\n",
        "data/requests/w.yaml": "title: T\nneed: N\nstate: withdrawn\nservice: s0\n",
    }
    graph = graph_of(tmp_path, files)
    rows = offer_matrix(graph, graph.all(Service), graph.all(Project))
    answers = [row.cells[0].answer for row in rows]
    assert answers == [
        Answer.YES,
        *[Answer.PARTLY] * 2,
        Answer.NO,
        Answer.PARTLY,
        Answer.NO,
        Answer.UNKNOWN,
        Answer.UNKNOWN,
    ]
    assert all(row.cells[1].answer is Answer.UNKNOWN for row in rows)
    assert [str(row.cells[0].state) for row in rows][4] == "partial"
    assert all(row.is_same for row in rows)  # what is unknown differs from nothing
    assert [each.id for each in rows[0].requests] == ["r"]


def test_one_project_one_voice() -> None:
    graph = load(folder_at(TOY)).graph
    (request,) = (each for each in graph.all(Request) if each.id == "exporter-le-carnet")
    found = standing(request, graph, voters(graph))
    assert supporters(request, graph) == Counted(2)
    assert {each.position.stance for each in found.stated} == {Stance.WANTED, Stance.ESSENTIAL}
    assert found.missing == ()
    (other,) = (each for each in graph.all(Request) if each.id == "exporter-tout")
    assert [each.id for each in standing(other, graph, voters(graph)).missing] == [
        "jardin-nord",
        "jardin-sud",
    ]


def test_a_made_up_project_was_counted_among_those_that_want_a_request(tmp_path: Path) -> None:
    requests = (
        "r:\n  title: R\n  need: N\n  state: draft\n  positions:\n"
        "    - {project: lyco, stance: wanted}\n    - {project: faux, stance: essential}\n"
    )
    projects = f"{PROJECTS}faux: {{name: F, platform: base, state: pilot, example: yes}}\n"
    graph = graph_of(
        tmp_path, {**FILES, "data/projects.yaml": projects, "data/requests.yaml": requests}
    )
    (request,) = graph.all(Request)
    assert supporters(request, graph) == Counted(2, 1)


def test_only_projects_on_a_platform_vote(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, FILES)
    assert "ailleurs" not in {each.id for each in voters(graph)}
    assert len(voters(graph)) == 4


def differing(root: Path, offers: str) -> tuple[bool, bool]:
    """Whether two projects stand at the same state for a service, and whether in fact."""
    files = {
        "data/projects.yaml": "nord: {name: N, state: pilot}\nsud: {name: S, state: pilot}\n",
        "data/services.yaml": "notes: {label: Notes}\n",
        "data/offers.yaml": offers,
    }
    graph = graph_of(root, files)
    (row,) = offer_matrix(graph, graph.all(Service), graph.all(Project))
    return row.is_same, row.is_same_in_fact


NORTH = "nord-notes: {service: notes, project: nord, state: available}\n"
SOUTH = "sud-notes: {service: notes, project: sud, state: absent}\n"


def test_a_known_value_beside_unknown_is_no_difference(tmp_path: Path) -> None:
    """The differences listed "oui" beside unknown, unless examples said "oui" there too."""
    assert differing(tmp_path / "one", NORTH) == (True, True)
    assert differing(tmp_path / "two", NORTH + SOUTH) == (False, False)
    made_up = SOUTH.replace("}", ", example: yes}")
    assert differing(tmp_path / "three", NORTH + made_up) == (False, True)


def test_a_request_of_which_details_are_asked_does_not_wait_for_the_vendor(tmp_path: Path) -> None:
    """One page said "the answer is waited for" right above an answer that asked for details."""
    sent = "{title: T, need: N, state: sent, history: [{state: sent, date: 2012-02-17}]"
    text = f"silent: {sent}}}\n" + "".join(
        f"{answer.replace('_', '-')}: {sent}, answers: [{{answer: {answer}}}]}}\n"
        for answer in ("needs_details", "under_study", "accepted")
    )
    graph = graph_of(tmp_path, {"data/requests.yaml": text})
    assert {each.request.id for each in waits(graph)} == {"silent", "under-study"}
    every = graph.all(Request)
    assert [each.id for each in every if is_for_the_club(each)] == ["needs-details"]


def test_how_long_a_request_has_waited_at_least() -> None:
    def said(since: str, today: str) -> str:
        request = Request(id="r", title="T", need="N", state="sent")
        wait = Wait(request, PartialDate.parse(since), None)
        message = lasted(wait, date.fromisoformat(today))
        return message.render(str) if message else ""

    assert said("2012-02-17", "2014-02-17") == "2 years"
    assert said("2012-02-17", "2014-02-16") == "23 months"
    assert said("2012-02", "2012-04-28") == "59 days"  # since the end of the month, at least
    assert said("2012-02-17", "2012-02-18") == "a day at most"
    assert said("2012", "2012-06-01") == ""


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ("{value: 9, as_of: 2012}", ["?"]),
        ("{value: 9}, {value: 8, as_of: 2013}", ["? (1)", "? (2)"]),
        ("{value: 9, as_of: 2012}, {value: 8, as_of: 2013-05}", ["? (2012)", "? (mai 2013)"]),
        (
            "{value: 9, as_of: 2012, source: club}, {value: 8, as_of: 2012, source: revue}",
            ["? (2012, C)", "? (2012, R)"],
        ),
        (
            "{value: 9, as_of: 2012, scope: lycées}, {value: 8, as_of: 2012, scope: collèges}",
            ["? (2012, lycées)", "? (2012, collèges)"],
        ),
    ],
)
def test_two_figures_claimed_of_a_platform_have_headings_of_their_own(
    tmp_path: Path, claims: str, expected: list[str]
) -> None:
    """Two parts of one page were “How many schools?”, and so were their entries in the contents."""
    platforms = f"base: {{name: B, schools_equipped: [{claims}]}}\n"
    graph = club_of(tmp_path, FILES | {"data/platforms.yaml": platforms}).graph
    (platform,) = graph.all(Platform)
    found = view(platform, graph).sections
    french = Words("fr")
    titles = [french.say(each.title) for each in found if each.id.startswith("total")]
    assert [each.replace("\u202f", "").replace("\u00a0", " ") for each in titles] == [
        f"Combien d’établissements{each}" for each in expected
    ]
    captions = [part.caption for each in found for part in each.body if isinstance(part, TableView)]
    assert len({french.say(each) for each in captions}) == len(expected)
