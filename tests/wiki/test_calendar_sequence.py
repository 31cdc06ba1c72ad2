"""The sequence of an event, which tells calendars that it changed, from a real history."""

from __future__ import annotations

from datetime import date

from icalendar import Calendar

from club.model.record import Audience
from club.publish.data.calendar import Calendars
from club.publish.words.changelog import read_changelog
from club.publish.words.language import Words
from club.read.load import load
from tests.clubs import folder_at
from tests.wiki.conftest import Work

MEETING = "m: {title: Une, type: plenary, status: planned, date: %s, place: Nantes%s}\n"


def sequence(work: Work, audience: Audience = Audience.PUBLIC) -> int:
    club = load(folder_at(work.club), today=date(2024, 1, 1))
    words = Words("fr")
    changelog = read_changelog(club.folder, club.graph, club.restricted(audience), words, {})
    assert changelog
    made = dict(
        Calendars(club.restricted(audience), words, "C", timeline=changelog.timeline).files()
    )
    [event] = Calendar.from_ical(made["calendar/all.ics"]).walk("VEVENT")
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
