"""Who speaks for a project stands on its page, for whom may read it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from club.model.record import Audience
from club.publish.html.render import Renderer
from club.publish.pages.site import Site
from club.records.project.model import Project
from club.records.project.views import view
from club.records.representative.kind import KIND
from club.records.representative.model import Representative
from tests.clubs import REGISTRY, club_of

FILES = {
    "data/organisations.yaml": (
        "nord: {name: Académie du Nord, type: academy}\n"
        "sud: {name: Académie du Sud, type: academy}\n"
    ),
    "data/projects.yaml": (
        "jardin:\n  name: Jardin\n  state: pilot\n  carriers: [{organisation: nord, role: owner}]\n"
        "verger: {name: Verger, state: pilot, academies: nord}\n"
        "serre: {name: Serre, state: pilot, academies: sud}\n"
    ),
    "data/representatives.yaml": (
        "conseiller: {organisation: nord, role: Conseiller}\n"
        "delegue:\n  organisation: nord\n  role: Délégué\n  projects: verger\n  person: Z. Secret\n"
        "  consent: {basis: Formulaire, date: 2020}\n"
        "reserve: {organisation: sud, role: Réservé, audience: members}\n"
    ),
}


def words(element: Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def speakers_on(root: Path, project: str, audience: Audience) -> list[str]:
    """What each card of the section of representatives says on the page of *project*."""
    graph = club_of(root, FILES).restricted(audience)
    (found,) = (each for each in graph.all(Project) if each.id == project)
    html = Site(graph, Renderer(REGISTRY, "fr")).page(view(found, graph)).html
    page = html5lib.parse(html, namespaceHTMLElements=False)
    for section in page.iter("section"):
        if section.get("aria-labelledby") == "representatives":
            return [words(each) for each in section.iter("li")]
    return []


@pytest.mark.parametrize(
    ("project", "audience", "said"),
    [
        (
            "jardin",
            Audience.PUBLIC,
            ["Conseiller Académie du Nord au titre de son organisation"],
        ),
        (
            "verger",
            Audience.PUBLIC,
            [
                "Délégué Académie du Nord",
                "Conseiller Académie du Nord au titre de son organisation",
            ],
        ),
        (
            "verger",
            Audience.MEMBERS,
            [
                "Délégué Z. Secret Académie du Nord",
                "Conseiller Académie du Nord au titre de son organisation",
            ],
        ),
        ("serre", Audience.PUBLIC, []),
        (
            "serre",
            Audience.MEMBERS,
            ["Réservé Académie du Sud au titre de son organisation"],
        ),
    ],
)
def test_a_representative_was_on_the_page_of_no_project(
    tmp_path: Path, project: str, audience: Audience, said: list[str]
) -> None:
    assert speakers_on(tmp_path, project, audience) == said


def test_a_representative_had_no_project(tmp_path: Path) -> None:
    """Who names none speaks for those that the organisation carries, or that cover it."""
    graph = club_of(tmp_path, FILES).graph
    told = {}
    for each in graph.all(Representative):
        html = Site(graph, Renderer(REGISTRY, "fr")).page(KIND.view(each, graph)).html
        page = html5lib.parse(html, namespaceHTMLElements=False)
        told[each.id] = {
            words(fact.find("dt")): words(fact.find("dd"))
            for fact in page.iter("div")
            if fact.find("dt") is not None
        }
    assert told["conseiller"]["projets de son organisation"] == "Jardin, Verger"
    assert told["delegue"]["projets"] == "Verger"
    assert told["reserve"]["projets de son organisation"] == "Serre"
