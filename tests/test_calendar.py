"""The files that calendars open, read back by a reader of iCalendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Component

from club.model.graph import Graph, Node
from club.model.record import Audience
from club.model.source import Block
from club.model.structure import Raw
from club.publish.data.calendar import Calendars
from club.publish.html.render import Renderer
from club.publish.pages.addresses import addresses
from club.publish.pages.site import Site
from club.publish.words.language import Words
from club.read.load import load
from club.records.axis.model import Axis
from club.records.meeting.model import Meeting
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
    calendars = Calendars(graph, Words("fr"), "Le club", SITE)
    made = dict(calendars.files())
    assert made == dict(calendars.files())
    assert set(made) <= {each.url for each in addresses(graph).every}
    assert all(
        b"\r\n" in each and max(map(len, each.split(b"\r\n"))) <= 75 for each in made.values()
    )
    return {
        path: Calendar.from_ical(data).walk("VEVENT")[0]
        for path, data in made.items()
        if not path.startswith("calendar/")
    }


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


Lines = list[tuple[str, str]]
ESCAPED = re.compile(r"\\([\\;,nN])")


def unfolded(raw: bytes) -> Lines:
    """The lines of a calendar by RFC 5545, section 3.1, told apart without any library."""
    assert raw.endswith(b"\r\n")
    text = raw.decode("utf-8")
    assert "\n" not in text.replace("\r\n", "")
    found = []
    for line in text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n"):
        match = re.fullmatch(r'([A-Z-]+(?:;[A-Z-]+=(?:"[^"]*"|[^";:,]+))*):(.*)', line)
        assert match, line
        found.append((match[1], match[2]))
    return found


def components(lines: Lines) -> Iterator[tuple[str, dict[str, str]]]:
    """Each innermost component and its own properties, which stand in a sound nest."""
    open_: list[tuple[str, dict[str, str]]] = []
    for name, value in lines:
        if name == "BEGIN":
            open_.append((value, {}))
        elif name == "END":
            kind, held = open_.pop()
            assert kind == value
            yield kind, held
        else:
            open_[-1][1][name] = value
    assert open_ == []


AXES = """\
usages: {label: Les usages, nature: pedagogical, order: 1}
portails: {label: Les portails, nature: technical, order: 2}
vide: {label: Rien, nature: technical, order: 3}
"""
MEETINGS = """\
un: {title: Une, type: thematic, mode: video, status: planned, date: 2024-03-14, start: "09:30",
  end: "11:00", axes: [usages, portails]}
