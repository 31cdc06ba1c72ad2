"""Contracts in time: which end when, who made and runs a platform, what the public may read."""

from __future__ import annotations

import calendar
import re
import subprocess
from datetime import date, timedelta
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.insight.agenda import proposed
from club.insight.contracts import (
    beginning,
    compared,
    ending,
    makers_who_run,
    may_end,
    months_after,
    term,
)
from club.insight.ends import ends
from club.model.graph import Graph
from club.model.message import Message
from club.model.record import Audience
from club.model.view import ChartView, PageView
from club.publish.charts.marks import marks_of
from club.publish.html.render import Renderer
from club.publish.pages.site import Site
from club.publish.words.language import Words
from club.records.contract.matrix import matrix_page
from club.records.contract.model import Contract
from club.records.contract.pages import timeline_page
from club.records.contract.views import view
from club.records.meeting.model import Meeting
from club.records.project.model import Project
from tests import processes
from tests.clubs import REGISTRY, club_of, write

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
ORGANISATIONS = """\
acheteur: {name: Acheteur, type: department}
verger: {name: Verger, type: vendor}
ruche: {name: Ruche, type: host}
"""
PROJECTS = "nord: {name: Nord, state: pilot, platform: jardin}\nsud: {name: Sud, state: pilot}\n"
PLATFORMS = "jardin: {name: Jardin, vendor: verger}\n"


def club_with(root: Path, contracts: str) -> Graph:
    """A graph of *contracts* beside two projects, the first on a platform of Verger."""
    return club_of(root, files(contracts)).graph


def files(contracts: str) -> dict[str, str]:
    return {
        "data/organisations.yaml": ORGANISATIONS,
        "data/projects.yaml": PROJECTS,
        "data/platforms.yaml": PLATFORMS,
        "data/contracts.yaml": contracts,
    }


def contract(**fields: object) -> Contract:
    said = {"id": "a", "title": "A", "projects": ("nord",), **fields}
    return Contract.model_validate(said)


@given(DAYS, st.integers(0, 120))
def test_months_are_counted_one_by_one(day: date, months: int) -> None:
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    last = calendar.monthrange(year, month)[1]
    assert months_after(day, months) == date(year, month, min(day.day, last))


def test_a_meeting_hears_of_the_contracts_that_end_within_a_year_of_it(tmp_path: Path) -> None:
    contracts = (
        "tot: {title: Tôt, projects: nord, end: 2015-03}\n"
        "tard: {title: Tard, projects: nord, end: 2017-04}\n"
        "invente: {title: Inventé, projects: nord, end: 2015-04, example: yes}\n"
    )
    meetings = "bureau: {title: B, type: plenary, status: planned, date: 2014-06-01}\n"
    graph = club_of(tmp_path, {**files(contracts), "data/meetings.yaml": meetings}).graph
    [meeting] = graph.all(Meeting)
    said = {each.id: each.about for each in proposed(meeting, graph)}["echeances"]
    assert [each.params["contract"] for each in said if isinstance(each, Message)] == ["tot"]


def test_months_without_number_break_nothing(tmp_path: Path) -> None:
    many = "{title: A, projects: nord, start: 2012-09, duration_months: 700000000, end: 2015}"
    club = club_of(tmp_path, files(f"a: {many}\n"))
    assert [each.rule.name for each in club.problems] == ["contract-duration"]


@given(DAYS, DAYS, st.integers(0, 60))
def test_what_ends_soon_ends_on_one_of_the_days_to_come(end: date, day: date, months: int) -> None:
    found = may_end(contract(end=end.isoformat()), day, months)
    length = (months_after(day, months) - day).days
    assert found == any(day + timedelta(each) == end for each in range(length + 1))


@given(st.integers(2000, 2040), DAYS)
def test_a_year_may_be_any_of_its_days(year: int, day: date) -> None:
    found = may_end(contract(end=str(year)), day, 12)
    every = (date(year, 1, 1) + timedelta(each) for each in range(365 + calendar.isleap(year)))
    assert found == any(may_end(contract(end=each.isoformat()), day, 12) for each in every)


@given(st.integers(2000, 2040), st.integers(1, 12), st.integers(1, 120), st.data())
def test_a_contract_of_a_month_unknown_to_the_day_was_not_among_those_that_end(
    year: int, month: int, months: int, data: st.DataObject
) -> None:
    """From 15 September 2012, twelve months end on 14 September 2013: not in August alone."""
    start = date(year, month, data.draw(st.integers(1, calendar.monthrange(year, month)[1])))
    end = months_after(start, months) - timedelta(days=1)
    vague = contract(start=f"{year}-{month:02}", duration_months=months)
    assert may_end(vague, end, 0)
    assert may_end(vague, end - timedelta(days=40), 2)


