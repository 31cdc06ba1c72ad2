"""The sequence of an event, which tells calendars that it changed, from a real history."""

from __future__ import annotations

from datetime import date

from icalendar import Calendar, Component

from club.cli import main
from club.model.record import Audience
from club.publish.data.calendar import Calendars
from club.publish.pages.addresses import addresses
from club.publish.words.changelog import read_changelog
from club.publish.words.language import Words
from club.read.load import load
from tests.clubs import folder_at
from tests.wiki.conftest import Work

MEETING = "m: {title: Une, type: plenary, status: planned, date: %s, place: Nantes%s}\n"


def made(work: Work) -> dict[str, bytes]:
    club = load(folder_at(work.club), today=date(2024, 1, 1))
    words, graph = Words("fr"), club.restricted(Audience.PUBLIC)
    changelog = read_changelog(club.folder, club.graph, graph, words, {})
    assert changelog
    found = dict(Calendars(graph, words, "C", timeline=changelog.timeline).files())
    assert set(found) <= {each.url for each in addresses(graph).every}
    return found


def events(files: dict[str, bytes]) -> list[Component]:
    return Calendar.from_ical(files["calendar/all.ics"]).walk("VEVENT")


def sequence(work: Work) -> int:
    [event] = events(made(work))
    return int(event["sequence"])


def test_a_meeting_that_moves_is_another_event_and_one_that_is_summed_up_is_not(work: Work) -> None:
    work.commit({"data/meetings.yaml": MEETING % ("2024-03-14", "")}, "Annoncée")
    assert sequence(work) == 0
    work.commit({"data/meetings.yaml": MEETING % ("2024-03-15", "")}, "Déplacée")
    assert sequence(work) == 1
    work.commit({"data/meetings.yaml": MEETING % ("2024-03-15", ", summary: Un mot")}, "Résumée")
    assert sequence(work) == 1
    work.commit(
        {"data/meetings.yaml": MEETING.replace("planned", "cancelled") % ("2024-03-15", "")},
        "Annulée",
    )
    assert sequence(work) == 2


def test_a_meeting_that_is_renamed_stays_the_same_event(work: Work) -> None:
    axes = {"data/axes.yaml": "u: {label: Usages, nature: pedagogical, order: 1}\n"}
    work.commit({"data/meetings.yaml": MEETING % ("2024-03-14", ", axes: u"), **axes}, "Annoncée")
    work.commit({"data/meetings.yaml": MEETING % ("2024-03-15", ", axes: u")}, "Déplacée")
    before = made(work)
    uids = {str(event["uid"]) for event in events(before)}
    for old, new in (("m", "n"), ("n", "o"), ("u", "v")):
        assert main(["--root", str(work.club), "rename", old, new, "--yes"]) == 0
        work.commit({}, f"{old} devient {new}")
    after = made(work)
    assert {str(event["uid"]) for event in events(after)} == uids
    assert sequence(work) == 1
    assert set(after) >= {"calendar/u.ics", "calendar/v.ics", "meetings/o/o.ics"}
    assert after["calendar/u.ics"] == after["calendar/v.ics"]
    assert "calendar/u.ics" in before
