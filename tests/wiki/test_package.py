"""Lists for the vendor, frozen at the commits of real repositories."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from club.model.record import Audience
from club.publish.pages.checks import check_pages
from club.read.load import load
from tests import processes
from tests.clubs import folder_at
from tests.wiki.repos import commit, git

DAY = "1702598400"  # 15 December 2023
SETTINGS = "site_name: Le club\ntheme: {name: material, locale: fr}\nplugins: [club]\n"
PROJECTS = {
    id: {"name": id.title(), "platform": "base", "state": "rollout"}
    for id in ("nord", "sud", "est")
}
LONG = "Une première ligne : avec deux points.\n\n- un point # qui n’est pas un commentaire"


def request(title: str, state: str, *stances: str, **more: Any) -> dict[str, Any]:
    positions = [
        {"project": project, "stance": stance, "rank": index}
        for index, (project, stance) in enumerate(zip(PROJECTS, stances, strict=False), 1)
    ]
    return {"title": title, "need": LONG, "state": state, "positions": positions, **more}


REQUESTS: dict[str, Any] = {
    "peu": request("Peu voulue", "shared", "wanted", "opposed", "opposed"),
    "tous": request("Voulue par tous", "shared", "essential", "essential", "wanted"),
    "attend": request("Envoyée et sans réponse", "sent", "essential", "essential", "opposed"),
    "brouillon": request("Un brouillon", "draft"),
    "discutee": request("Encore discutée", "discussed", "wanted"),
    "cachee": request("Cachée", "shared", "essential", audience="members"),
    "inventee": request("Inventée", "shared", "essential", example=True),
}
MEETING = {"title": "Rencontre de mars", "type": "plenary", "status": "held", "date": "2023-11-01"}


def files(requests: dict[str, Any]) -> dict[str, str]:
    def said(records: dict[str, Any]) -> str:
        return yaml.safe_dump(records, allow_unicode=True, sort_keys=False)

    meetings = {"rencontre": MEETING, "exemple": {**MEETING, "example": True, "date": "2023-11-02"}}
    return {
        "mkdocs.yml": SETTINGS,
        "docs/index.md": "# Accueil\n",
        "data/platforms.yaml": "base: {name: Base}\n",
        "data/projects.yaml": said(PROJECTS),
        "data/meetings.yaml": said(meetings),
        "data/requests.yaml": said(requests),
    }


@pytest.fixture
def club(tmp_path: Path) -> Path:
    root = tmp_path / "club"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    commit(root, "Le club", files(REQUESTS))
    return root


def ran(club: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return processes.club("--root", str(club), *arguments, env={"SOURCE_DATE_EPOCH": DAY})


def create(club: Path, *more: str, meeting: str = "rencontre") -> subprocess.CompletedProcess[str]:
    return ran(club, "package", "create", "--meeting", meeting, *more)


def package(club: Path, id: str = "liste-rencontre") -> Any:
    return yaml.safe_load((club / f"data/packages/{id}.yaml").read_text("utf-8"))


def test_the_shared_requests_are_copied_to_the_letter_and_numbered_by_how_shared_they_are(
    club: Path,
) -> None:
    head = git(club, "rev-parse", "HEAD")
    done = create(club)
    assert done.returncode == 0, done.stderr
    found = package(club)
    assert (found["commit_id"], str(found["date"])) == (head, "2023-12-15")
    assert found["meeting"] == "rencontre"
    assert found["title"] == "Liste pour l’éditeur – Rencontre de mars"
    frozen = found["requests"]
    # What is for members comes last: no number tells the public that something is missing.
    assert [(e["number"], e["request"]) for e in frozen] == [
        (1, "tous"),
        (2, "attend"),
        (3, "peu"),
        (4, "cachee"),
    ]
    assert [each.get("audience") for each in frozen] == [None, None, None, "members"]
    for each in frozen:
        source = REQUESTS[each["request"]]
        assert {name: each[name] for name in ("title", "need", "state", "positions")} == {
            name: source[name] for name in ("title", "need", "state", "positions")
        }
    assert "Encore discutée" in done.stdout
    assert "brouillon" not in done.stdout
    assert ran(club, "check").returncode == 0
    assert "packages" not in ran(club, "fmt", "--check").stdout


def test_a_made_up_meeting_freezes_made_up_requests_alone(club: Path) -> None:
    assert create(club, meeting="exemple").returncode == 0
    commit(club, "La liste", {})
    found = package(club, "liste-exemple")
    assert found["example"] is True
    assert [each["request"] for each in found["requests"]] == ["inventee"]
    refused = create(club, "--request", "inventee", "--dry-run")
    assert refused.returncode == 1
    assert "inventée" in refused.stderr


def test_what_is_made_up_says_nothing_in_a_true_list(club: Path) -> None:
    """A project held, in the words of a made-up duplicate, what it never said."""
    told = {"stance": "opposed", "reason": "Raison inventée"}
    made_up = {"title": "Double", "need": "N", "state": "duplicate", "duplicate_of": "tous"}
    double = {**made_up, "example": True, "positions": [{"project": "est", **told}]}
    newer = [{"project": each, "as_of": "2023-12-01", **told} for each in ("nord", "ouest")]
    asked = {**REQUESTS["tous"], "positions": REQUESTS["tous"]["positions"][:2]}
    another = {**double, "title": "Un autre", "positions": newer}
    changed = files({"tous": asked, "double": double, "autre": another})
    west = {"name": "Ouest", "state": "pilot", "example": True}
    projects = yaml.safe_dump({**PROJECTS, "ouest": west}, allow_unicode=True)
    commit(club, "Des exemples", {**changed, "data/projects.yaml": projects})
    done = create(club)
    assert done.returncode == 0, done.stderr
    [frozen] = package(club)["requests"]
    assert frozen["positions"] == asked["positions"]


def test_a_dry_run_writes_nothing(club: Path) -> None:
    done = create(club, "--dry-run")
    assert done.returncode == 0
    assert "1. Voulue par tous (tous)" in done.stdout
    assert not (club / "data/packages").exists()
    assert git(club, "status", "--porcelain") == ""


def test_the_next_list_follows_the_one_before_and_says_what_changed(club: Path) -> None:
    assert create(club).returncode == 0
    commit(club, "La liste", {})
    changed = {**REQUESTS, "peu": {**REQUESTS["peu"], "state": "withdrawn"}}
    commit(club, "Retirée", files(changed))
    assert create(club, "deuxieme").returncode == 0
    found = package(club, "deuxieme")
    assert found["previous"] == "liste-rencontre"
    assert [each["request"] for each in found["requests"]] == ["tous", "attend", "cachee"]


@pytest.mark.parametrize(
    ("change", "arguments", "told"),
    [
        ("data/requests.yaml", (), "commit"),
        ("data/axes.yaml", (), "data/axes.yaml"),
        ("", ("--meeting", "rencontr"), "peut-être : rencontre"),
        ("", ("--request", "tou"), "peut-être : tous"),
        ("", ("../x",), "n’est pas un identifiant"),
        ("", ("packages/x",), "peut-être : packages-x"),
        ("", ("Été",), "peut-être : ete"),
        ("", ("nord",), "déjà"),
    ],
)
def test_what_cannot_be_frozen_is_said_and_nothing_is_written(
    club: Path, change: str, arguments: tuple[str, ...], told: str
) -> None:
    if change:
        with (club / change).open("a", encoding="utf-8") as file:
            file.write("\n# un commentaire\n")
    before = {path: path.read_bytes() for path in (club / "data").rglob("*") if path.is_file()}
    done = create(club, *arguments)
    assert done.returncode in {1, 2}
    assert told in done.stderr.replace("\u00a0", " ")
    assert "Traceback" not in done.stderr
    after = {path: path.read_bytes() for path in (club / "data").rglob("*") if path.is_file()}
    assert after == before


KEPT = {
    "data/services.yaml": "caches: {label: Zqservice, audience: members}\nvus: {label: Vu}\n",
    "data/meetings.yaml": (
        "bureau: {title: Zqbureau, type: steering, status: held, date: 2023-11-01,"
        " audience: members}\n"
        "rencontre: {title: Rencontre, type: plenary, status: held, date: 2023-11-01}\n"
    ),
    "data/requests.yaml": yaml.safe_dump(
        {
            "un": request("Une", "shared", "essential", service="caches"),
            "deux": request("Deux", "shared", "essential", service="vus"),
            "double": {
                **request("Double", "duplicate"),
                "duplicate_of": "deux",
                "audience": {"duplicate_of": "members"},
                "positions": [{"project": "sud", "stance": "opposed", "reason": "Zqraison"}],
            },
            "voilee": {
                **request("Voilée", "shared", acceptance="Zqcritere"),
                "audience": {"acceptance": "members"},
                "positions": [{"project": "est", "stance": "wanted", "audience": "members"}],
            },
        },
        allow_unicode=True,
    ),
}


@pytest.mark.parametrize("meeting", ["bureau", "rencontre"])
def test_what_is_for_members_is_copied_for_members(club: Path, meeting: str) -> None:
    commit(club, "Des secrets", KEPT)
    done = create(club, "liste", meeting=meeting)
    assert done.returncode == 0, done.stderr
    whole = load(folder_at(club))
    assert whole.errors == ()
    public = whole.restricted(Audience.PUBLIC)
    shown = public.find("liste")
    if meeting == "bureau":
        assert shown is None
        return
    assert shown is not None
    assert "Zq" not in str(shown)
    assert [each.request.id for each in shown.requests] == ["deux", "un"]
    everything = str(whole.graph.find("liste"))
    assert "Zqraison" in everything
    assert "Zqcritere" in everything


def test_a_request_that_nobody_asks_for_is_not_sent(club: Path) -> None:
    done = create(club, "--request", "brouillon")
    assert done.returncode == 1
    assert "brouillon" in done.stderr


def test_a_file_that_git_ignores_is_in_no_commit(club: Path) -> None:
    git(club, "rm", "-q", "--cached", "data/requests.yaml")
    commit(club, "Ignoré", {".gitignore": "data/requests.yaml\n"})
    done = create(club)
    assert done.returncode == 1
    assert "data/requests.yaml" in done.stderr


def test_of_two_lists_of_one_day_the_next_follows_the_last(club: Path) -> None:
    for id in ("z-un", "a-deux", "m-trois"):
        assert create(club, id).returncode == 0
        commit(club, id, {})
    assert package(club, "a-deux")["previous"] == "z-un"
    assert package(club, "m-trois")["previous"] == "a-deux"


def test_without_a_repository_there_is_nothing_to_copy_from(tmp_path: Path) -> None:
    for path, text in files(REQUESTS).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    done = create(tmp_path)
    assert done.returncode == 1
    assert "pas de dépôt Git ici" in done.stderr


def test_a_commit_that_is_gone_is_told_where_it_is_named(club: Path, tmp_path: Path) -> None:
    assert create(club).returncode == 0
    commit(club, "La liste", {})
    assert not gone(club)
    text = (club / "data/packages/liste-rencontre.yaml").read_text("utf-8")
    lost = text.replace(package(club)["commit_id"], "0123456789" * 4)
    commit(club, "Un autre commit", {"data/packages/liste-rencontre.yaml": lost})
    [problem] = gone(club)
    assert problem.place.path == "data/packages/liste-rencontre.yaml"
    assert problem.place.line == 1 + lost.splitlines().index(
        next(line for line in lost.splitlines() if line.startswith("commit_id"))
    )
    git(tmp_path, "clone", "-q", "--depth", "1", club.as_uri(), "shallow")
    assert not gone(tmp_path / "shallow")


def gone(club: Path) -> list[Any]:
    found = check_pages(load(folder_at(club)))
    return [each for each in found.problems if each.rule.name == "commit-gone"]


def test_a_list_was_frozen_for_a_meeting_that_never_took_place(club: Path) -> None:
    text = (club / "data/meetings.yaml").read_text("utf-8")
    cancelled = {"data/meetings.yaml": text.replace("status: held", "status: cancelled")}
    commit(club, "Annulée", cancelled)
    done = create(club, "--dry-run")
    assert done.returncode == 1
    assert "annulée" in done.stderr


def test_no_request_is_shared_while_the_site_shows_made_up_ones(tmp_path: Path) -> None:
    club = tmp_path / "club"
    club.mkdir()
    git(club, "init", "-q", "-b", "main")
    commit(club, "Le club", files({"inventee": REQUESTS["inventee"]}))
    done = create(club)
    assert done.returncode == 1
    assert "parmi les vraies demandes" in done.stderr
    assert "sont des exemples" in done.stderr