def test_an_end_that_nobody_states_is_worked_out_and_said_to_be() -> None:
    found = term(contract(start="2012-09-01", duration_months=36))
    assert found
    assert found.is_deduced
    assert found.when.edtf == "2015-08"
    assert term(contract(start="2012", duration_months=36)) is None
    assert term(contract(duration_months=36)) is None
    said = term(contract(start="2012-09-01", duration_months=36, end="2016"))
    assert said
    assert not said.is_deduced
    assert said.when.edtf == "2016"


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2025-09-01", 24, "2027-08"),
        ("2025-12-01", 12, "2026-11"),
        ("2025-09", 24, "2027-08"),
        ("2025-09-25", 36, "2028-09"),
        ("2024-02-29", 12, "2025-02"),
        ("~2025-09", 24, "2027-08~"),
    ],
)
def test_a_contract_ended_a_month_after_its_last_day(start: str, months: int, end: str) -> None:
    found = term(contract(start=start, duration_months=months))
    assert found
    assert found.when.edtf == end


@pytest.mark.parametrize(
    ("end", "months", "start"),
    [
        ("2027-08-31", 24, "2025-09"),
        ("2027-08-14", 24, "2025-08"),
        ("2027-08", 24, "2025-09~"),
        ("2015", 36, "2012~"),
        ("2015", 12, "2014~"),
        ("2015", 18, None),
        ("2015", 12 * 2015, None),
        ("2015-08", 700000000, None),
        ("2014-2015", 12, None),
    ],
)
def test_a_start_that_nobody_states_is_worked_out_and_said_to_be(
    end: str, months: int, start: str | None
) -> None:
    """Whole years before a year is about a year: 36 months that end in 2015 began about 2012."""
    found = beginning(contract(end=end, duration_months=months))
    assert (found.when.edtf if found else None) == start
    assert found is None or found.is_deduced


@given(DAYS, st.integers(1, 120))
def test_a_start_worked_out_is_that_of_which_the_contract_ends_then(
    start: date, months: int
) -> None:
    end = months_after(start, months) - timedelta(days=1)
    found = beginning(contract(end=end.isoformat(), duration_months=months))
    assert found
    assert found.when.edtf == f"{start:%Y-%m}"


@given(DAYS, st.integers(1, 10))
def test_a_start_about_a_year_is_in_it_or_on_the_first_day_after(start: date, years: int) -> None:
    end = months_after(start, 12 * years) - timedelta(days=1)
    found = beginning(contract(end=str(end.year), duration_months=12 * years))
    assert found
    assert found.when.first < start <= found.when.last + timedelta(days=1)


def test_a_stated_start_wins_over_what_is_worked_out() -> None:
    found = beginning(contract(start="2011", end="2015", duration_months=36))
    assert found
    assert not found.is_deduced
    assert found.when.edtf == "2011"
    assert beginning(contract(end="2015")) is None
    assert beginning(contract(duration_months=36)) is None


def test_a_start_that_is_worked_out_was_drawn_from_the_edge_and_untold_beneath(
    tmp_path: Path,
) -> None:
    """The bar of a contract of 36 months that ended in 2015 came out of the year 2009."""
    graph = club_with(
        tmp_path,
        "avant: {title: Avant, projects: nord, start: 2009-06-25, end: 2010-06-24}\n"
        "mip: {title: Mip, projects: nord, duration_months: 36, end: 2015}\n",
    )
    [picture] = timeline_page(graph).sections[0].body
    assert isinstance(picture, ChartView)
    row = picture.table.rows[1]
    words = Words("fr")
    assert list(map(words.say, row.cells[2].values)) == [
        "vers 2012",
        "calculé d’après la fin et la durée",
    ]
    [_, mark] = marks_of(picture, words).marks
    assert (mark["open"], mark["edge"]) == ("start", "2012-01-01")
    assert (mark["start"], mark["end"]) == ("2015-01-01", "2016-01-01")
    assert mark["said"] == "Nord · début calculé"