deux: {title: Deux, type: plenary, status: cancelled, date: 2024-07-02, place: Nantes, axes: usages}
annee: {title: Un jour, type: plenary, status: planned, date: 2025, axes: usages}
cachee: {title: Zqsecret, type: thematic, status: planned, date: 2024-05-05, audience: members}
"""


def test_feeds_gather_every_meeting_whose_day_is_known(tmp_path: Path) -> None:
    write(tmp_path, {"data/meetings.yaml": MEETINGS, "data/axes.yaml": AXES})
    club = load(folder_at(tmp_path), today=TODAY)
    assert club.errors == ()
    graph = club.restricted(Audience.PUBLIC)
    made = dict(Calendars(graph, Words("fr"), "Le club", SITE, "Europe/Paris").files())
    assert set(made) <= {each.url for each in addresses(graph).every}
    assert b"Zqsecret" not in b"".join(made.values())
    told = {path: list(components(unfolded(raw))) for path, raw in made.items()}
    events = {
        path: {held["UID"]: held for kind, held in parts if kind == "VEVENT"}
        for path, parts in told.items()
    }
    one, two = "meetings/un@club.example", "meetings/deux@club.example"
    assert set(events["calendar/all.ics"]) == {one, two}
    assert set(events["calendar/usages.ics"]) == {one, two}
    assert set(events["calendar/portails.ics"]) == {one}
    assert events["calendar/vide.ics"] == {}
    held = events["calendar/all.ics"]
    assert held[one]["DTSTART;TZID=Europe/Paris"] == "20240314T093000"
    assert held[one]["LOCATION"] == "En ligne (visioconférence)"
    assert held[two]["DTSTART;VALUE=DATE"] == "20240702"
    assert (held[two]["STATUS"], held[one]["STATUS"]) == ("CANCELLED", "TENTATIVE")
    assert all(each["SEQUENCE"] == "0" for each in held.values())
    assert held == events["meetings/un/un.ics"] | events["meetings/deux/deux.ics"]
    zones = {
        path: [held["TZID"] for kind, held in parts if kind == "VTIMEZONE"]
        for path, parts in told.items()
    }
    assert zones["calendar/all.ics"] == ["Europe/Paris"]
    assert zones["calendar/vide.ics"] == ["Europe/Paris"]
    [(_, top)] = [part for part in told["calendar/usages.ics"] if part[0] == "VCALENDAR"]
    assert top["X-WR-CALNAME"] == "Le club – Les usages"
    assert (top["REFRESH-INTERVAL;VALUE=DURATION"], top["X-PUBLISHED-TTL"]) == ("P1D", "P1D")


@settings(max_examples=40)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), min_size=1))
def test_any_title_is_one_event_to_a_reader_of_lines(title: str) -> None:
    assume(title.strip())
    record = Meeting.model_validate(
        {"id": "m", "title": title, "type": "plenary", "status": "held", "date": "2024-03-14"}
    )
    graph = Graph([Node(record, Raw("m", Block(), "m.yaml"))], REGISTRY, today=TODAY)
    made = dict(Calendars(graph, Words("en"), "Club").files())
    parts = components(unfolded(made["calendar/all.ics"]))
    [event] = [held for kind, held in parts if kind == "VEVENT"]
    plain = ESCAPED.sub(lambda each: "\n" if each[1] in "nN" else each[1], event["SUMMARY"])
    assert plain.split() == Words("en").say(record.title).split()


def offset_at(zone: list[tuple[str, dict[str, str]]], moment: datetime) -> str:
    """The offset that the parts of a VTIMEZONE give *moment*, by RFC 5545, section 3.6.5.

    It is that of the part whose latest beginning before it is the latest of all.
    """
    began: list[tuple[datetime, str]] = []
    for _, held in zone:
        assert "RRULE" not in held, "this reader knows no rules of recurrence"
        days = [held["DTSTART"], *filter(None, held.get("RDATE", "").split(","))]
        every = [datetime.strptime(each, "%Y%m%dT%H%M%S") for each in days]
        began += [(each, held["TZOFFSETTO"]) for each in every if each <= moment]
    return max(began)[1]


@settings(max_examples=40)
@given(
    st.dates(date(1996, 1, 1), date(2037, 12, 31)),
    st.sampled_from(["Europe/Paris", "Indian/Reunion", "America/Cayenne", "Pacific/Noumea"]),
    st.times(),
)
def test_a_calendar_says_itself_what_the_hour_is_in_its_zone(
    day: date, zone: str, hour: time
) -> None:
    local = datetime.combine(day, hour.replace(second=0, microsecond=0))
    there = local.replace(tzinfo=ZoneInfo(zone))
    # An hour that is skipped or comes twice has no offset of its own.
    assume(there.utcoffset() == there.replace(fold=1).utcoffset())
    fields = {"title": "T", "type": "plenary", "status": "held", "date": str(day)}
    record = Meeting.model_validate({"id": "m", **fields, "start": f"{local:%H:%M}"})
    graph = Graph([Node(record, Raw("m", Block(), "m.yaml"))], REGISTRY, today=TODAY)
    made = dict(Calendars(graph, Words("en"), "Club", zone=zone).files())
    for path in ("calendar/all.ics", "meetings/m/m.ics"):
        parts = list(components(unfolded(made[path])))
        [event] = [held for kind, held in parts if kind == "VEVENT"]
        assert event[f"DTSTART;TZID={zone}"] == f"{local:%Y%m%dT%H%M%S}"
        rules = [part for part in parts if part[0] in {"STANDARD", "DAYLIGHT"}]
        assert offset_at(rules, local) == f"{there:%z}"


def moments(zone: list[tuple[str, dict[str, str]]]) -> Iterator[tuple[str, datetime, str, str]]:
    """Each onset of a VTIMEZONE in UTC: local, by RFC 5545, in the offset of before it."""
    for kind, held in zone:
        for each in (held["DTSTART"], *filter(None, held.get("RDATE", "").split(","))):
            local = datetime.strptime(f"{each}{held['TZOFFSETFROM']}", "%Y%m%dT%H%M%S%z")
            yield kind, local.astimezone(UTC), held["TZOFFSETFROM"], held["TZOFFSETTO"]


def zone_of(zone: str, year: int) -> list[tuple[str, dict[str, str]]]:
    """The parts of the VTIMEZONE of the calendar of a meeting of *year*."""
    fields = {"title": "T", "type": "plenary", "status": "held", "date": f"{year}-06-14"}
    record = Meeting.model_validate({"id": "m", **fields, "start": "09:30"})
    graph = Graph([Node(record, Raw("m", Block(), "m.yaml"))], REGISTRY, today=TODAY)
    made = dict(Calendars(graph, Words("en"), "Club", zone=zone).files())
    parts = components(unfolded(made["meetings/m/m.ics"]))
    return [part for part in parts if part[0] in {"STANDARD", "DAYLIGHT"}]


def test_summer_time_began_an_hour_late() -> None:
    """RFC 5545, section 3.6.5, its own example: New York in 2007, both at two in the morning."""
    onsets = {(kind, held["DTSTART"]) for kind, held in zone_of("America/New_York", 2007)}
    assert {("DAYLIGHT", "20070311T020000"), ("STANDARD", "20071104T020000")} <= onsets
    # Directive 2000/84/CE: at one in the morning, UTC, the last Sundays of March and October.
    onsets = {(kind, held["DTSTART"]) for kind, held in zone_of("Europe/Paris", 2024)}
    assert {("DAYLIGHT", "20240331T020000"), ("STANDARD", "20241027T030000")} <= onsets


@settings(max_examples=30)
@given(
    st.sampled_from(["Europe/Paris", "Europe/Dublin", "America/Miquelon", "Pacific/Tahiti"]),
    st.integers(1990, 2037),
)
def test_each_onset_is_when_the_zone_itself_changes(zone: str, year: int) -> None:
    there = ZoneInfo(zone)
    for _, moment, old, new in [*moments(zone_of(zone, year))][1:]:
        assert f"{(moment - timedelta(seconds=1)).astimezone(there):%z}" == old
        assert f"{moment.astimezone(there):%z}" == new


def test_the_agendas_that_keep_up_to_date_had_no_address_to_subscribe_to(tmp_path: Path) -> None:
    write(tmp_path, {"data/meetings.yaml": MEETINGS, "data/axes.yaml": AXES})
    graph = load(folder_at(tmp_path), today=TODAY).graph
    (axis,) = (each for each in graph.all(Axis) if each.id == "usages")
    known = Site(graph, Renderer(REGISTRY, "fr", site_url="https://club.example/wiki"))
    html = known.page(axis).html
    assert (
        '<a class="club-feed__open" href="webcal://club.example/wiki/calendar/usages.ics">' in html
    )
    assert ">https://club.example/wiki/calendar/usages.ics</code>" in html
    unknown = Site(graph, Renderer(REGISTRY, "fr")).page(axis).html
    assert "calendar/usages.ics" in unknown
    assert "webcal" not in unknown


def test_a_meeting_that_was_called_off_was_still_offered_to_calendars(tmp_path: Path) -> None:
    write(tmp_path, {"data/meetings.yaml": MEETINGS, "data/axes.yaml": AXES})
    graph = load(folder_at(tmp_path), today=TODAY).graph
    site = Site(graph, Renderer(REGISTRY, "fr", site_url=SITE))
    pages = {each.id: site.page(each).html for each in graph.all(Meeting)}
    assert "Ajouter à un agenda" in pages["un"]
    assert "Ajouter à un agenda" not in pages["deux"]
    assert "Annulée\u00a0: les agendas abonnés la retirent d’eux-mêmes." in pages["deux"]
    made = dict(Calendars(graph, Words("fr"), "Le club", SITE).files())
    assert b"STATUS:CANCELLED" in made["meetings/deux/deux.ics"]
