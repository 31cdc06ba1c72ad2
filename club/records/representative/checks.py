"""Rules about representatives: nobody is named who did not agree to it."""

from __future__ import annotations

from collections.abc import Iterator

from club.insight.representation import is_stranger
from club.model.dates import is_to_come
from club.model.graph import Graph
from club.model.kind import check
from club.model.message import N_
from club.model.problem import Level, Problem, Rule
from club.records.representative.model import Consent, Representative

NAME_CONSENT = Rule(
    name="name-consent",
    wants=N_("A person is named with a consent, given and not withdrawn, or not at all."),
    example="person: …\nconsent: {basis: form kept by the club, date: 2026-09-01}",
)

STRANGER = Rule(
    name="representative-project",
    wants=N_(
        "Who speaks for a project is of an organisation that has a part in it: a carrier, an"
        " academy, the maker of its platform, a side of its contracts."
    ),
    example="organisation: academie-toulouse\nprojects: ent-mip",
    level=Level.WARNING,
)


@check(STRANGER)
def check_stranger(graph: Graph) -> Iterator[Problem]:
    """An organisation speaks for no project of others; where nothing is known, it may."""
    for each in graph.all(Representative):
        own = graph.get(each.organisation)
        for index, reference in enumerate(each.projects):
            project = graph.get(reference)
            if own and project and is_stranger(own, project, graph):
                yield STRANGER.problem(
                    graph.place(each, "projects", index),
                    N_("the records give “{organisation}” no part in “{project}”"),
                    record=each.key,
                    organisation=own.id,
                    project=project.id,
                )


@check(NAME_CONSENT)
def check_name_consent(graph: Graph) -> Iterator[Problem]:
    """A role needs no name; a name needs a consent."""
    for each in graph.all(Representative):
        if each.person is None:
            continue
        if each.consent and not each.consent.withdrawn:
            yield from _to_come(each, each.consent, graph)
            continue
        place = graph.place(each, "person")
        if each.consent is None:
            none = N_("a person is named, and no consent is written down")
            yield NAME_CONSENT.problem(place, none, record=each.key)
        else:
            gone = N_("a person is named, whose consent was withdrawn on {date}")
            date = str(each.consent.withdrawn)
            yield NAME_CONSENT.problem(place, gone, record=each.key, date=date)


def _to_come(representative: Representative, consent: Consent, graph: Graph) -> Iterator[Problem]:
    """A consent that is yet to be given allows nothing: of several days, one may be past."""
    if is_to_come(consent.date, graph.today):
        yield NAME_CONSENT.problem(
            graph.place(representative, "consent", "date"),
            N_("a person is named, whose consent is dated to come: {date}"),
            record=representative.key,
            date=str(consent.date),
        )


CHECKS = (check_name_consent, check_stranger)
