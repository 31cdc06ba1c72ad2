"""Figures of requests in words: each explains itself."""

from __future__ import annotations

from club.insight.convergence import Book, Case
from club.insight.delivery import Delivery, Usable
from club.insight.positions import Stated
from club.insight.vendor import Coming, coming, to_come
from club.model.claims import used
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import Link, SectionView
from club.model.viewing import link, links, section
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


PROMISED = N_("{version}, promised")
NO_VERSION = N_(
    "The version of this project is not written down: which of these it has already is not known."
)


def to_come_section(project: Project, graph: Graph) -> SectionView | None:
    """What later versions bring to *project*, or what versions bring while its own is unknown."""
    is_unknown = used(project.platform_version) is None
    found = coming(graph) if is_unknown and project.platform else to_come(project, graph)
    said = (Message(NO_VERSION),) if is_unknown and found else ()
    return section(
        "to-come",
        Message(N_("What later versions will bring")),
        *said,
        *(coming_link(each) for each in found),
        layout="list",
    )


def coming_link(coming: Coming) -> Link:
    """The request that a version brings, with the version, and that it is only promised."""
    about = {"version": coming.version}
    return link(coming.request, Message(PROMISED, about) if coming.is_promised else coming.version)