def test_whoever_made_the_platform_and_runs_it(tmp_path: Path) -> None:
    graph = club_with(
        tmp_path,
        "vendeur: {title: A, projects: nord, objects: operation, holders: verger}\n"
        "autre: {title: B, projects: nord, objects: hosting, holders: ruche}\n"
        "faite: {title: C, projects: sud, objects: integration, holders: ruche}\n"
        "tenue: {title: D, projects: sud, objects: hosting, holders: ruche}\n"
        "evolution: {title: E, projects: nord, objects: evolution, holders: verger}\n"
        "lots:\n  title: F\n  projects: nord\n  objects: [hosting, support]\n"
        "  holders: [verger, ruche]\n"
        "  lots: [{number: 1, objects: hosting, holders: ruche},"
        " {number: 2, objects: support, holders: verger}]\n",
    )
    found = {
        each.id: [one.id for one in makers_who_run(each, graph)] for each in graph.all(Contract)
    }
    runs = {"vendeur": ["verger"], "tenue": ["ruche"]}
    assert found == {**{key: [] for key in found}, **runs}


def test_a_made_up_contract_says_nothing_of_a_real_one(tmp_path: Path) -> None:
    graph = club_with(
        tmp_path,
        "faite: {title: C, projects: sud, objects: edition, holders: ruche, example: yes}\n"
        "tenue: {title: D, projects: sud, objects: hosting, holders: ruche}\n",
    )
    assert [makers_who_run(each, graph) for each in graph.all(Contract)][1] == ()


def test_ends_are_told_soonest_first_wherever_they_are_written(tmp_path: Path) -> None:
    comparison = (
        "termes:\n  title: T\n  subjects: nord\n"
        "  criteria: [{id: terme, label: Terme, type: end}]\n"
        "  cells: [{subject: nord, criterion: terme, claim: '2014'}]\n"
    )
    written = files(
        "b: {title: B, projects: [nord, sud], end: 2015}\n"
        "a: {title: A, projects: nord, end: 2013}\n"
    )
    graph = club_of(tmp_path, {**written, "data/comparisons.yaml": comparison}).graph
    assert [(each.record.id, each.when.year) for each in ends(graph)] == [
        ("a", 2013),
        ("termes", 2014),
        ("b", 2015),
    ]
    assert [each.id for each in ending(graph, date(2014, 6, 1), 12)] == ["b"]


@pytest.mark.parametrize(
    ("said", "is_read"),
    [("", False), ("audience: {amount: members}", False), ("audience: {amount: public}", True)],
)
def test_an_amount_is_for_members_unless_the_record_says_otherwise(
    tmp_path: Path, said: str, is_read: bool
) -> None:
    contracts = f"a:\n  title: A\n  projects: nord\n  amount: 12 €\n  {said}\n"
    club = club_of(tmp_path, files(contracts))
    [public] = club.restricted(Audience.PUBLIC).all(Contract)
    [members] = club.restricted(Audience.MEMBERS).all(Contract)
    assert bool(public.amount) is is_read
    assert members.amount


@pytest.mark.parametrize("hidden", ["share", "funder"])
def test_a_share_for_members_was_100_less_the_others(tmp_path: Path, hidden: str) -> None:
    of_members = ", audience: members" if hidden == "share" else ""
    contracts = (
        "a:\n  title: A\n  projects: nord\n  funding:\n"
        "    - {organisation: acheteur, share: 46}\n"
        f"    - {{organisation: secret, share: 31.7{of_members}}}\n"
        "    - {organisation: ruche, share: 22.3}\n"
    )
    found = files(contracts)
    audience = ", audience: members" if hidden == "funder" else ""
    found["data/organisations.yaml"] += f"secret: {{name: Secret, type: region{audience}}}\n"
    held = club_of(tmp_path, found)
    assert held.errors == ()
    [public] = held.restricted(Audience.PUBLIC).all(Contract)
    [members] = held.restricted(Audience.MEMBERS).all(Contract)
    assert public.funding == ()
    assert len(members.funding) == 3


