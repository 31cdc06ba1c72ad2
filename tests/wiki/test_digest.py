"""The mail for the mailing list, from a real history."""

from __future__ import annotations

import subprocess

import pytest

from tests import processes
from tests.wiki.conftest import Work

CONFIG = (
    "site_name: Le club\nsite_url: https://club.example/\n"
    "theme: {name: material, locale: fr}\nplugins: [club]\n"
)
PROJECTS = (
    "nord: {name: Nord, state: rollout}\nsud: {name: Sud, state: rollout}\n"
    "cache: {name: Zqsecret, state: rollout, audience: members}\n"
)
REQUEST = "r:\n  title: Exporter le carnet\n  need: N\n  state: submitted\n"
POSITION = "  positions:\n    - {project: nord, stance: opposed}\n"
MEETING = (
    "plein:\n  title: Une plénière\n  type: plenary\n  mode: in_person\n  status: held\n"
    "  date: 2023-11-01\n  actions:\n    - {id: a, what: Envoyer la liste, due: 2023-12-01}\n"
    "    - {id: b, what: Une chose faite, state: done}\n"
)
FILES = {
    "mkdocs.yml": CONFIG,
    "data/projects.yaml": PROJECTS,
    "data/requests.yaml": REQUEST,
    "data/meetings.yaml": MEETING,
}


@pytest.fixture
def club(work: Work) -> Work:
    work.commit({**FILES, "docs/charte.md": "# La charte\n\nUne règle.\n"}, "Ce qu’il y avait")
    return work


def mail(club: Work, since: str, *more: str) -> subprocess.CompletedProcess[str]:
    command = ("--root", str(club.club), "digest", "--since", since)
    day = {"SOURCE_DATE_EPOCH": "1702598400"}  # 15 December 2023
    return processes.club(*command, *more, env=day)


def parts(text: str) -> dict[str, str]:
    """The parts of a mail by their heads, each on one line."""
    found: dict[str, str] = {}
    head = ""
    for line in text.splitlines():
        if line and line == line.upper() and not line.startswith(("-", " ")):
            head = line
        elif head:
            found[head] = f"{found.get(head, '')} {line}"
    return {head: " ".join(said.split()) for head, said in found.items()}


def test_the_mail_says_what_moved_part_by_part(club: Work) -> None:
    answered = POSITION + "  answers:\n    - {date: 2023-11-10, answer: refused}\n"
    club.commit({"data/requests.yaml": REQUEST + POSITION}, "a (#1)")
    club.commit({"data/requests.yaml": REQUEST + answered}, "b (#2)")
    second = "s: {title: Une autre, need: N, state: draft}\n"
    club.commit({"data/requests.yaml": REQUEST + answered + second}, "c (#3)")
    club.commit({"data/projects.yaml": PROJECTS.replace("rollout", "generalised", 1)}, "d (#4)")
    club.commit({"docs/charte.md": "# La charte\n\nDeux règles.\n"}, "e (#5)")
    run = mail(club, "plein")
    assert run.returncode == 0, run.stderr
    assert max(map(len, run.stdout.splitlines())) <= 72
    found = parts(run.stdout)
    assert list(found) == [
        "NOUVELLES DEMANDES",
        "RÉPONSES DE L’ÉDITEUR",
        "ÉTATS ET CHIFFRES",
        "PAGES",
        "ACTIONS À MENER",
    ]
    assert found["NOUVELLES DEMANDES"].startswith("- Une autre ")
    assert "https://club.example/requests/s/" in found["NOUVELLES DEMANDES"]
    assert "Nord prend position : opposé" in found["RÉPONSES DE L’ÉDITEUR"]
    assert "refus" in found["RÉPONSES DE L’ÉDITEUR"]
    assert found["ÉTATS ET CHIFFRES"].startswith("- Nord ")
    assert found["PAGES"].startswith("- La charte ")
    assert "Envoyer la liste" in found["ACTIONS À MENER"]
    assert "Une chose faite" not in run.stdout


def test_the_mail_of_a_public_club_says_nothing_of_what_is_for_members(club: Work) -> None:
    club.commit({"data/projects.yaml": PROJECTS.replace("rollout, aud", "pilot, aud")}, "x (#1)")
    assert "Zqsecret" not in mail(club, "2023-11-01").stdout
    assert "Zqsecret" in mail(club, "2023-11-01", "--audience", "members").stdout


def test_a_moment_that_is_none_and_records_with_errors_are_told(club: Work) -> None:
    run = mail(club, "jamais")
    assert (run.returncode, run.stdout) == (2, "")
    assert "« jamais »" in " ".join(run.stderr.split())
    assert "Rien n’a bougé depuis." in mail(club, "2023-12-15").stdout
    club.write({"data/requests.yaml": "r: {titre: R}\n"})
    run = mail(club, "2023")
    assert (run.returncode, run.stdout) == (1, "")
    assert "data/requests.yaml:1" in run.stderr


def test_no_title_passes_for_an_order_to_a_terminal(club: Work) -> None:
    hostile = REQUEST + 's: {title: "Une \\u009b2Jautre", need: N, state: draft}\n'
    club.commit({"data/requests.yaml": hostile}, "x (#1)")
    assert "\x9b" not in mail(club, "2023-11-01").stdout


def test_since_a_month_left_out_what_moved_in_it(club: Work) -> None:
    club.commit({"data/requests.yaml": REQUEST + POSITION}, "a (#1)")
    moved = mail(club, "2023-11")
    whole = mail(club, "2023")
    assert "Exporter le carnet" in moved.stdout
    assert "31\u00a0octobre 2023" in moved.stdout
    assert "31\u00a0décembre 2022" in whole.stdout


def test_since_a_meeting_by_video_said_that_there_was_none(club: Work) -> None:
    meeting = "visio: {title: Visio, type: thematic, status: held, date: 2023-11-14}\n"
    club.commit({"data/meetings.yaml": meeting}, "a (#1)")
    found = mail(club, "visio")
    assert found.returncode == 0, found.stderr
    assert "14\u00a0novembre 2023" in found.stdout


@pytest.mark.parametrize("day", ["2023-12-16", "2024-02"])
def test_a_day_to_come_said_that_nothing_had_moved(club: Work, day: str) -> None:
    run = mail(club, day)
    assert (run.returncode, run.stdout) == (2, "")
    assert "n’est pas encore venu" in run.stderr
