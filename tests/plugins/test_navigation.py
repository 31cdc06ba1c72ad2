"""What the navigation names: nothing that is hidden, and pages of the club by their titles."""

from __future__ import annotations

from pathlib import Path

import pytest

from club.model.record import Audience
from club.publish.pages.checks import check_pages
from club.publish.pages.hidden import Hidden
from tests.clubs import club_of
from tests.plugins.conftest import OURS, toy_with
from tests.shipped.conftest import Built, build

FILES = {
    "data/projects.yaml": (
        "ouvert: {name: O, state: rollout}\n"
        "ferme: {name: F, state: rollout, audience: members, aliases: [ancien]}\n"
    ),
    "docs/note.md": "---\naudience: members\naliases: [vieille-note]\n---\n\n# Note\n",
}
LEADING = [
    "projects/ferme.md",
    "projects/ferme/",
    "/projects/ferme/",
    "./projects/ferme/index.html#suite",
    "projects/x/../ferme.md",
    "projects/ferme/positions/",
    "projects/ancien.md",
    "projects/%66erme/",
    "https://club.example/projects/ferme/",
    "note.md",
    "/note/",
    "vieille-note/",
    "files/plan.pdf",
]
ELSEWHERE = [
    "projects/ouvert.md",
    "projects/index.md",
    "projects/",
    "projects/ferme-2.md",
    "https://autre.example/projects/ferme/",
    "//autre.example/note/",
    "files/plan-2.pdf",
    "index.md",
]


NAMELESS = "  - index.md\n  - projects/jardin-nord.md\n  - requests/waiting.md\n"


@pytest.fixture
def hidden(tmp_path: Path) -> Hidden:
    club = check_pages(club_of(tmp_path, FILES))
    public = club.restricted(Audience.PUBLIC)
    return Hidden(club.graph, public, "https://club.example/", {"files/plan.pdf"})


@pytest.mark.parametrize("address", LEADING)
def test_what_leads_to_what_is_hidden_is_known(hidden: Hidden, address: str) -> None:
    assert hidden.has(address)
    assert hidden.without([{"Nom": address}, {"Partie": [address, {"Autre": [address]}]}]) == []


@pytest.mark.parametrize("address", ELSEWHERE)
def test_what_leads_elsewhere_stays(hidden: Hidden, address: str) -> None:
    nav = [{"Nom": address}, {"Partie": [address]}]
    assert hidden.without(nav) == nav


def test_a_record_in_the_navigation_was_called_none(tmp_path: Path) -> None:
    root = toy_with(tmp_path / "toy", {}, OURS, {"  - Accueil: index.md\n": NAMELESS})
    done = build(root, tmp_path / "site", strict=False)
    assert done.returncode == 0, done.stderr
    head = Built(tmp_path / "site").text("projects/index.html").partition("<article")[0]
    assert ">None<" not in "".join(head.split())
    assert "Jardin du Nord" in head
    assert "En attente de l’éditeur" in head