def club(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return processes.club("--root", str(root), "--language", "en", *arguments)


def test_club_contracts_tells_which_end_from_a_day_on(tmp_path: Path) -> None:
    contracts = (
        "tot: {title: Tôt, projects: nord, end: 2015-03}\n"
        "tard: {title: Tard, projects: nord, end: 2016-04}\n"
        "jamais: {title: Jamais, projects: sud}\n"
    )
    root = write(tmp_path, {**files(contracts), "mkdocs.yml": "site_name: A\n"})
    done = club(root, "contracts", "--ending", "2014-04-01")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Tôt\n")
    assert "Tard" not in done.stdout
    assert done.stdout.endswith("  Jamais\n")
    assert "Tard" in club(root, "contracts", "--ending", "2014-04-01", "--within", "24").stdout
    every = club(root, "contracts").stdout
    assert [each for each in every.splitlines() if each[0] != " "] == ["Tôt", "Tard", "Jamais"]
    refused = club(root, "contracts", "--ending", "demain")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "demain" in refused.stderr


def test_months_without_a_day_count_from_today(tmp_path: Path) -> None:
    soon = date.today() + timedelta(days=40)
    contracts = (
        f"bientot: {{title: Bientôt, projects: nord, end: {soon}}}\n"
        "passe: {title: Passé, projects: nord, end: 2015-03}\n"
    )
    root = write(tmp_path, {**files(contracts), "mkdocs.yml": "site_name: A\n"})
    done = club(root, "contracts", "--within", "12")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Bientôt\n")
    assert "Passé" not in done.stdout
    assert "Bientôt" not in club(root, "contracts", "--within", "0").stdout


def test_a_contract_whose_project_has_no_column_is_named_beneath_the_matrix(
    tmp_path: Path,
) -> None:
    contracts = (
        "vu: {title: Vu, projects: nord, end: 2015-03}\n"
        "lilie: {title: Lilie, projects: sud, end: 2016}\n"
    )
    graph = club_with(tmp_path, contracts)
    page = shown(matrix_page(graph), graph)
    assert "marchés : 1 sur 2" in words(page).lower()
    assert "sans colonne : 1" in words(page)
    assert any("Lilie" in words(each) for each in page.iter("a"))


def shown(view: PageView, graph: Graph) -> Element:
    """The article of the page *view*, in French."""
    html = Site(graph, Renderer(REGISTRY, "fr")).page(view).html
    found: Element = html5lib.parse(html, namespaceHTMLElements=False)
    return found


def words(element: Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def rows(page: Element) -> dict[str, list[str]]:
    """What each row of the tables says, by its first cell."""
    return {
        words(row[0]): [words(cell) for cell in row[1:]]
        for body in page.iter("tbody")
        for row in body.iter("tr")
        if len(row) > 1
    }


def test_a_form_and_a_start_did_not_say_of_which_of_two_contracts_they_are(
    tmp_path: Path,
) -> None:
    """“convention , marché”, then two days, under the names of both contracts."""
    graph = club_with(
        tmp_path,
        "accord: {title: Accord, projects: nord, form: agreement, start: 2009-06-25}\n"
        "achat: {title: Achat, projects: nord, form: contract, start: 2009-09-25}\n"
        "seul: {title: Seul, projects: sud, form: contract, start: 2010}\n",
    )
    (project,) = (each for each in graph.all(Project) if each.id == "nord")
    assert [each.id for each in compared(graph)] == [project.id]
    table = rows(shown(matrix_page(graph), graph))
    (form,), (start,) = table["Forme juridique"], table["Début"]
    assert form == "convention Accord marché Achat"
    assert start == "25 juin 2009 Accord · non vérifié 25 septembre 2009 Achat · non vérifié"


def test_each_question_of_the_contracts_side_by_side_begins_with_a_capital(tmp_path: Path) -> None:
    graph = club_with(tmp_path, "a: {title: A, projects: nord, holders: ruche}\n")
    page = shown(matrix_page(graph), graph)
    asked = [*rows(page)]
    assert len(asked) > 15
    assert [each for each in asked if not each[:1].isupper()] == []
    assert len(set(asked)) == len(asked)
    assert "« inconnu » veut dire" in words(page)


def test_nobody_made_the_platform_that_its_maker_ran(tmp_path: Path) -> None:
    """“Qui assure l’édition : inconnu” above “L’éditeur l’exploite aussi : oui”."""
    graph = club_with(
        tmp_path, "a: {title: A, projects: nord, holders: verger, objects: [operation]}\n"
    )
    table = rows(shown(matrix_page(graph), graph))
    (made,) = next(cells for said, cells in table.items() if said.startswith("Qui édite"))
    (both,) = next(cells for said, cells in table.items() if "exploite aussi" in said)
    assert (made, both[:3]) == ("Verger Jardin", "oui")


def test_the_source_of_the_shares_of_a_funding_was_not_beside_them(tmp_path: Path) -> None:
    graph = club_with(
        tmp_path,
        "a:\n"
        "  title: A\n"
        "  projects: nord\n"
        "  funding:\n"
        "    - {organisation: acheteur, share: 60, as_of: 2011, source: https://a.example/parts}\n"
        "    - {organisation: ruche, share: 40}\n"
        "  grants: [{label: FEDER, share: 30, source: https://a.example/aide}]\n",
    )
    (found,) = graph.all(Contract)
    page = shown(view(found, graph), graph)
    table = rows(page)
    assert table["Acheteur"] == ["60 2011 · https://a.example/parts"]
    assert table["Ruche"] == ["40"]
    assert table["FEDER"][0] == "30 https://a.example/aide"
    hrefs = {each.get("href") for each in page.iter("a")}
    assert hrefs >= {"https://a.example/parts", "https://a.example/aide"}
