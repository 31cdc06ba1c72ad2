"""The files that calendars open, read back by a reader of iCalendar."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Component

from club.publish.data.calendar import calendar_files
from club.publish.html.render import Renderer
from club.publish.pages.addresses import addresses
from club.publish.pages.site import Site
from club.publish.words.language import Words
from club.read.load import load
from tests.clubs import REGISTRY, folder_at, write

SITE = "https://club.example/"
MEETING = (
    "rencontre:\n  title: Rencontre, annuelle ; 2024\n  type: plenary\n  status: {status}\n{more}"
)
TODAY = date(2024, 1, 10)


def files(root: Path, more: str, status: str = "planned") -> dict[str, Component]:
    """The event of each file of a club with one meeting."""
    write(root, {"data/meetings.yaml": MEETING.format(status=status, more=more)})
    graph = load(folder_at(root), today=TODAY).graph
    made = dict(calendar_files(graph, Words("fr"), SITE))
    assert made == dict(calendar_files(graph, Words("fr"), SITE))
    assert set(made) <= {each.url for each in addresses(graph).every}
    assert all(
        b"\r\n" in each and max(map(len, each.split(b"\r\n"))) <= 75 for each in made.values()
    )
    return {path: Calendar.from_ical(data).walk("VEVENT")[0] for path, data in made.items()}


def test_a_day_without_hours_is_a_whole_day(tmp_path: Path) -> None:
    [(path, event)] = files(tmp_path, "  date: 2024-03-14\n  place: Nantes\n").items()
    assert path == "meetings/rencontre/rencontre.ics"
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2024, 3, 14), date(2024, 3, 15))
    assert str(event["summary"]) == "Rencontre, annuelle ; 2024".replace(" ;", "\u202f;")
    assert (str(event["location"]), str(event["status"])) == ("Nantes", "TENTATIVE")
    assert str(event["url"]) == f"{SITE}meetings/rencontre/"
    assert str(event["uid"]) == "meetings/rencontre@club.example"
    assert event["dtstamp"].dt.date() == TODAY


def test_hours_are_in_their_zone(tmp_path: Path) -> None:
    hours = '  date: 2024-07-02\n  start: "14:00"\n  end: "15:30"\n  time_zone: Europe/Paris\n'
    [event] = files(tmp_path, hours, "confirmed").values()
    paris = ZoneInfo("Europe/Paris")
    assert event["dtstart"].dt == datetime(2024, 7, 2, 14, tzinfo=paris)
    assert event["dtend"].dt.utcoffset().total_seconds() == 7200
    assert str(event["status"]) == "CONFIRMED"


@pytest.mark.parametrize(
    "zone", ["", "  time_zone: Mars/Olympus\n", "  time_zone: ../etc/passwd\n"]
)
def test_hours_of_no_known_zone_are_the_readers_own(tmp_path: Path, zone: str) -> None:
    [event] = files(tmp_path, f'  date: 2024-07-02\n  start: "14:00"\n{zone}').values()
    assert event["dtstart"].dt == datetime(2024, 7, 2, 14)
    assert "dtend" not in event


def test_an_example_says_so_and_a_meeting_called_off_is(tmp_path: Path) -> None:
    [event] = files(tmp_path, "  date: 2024-03-14\n  example: yes\n", "cancelled").values()
    assert str(event["summary"]).endswith("(exemple)")
    assert str(event["status"]) == "CANCELLED"


@pytest.mark.parametrize(
    "when", ["2024-03", "2024", "rentrée 2024", "~2024-03-14", "2024-03-14?", ""]
)
def test_no_file_without_a_full_day_and_the_page_says_why(tmp_path: Path, when: str) -> None:
    assert files(tmp_path, f'  date: "{when}"\n' if when else "") == {}
    graph = load(folder_at(tmp_path), today=TODAY).graph
    site = Site(graph, Renderer(REGISTRY, "fr"))
    page = site.page(next(site.records())).html
    assert "Pas de fichier d’agenda tant que le jour n’est pas connu." in page
    assert ".ics" not in page


def test_a_text_cannot_add_a_line_to_the_file(tmp_path: Path) -> None:
    hostile = '  date: 2024-03-14\n  theme: "BEGIN:VEVENT, END:VCALENDAR; \\\\nATTACH:x"\n'
    [event] = files(tmp_path, hostile).values()
    assert "attach" not in event
    assert "ATTACH:x" in str(event["description"])
