"""Who carries a project, and the shared mailboxes at which one reaches them."""

from __future__ import annotations

from club.model.graph import Graph
from club.model.view import Link
from club.records.organisation.model import Organisation
from club.records.project.model import CarrierRole, Project


def carriers(project: Project, graph: Graph, role: CarrierRole | None = None) -> list[Organisation]:
    """The organisations that carry *project*, in that *role* if one is given."""
    return [
        found
        for each in project.carriers
        if (role is None or each.role is role) and (found := graph.get(each.organisation))
    ]


def reachable(project: Project, graph: Graph) -> list[Organisation]:
    """Those of its carriers that have a shared mailbox."""
    return [each for each in carriers(project, graph) if each.contact]


def mailbox(organisation: Organisation, note: str = "") -> Link:
    """How one writes to *organisation*, which has a mailbox."""
    return Link(str(organisation.contact), f"mailto:{organisation.contact}", note, is_external=True)
