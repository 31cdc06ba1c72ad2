"""Rules about meetings: carried points, one plenary a year, hosts in turn."""

from __future__ import annotations

from collections.abc import Iterator

from club.insight.rotation import plenaries, turns
from club.insight.rotation import when as when_of
from club.model.dates import is_to_come
from club.model.graph import Graph
from club.model.kind import check
from club.model.message import N_, Message
from club.model.problem import Level, Problem, Rule
from club.records.meeting.model import AgendaState, Meeting, MeetingStatus

CARRIED_EARLIER = Rule(
    name="carried-earlier",
    wants=N_("A point that is put off goes to a later meeting."),
    example="- {id: bourses, title: Bourses, state: postponed, carried_to: pleniere-2013}",
)
CARRIED_STATE = Rule(
    name="carried-state",
    level=Level.WARNING,
    wants=N_("A point carried to another meeting is postponed, and a postponed one says where to."),
    example="- {id: bourses, title: Bourses, state: postponed, carried_to: pleniere-2013}",
)
TWO_PLENARIES = Rule(
    name="two-plenaries",
    level=Level.WARNING,
    wants=N_("The club meets in plenary once a year."),
    example="type: thematic",
)
HOST_REPEATED = Rule(
    name="host-repeated",
    level=Level.WARNING,
    wants=N_("Hosts take turns: nobody hosts a plenary again before the others have."),
    example="host: academie-lyon",
)
AGENDA_ID_TWICE = Rule(
    name="agenda-id-twice",
    wants=N_("Each point of an agenda, and each action, has an id of its own."),
    example="- {id: bourses, title: Bourses}",
)
HELD_TO_COME = Rule(
    name="held-to-come",
    level=Level.WARNING,  # it goes by the day, which whoever builds may set
    wants=N_("A meeting that was held has a date that is not to come."),
    example="status: held\ndate: 2013-03-27",
)


@check(CARRIED_EARLIER)
def check_carried_earlier(graph: Graph) -> Iterator[Problem]:
    """A point is carried to a meeting whose days do not all come before this one's."""
    for meeting in graph.all(Meeting):
        for index, point in enumerate(meeting.agenda):
            target = graph.get(point.carried_to)
            if target is None:
                continue
            here, there = when_of(meeting), when_of(target)
            if target is meeting or (here and there and there.is_before(here)):
                yield CARRIED_EARLIER.problem(
                    graph.place(meeting, "agenda", index, "carried_to"),
                    N_("the point “{point}” is carried to “{target}”, which is not later"),
                    expected=Message(N_("a later meeting")),
                    nearest=tuple(
                        each.id
                        for each in graph.all(Meeting)
                        if here and (when := when_of(each)) and here.is_before(when)
                    ),
                    record=meeting.key,
                    point=point.title,
                    target=target.title,
                )


@check(CARRIED_STATE)
def check_carried_state(graph: Graph) -> Iterator[Problem]:
    """The state and the destination of a point agree."""
    for meeting in graph.all(Meeting):
        for index, point in enumerate(meeting.agenda):
            if (point.state is AgendaState.POSTPONED) != (point.carried_to is not None):
                yield CARRIED_STATE.problem(
                    graph.place(meeting, "agenda", index, "state"),
                    N_("the point “{point}” is “{state}” and goes to: {target}"),
                    record=meeting.key,
                    point=point.title,
                    state=point.state,
                    target=point.carried_to or "–",
                )


@check(TWO_PLENARIES)
def check_two_plenaries(graph: Graph) -> Iterator[Problem]:
    """Two plenaries in one year break the club's own rule; a made-up one breaks it alone."""
    seen: dict[tuple[int, bool], Meeting] = {}
    for meeting in plenaries(graph):
        when = when_of(meeting)
        if when is None:
            continue
        if other := seen.get((when.year, meeting.example)):
            yield TWO_PLENARIES.problem(
                graph.place(meeting, "date"),
                N_("a second plenary in {year}, after “{other}”"),
                record=meeting.key,
                year=str(when.year),  # no thousands to set apart
                other=other.title,
            )
        for is_judged in (True,) if meeting.example else (True, False):
            seen.setdefault((when.year, is_judged), meeting)


@check(HOST_REPEATED)
def check_host_repeated(graph: Graph) -> Iterator[Problem]:
    """A host comes back once every host known by then has had a turn, and never twice in a row.

    What is made up gives nobody a turn, but among what is made up.
    """
    hosted = [(each, found.id) for each in plenaries(graph) if (found := graph.get(each.host))]
    for is_example in (False, True):
        among = [each for each in hosted if is_example or not each[0].example]
        for place, others in turns([host for _, host in among]).breaches:
            meeting, host = among[place]
            if meeting.example is is_example:
                yield HOST_REPEATED.problem(
                    graph.place(meeting, "host"),
                    N_("“{host}” hosts again before: {others}"),
                    nearest=others,
                    record=meeting.key,
                    host=host,
                    others=others,
                )


@check(AGENDA_ID_TWICE)
def check_agenda_id_twice(graph: Graph) -> Iterator[Problem]:
    """Points and actions are known by their ids, which stand once."""
    for meeting in graph.all(Meeting):
        for field in ("agenda", "actions"):
            seen: set[str] = set()
            for index, part in enumerate(getattr(meeting, field)):
                if part.id in seen:
                    yield AGENDA_ID_TWICE.problem(
                        graph.place(meeting, field, index, "id"),
                        N_("the id “{found}” already stands in this list"),
                        record=meeting.key,
                        found=part.id,
                    )
                seen.add(part.id)


@check(HELD_TO_COME)
def check_held_to_come(graph: Graph) -> Iterator[Problem]:
    """No meeting was held whose first possible day is to come."""
    for meeting in graph.all(Meeting):
        when = when_of(meeting)
        if when and meeting.status is MeetingStatus.HELD and is_to_come(when, graph.today):
            yield HELD_TO_COME.problem(
                graph.place(meeting, "date"),
                N_("the meeting is “{status}”, and its date is to come: {date}"),
                record=meeting.key,
                status=meeting.status,
                date=when,
            )


CHECKS = (
    check_carried_earlier,
    check_carried_state,
    check_two_plenaries,
    check_host_repeated,
    check_agenda_id_twice,
    check_held_to_come,
)
