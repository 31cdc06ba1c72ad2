"""Figures of requests in words: each explains itself."""

from __future__ import annotations

from club.insight.convergence import Book, Case
from club.insight.delivery import Delivery, Usable
from club.insight.positions import Stated
from club.model.message import N_, Message
from club.model.viewing import link, links
from club.records.project.model import Project

ONLY_EXAMPLES = N_("The club holds no true request that is open: what follows is made up.")


def explained(case: Case, found: Book) -> Message:
    """How many projects want a request, of how many, with their schools, and who is missing."""
    wanting = [each.project for each in case.supports]
    equipped = found.schools(wanting)
    about = {
        "count": len(wanting),
        "total": len(found.projects),
        "schools": equipped.of_some,
        "every": equipped.of_all,
    }
    one = N_("{count} project of {total}, {schools} of {every} schools")
    several = N_("{count} of {total} projects, {schools} of {every} schools")
    if len(equipped.unknown) == len(found.projects):
        one, several = N_("{count} project of {total}"), N_("{count} of {total} projects")
    elif equipped.of_some < 2:
        one = N_("{count} project of {total}, {schools} school of {every}")
        several = N_("{count} of {total} projects, {schools} school of {every}")
    said = Message(one if len(wanting) < 2 else several, about)
    if 0 < len(equipped.unknown) < len(found.projects):
        without = {"said": said, "names": links(equipped.unknown)}
        said = Message(N_("{said} (without those of {names}, of unknown number)"), without)
    if case.not_concerned:
        names = links(each.project for each in case.not_concerned)
        said = Message(N_("{said}; not concerned: {names}"), {"said": said, "names": names})
    if not case.missing:
        return said
    return Message(N_("{said}; missing: {names}"), {"said": said, "names": links(case.missing)})


def rank(case: Case, found: Book) -> int | Message:
    """The rank of a request, or the range it lies in until every project has spoken."""
    best, worst = found.ranks[case.request.id]
    if best == worst:
        return best
    return Message(N_("{best} to {worst}"), {"best": best, "worst": worst})


def reason(stated: Stated) -> Message:
    """What a project said of a request, and why if it gave its reason."""
    why = stated.position.reason
    about = {"project": link(stated.project), "stance": stated.position.stance, "reason": why}
    said = N_("{project}: {stance} – {reason}") if why else N_("{project}: {stance}")
    return Message(said, about)


def usable(delivery: Delivery, projects: tuple[Project, ...]) -> Message:
    """In how many of *projects* what was delivered can be used, and of which nobody knows."""
    there = delivery.among(projects, Usable.YES)
    about = {"version": delivery.version, "count": len(there), "total": len(projects)}
    one = N_("delivered in {version}; usable in {count} project of {total}")
    several = N_("delivered in {version}; usable in {count} projects of {total}")
    said = Message(one if len(there) < 2 else several, about)
    unknown = delivery.among(projects, Usable.UNKNOWN)
    if not unknown:
        return said
    return Message(N_("{said}; version unknown: {names}"), {"said": said, "names": links(unknown)})
