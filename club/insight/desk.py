"""The desk of a project or an organisation: what awaits it, and what is expected of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from club.insight.actions import Agreed, actions_due, actions_in
from club.insight.claims import disputed
from club.insight.families import family_order
from club.insight.positions import FOR, LEFT, Stated, stated_on, stated_on_open, voters
from club.insight.presence import gone
from club.insight.vendor import Side, on
from club.model.claims import used
from club.model.dates import is_past
from club.model.field import field_of, fields_of
from club.model.fields import Claim
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.problem import Place
from club.model.record import Record
from club.model.view import Counted, DeskView, Link
from club.model.viewing import claim, counted, label_of, link, newest, shown, url_of
from club.records.comparison.model import Comparison
from club.records.meeting.model import ActionStanding, Meeting
from club.records.offer.model import Offer, OfferState
from club.records.organisation.model import Organisation
from club.records.project.model import Project
from club.records.request.model import Request, Stance
from club.records.service.model import Service

DESKS_URL = "desk/"
A_YEAR = timedelta(days=365)
"""After so long, a value that moves is to be read again."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something that awaits: *what*, what is known *about* it, and where one writes it down."""

    what: Link | Message | str
    about: tuple[object, ...] = ()
    place: Place | None = None
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The tasks of one sort: what is *expected* in each, and *how* its edit link is called.

    Those that are one piece of work, written at one *place*, count as one.
    """

    id: str
    title: str
    expected: Message
    how: str
    tasks: tuple[Task, ...]
    place: Place | None = None
    is_one: bool = False

    @property
    def count(self) -> Counted:
        """How much work it is, and how much of it is made up."""
        if self.is_one:
            is_made_up = all(each.is_example for each in self.tasks)
            return Counted(1, int(is_made_up)) if self.tasks else Counted(0)
        return self.held

    @property
    def held(self) -> Counted:
        """How many tasks there are, and how many of them are made up."""
        return Counted(len(self.tasks), sum(each.is_example for each in self.tasks))


@dataclass(frozen=True, slots=True)
class Desk:
    """What awaits *subject*: the sorts of tasks of which there is one at least."""

    subject: Project | Organisation
    groups: tuple[Group, ...]

    @property
    def count(self) -> Counted:
        """How much there is to do, and how much of it is made up."""
        counts = [each.count for each in self.groups]
        return Counted(sum(each.count for each in counts), sum(each.examples for each in counts))


def desk_url(record: Record) -> str:
    """Where the desk of *record* is."""
    return f"{url_of(record)}{DESKS_URL}"


def desk_view(desk: Desk) -> DeskView:
    """The way to *desk*, with how much awaits there."""
    subject = desk.subject
    former = (f"{subject.collection}/{each}/{DESKS_URL}" for each in subject.aliases)
    to_desk = Link(subject.name, desk_url(subject), is_example=subject.example)
    return DeskView(to_desk, desk.count, tuple(former))


def project_desks(graph: Graph) -> tuple[Desk, ...]:
    """A desk for each project that takes positions or is alive, by name."""
    return graph.once(_project_desks)


def organisation_desks(graph: Graph) -> tuple[Desk, ...]:
    """A desk for each organisation that carries such a project or owns an action, by name."""
    return graph.once(_organisation_desks)


def _project_desks(graph: Graph) -> tuple[Desk, ...]:
    asked = {each.id for each in voters(graph)}
    found = [
        each
        for each in graph.all(Project)
        if each.id in asked or (each.state not in LEFT and not gone(each))
    ]
    club = graph.once(Club)
    ordered = sorted(found, key=lambda each: (each.name.casefold(), each.id))
    return tuple(_desk(each, _of_project(each, club)) for each in ordered)


def _organisation_desks(graph: Graph) -> tuple[Desk, ...]:
    club = graph.once(Club)
    carrying = {
        organisation.id: organisation
        for desk in project_desks(graph)
        if isinstance(desk.subject, Project)
        for carrier in desk.subject.carriers
        if (organisation := graph.get(carrier.organisation))
    }
    actions = (each for meeting in graph.all(Meeting) for each in meeting.actions)
    acting = {each.id: each for action in actions if (each := graph.get(action.owner))}
    found = {**carrying, **acting}.values()
    ordered = sorted(found, key=lambda each: (each.name.casefold(), each.id))
    return tuple(_desk(each, _of_organisation(each, club)) for each in ordered)


def carried(organisation: Organisation, graph: Graph) -> tuple[Desk, ...]:
    """The desks of the projects that *organisation* carries."""
    projects = {each.id for each in graph.pointing(organisation, Project, "carriers")}
    return tuple(each for each in project_desks(graph) if each.subject.id in projects)


class Club:
    """What every desk looks up, worked out once."""

    def __init__(self, graph: Graph) -> None:
        """*graph* is already restricted to its audience."""
        self.graph = graph
        self.positions = [
            (_position(request, stated, graph), {each.project.id for each in stated})
            for request, stated in sorted(stated_on_open(graph), key=_urgency)
        ]
        self.asked_back = [(each, _asked(each, graph)) for each in on(Side.DETAILS, graph)]
        self.due = _by_owner(actions_due(graph), graph)
        self.untold = _by_owner(actions_in({ActionStanding.UNTOLD}, graph), graph)
        self.voters = {each.id for each in voters(graph)}
        internal = [each for each in graph.all(Service) if not each.external]
        self.services = sorted(internal, key=lambda each: family_order(each, graph))


def _by_owner(actions: tuple[Agreed, ...], graph: Graph) -> Mapping[str, list[Agreed]]:
    found: dict[str, list[Agreed]] = defaultdict(list)
    for each in actions:
        if owner := graph.get(each.action.owner):
            found[owner.id].append(each)
    return found


def _asked(request: Request, graph: Graph) -> set[str]:
    """The projects from which the club expects details of *request*: where it comes from.

    Where nobody wrote that down, those that want it.
    """
    if origin := graph.get(request.origin):
        return {origin.id}
    return {each.project.id for each in stated_on(request, graph) if each.position.stance in FOR}


def _desk(subject: Project | Organisation, groups: Iterable[Group]) -> Desk:
    """The desk of *subject*, less what there is nothing of; all is made up where it is."""
    kept = tuple(each for each in groups if each.tasks)
    return Desk(subject, tuple(map(_made_up, kept)) if subject.example else kept)


def _made_up(group: Group) -> Group:
    return replace(group, tasks=tuple(replace(each, is_example=True) for each in group.tasks))


def _of_project(project: Project, club: Club) -> Iterator[Group]:
    graph = club.graph
    found = (graph.get(each.organisation) for each in project.carriers)
    carriers = tuple({each.id: each for each in found if each}.values())
    if project.id in club.voters:
        yield _positions(project, club)
    yield _details(project, club)
    yield from _actions(carriers, club)
    yield _contradicted(project, graph)
    yield _unknown(project, graph)
    yield _stale(project, graph)
    if project.id in club.voters and graph.registry.has(Offer):
        yield _offers(project, club)


def _of_organisation(organisation: Organisation, club: Club) -> Iterator[Group]:
    yield from _actions((organisation,), club)
    yield _contradicted(organisation, club.graph)
    yield _unknown(organisation, club.graph)
    yield _stale(organisation, club.graph)


def _positions(project: Project, club: Club) -> Group:
    return Group(
        "positions",
        N_("Positions to give"),
        Message(
            N_("Expected: a position, from “{first}” to “{last}”, and its reason."),
            {"first": Stance.ESSENTIAL, "last": Stance.NOT_CONCERNED},
        ),
        N_("Give the position"),
        tuple(task for task, given_by in club.positions if project.id not in given_by),
    )


def _urgency(asked: tuple[Request, tuple[Stated, ...]]) -> tuple[bool, int]:
    """A true request comes before an example, then the one that most projects are for."""
    request, stated = asked
    return request.example, -sum(each.position.stance in FOR for each in stated)


def _position(request: Request, stated: tuple[Stated, ...], graph: Graph) -> Task:
    wanting = counted(each.project for each in stated if each.position.stance in FOR)
    about = (request.state, Message(N_("for: {count}"), {"count": wanting}))
    return Task(link(request), about, graph.place(request, "positions"), request.example)


def _details(project: Project, club: Club) -> Group:
    return Group(
        "details",
        N_("The vendor asks for details"),
        Message(N_("Expected: what it asks, written into the need of the request.")),
        N_("Say more"),
        tuple(
            Task(
                link(each),
                (Message(N_("asked: {date}"), {"date": last.date}),) if last.date else (),
                club.graph.place(each, "need"),
                each.example,
            )
            for each, asked in club.asked_back
            if project.id in asked
            for last in each.answers[-1:]
        ),
    )


def _actions(owners: tuple[Organisation, ...], club: Club) -> Iterator[Group]:
    """Those that are due, then those so old that nobody is reproached with them."""
    expected = Message(N_("Expected: the action marked as done or dropped, or another day for it."))
    for id, title, by_owner in (
        ("actions", N_("Actions due"), club.due),
        ("untold", N_("Actions of which nobody told the outcome"), club.untold),
    ):
        found = [due for each in owners for due in by_owner.get(each.id, ())]
        tasks = tuple(_action(each, club.graph) for each in found)
        yield Group(id, title, expected, N_("Say where it stands"), tasks)


def _action(due: Agreed, graph: Graph) -> Task:
    index = due.meeting.actions.index(due.action)
    owner = graph.get(due.action.owner)
    about = (due.standing, due.action.due, link(owner) if owner else None, link(due.meeting))
    place = graph.place(due.meeting, "actions", index)
    return Task(due.action.what, tuple(each for each in about if each), place, due.meeting.example)


def _contradicted(record: Project | Organisation, graph: Graph) -> Group:
    return Group(
        "contradicted",
        N_("Sources disagree"),
        Message(N_("Expected: which value holds, or what each one counts and when.")),
        N_("Settle it"),
        (*_disputed_fields(record, graph), *_disputed_cells(record, graph)),
    )


def _disputed_fields(record: Record, graph: Graph) -> Iterator[Task]:
    for name, field in fields_of(record.__class__).items():
        held = getattr(record, name)
        if field.is_claim and isinstance(held, tuple) and disputed(held):
            said = Message(field.label)
            place = graph.place(record, name)
            yield Task(said, shown(graph, record, name), place, record.example)


def _disputed_cells(record: Record, graph: Graph) -> Iterator[Task]:
    for comparison in graph.pointing(record, Comparison, "cells"):
        labels = {each.id: each.label for each in comparison.criteria}
        for index, cell in enumerate(comparison.cells):
            if graph.get(cell.subject) is record and disputed(cell.claim):
                title = labels.get(cell.criterion, cell.criterion)
                yield Task(
                    link(comparison, title=title),
                    tuple(_evidence(each, comparison, index, graph) for each in cell.claim),
                    graph.place(comparison, "cells", index),
                    comparison.example,
                )


def _evidence(stated: Claim[Any], comparison: Comparison, index: int, graph: Graph) -> object:
    return claim(graph, stated, graph.place(comparison, "cells", index))


def _unknown(record: Project | Organisation, graph: Graph) -> Group:
    kind = graph.registry.by_collection[record.collection]
    return Group(
        "unknown",
        N_("Unknown so far"),
        Message(N_("Expected: what you know of it, with its document and its date.")),
        N_("Write it down"),
        tuple(
            Task(
                Message(label_of(record.__class__, name)),
                (Message(fields_of(record.__class__)[name].help),),
                graph.place(record),
                record.example,
            )
            for name in record.awaited()
            if name not in kind.left_out and getattr(record, name) in (None, ())
        ),
    )


def _stale(record: Project | Organisation, graph: Graph) -> Group:
    return Group(
        "stale",
        N_("More than a year old"),
        Message(N_("Expected: the value of today, beside the former one, which becomes history.")),
        N_("Bring up to date"),
        tuple(
            Task(
                Message(label_of(record.__class__, name)),
                newest(graph, record, name),
                graph.place(record, name),
                record.example,
            )
            for name in record.awaited()
            if _is_stale(record, name, graph)
        ),
    )


def _is_stale(record: Record, name: str, graph: Graph) -> bool:
    """Whether its latest value is that of more than a year ago, and awaits no settling first."""
    claims = getattr(record, name) if field_of(record.__class__, name).is_claim else ()
    if disputed(claims):
        return False
    latest = used(claims)
    known_for = latest.as_of if latest else record.known_for(name)
    return graph.today is not None and is_past(known_for, graph.today - A_YEAR)


def _offers(project: Project, club: Club) -> Group:
    graph = club.graph
    told = {
        graph[each.service].id
        for each in graph.pointing(project, Offer, "project")
        if each.state is not OfferState.UNKNOWN
    }
    every = graph.all(Offer)
    missing = [each for each in club.services if each.id not in told]
    return Group(
        "offers",
        N_("Services of which nobody has written whether you have them"),
        Message(N_("Expected: an offer for each: available, partial, planned or absent.")),
        N_("Add an offer"),
        tuple(Task(link(each), is_example=project.example) for each in missing),
        graph.place(every[-1]) if every else None,
        is_one=True,
    )
