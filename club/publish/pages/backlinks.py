"""What links here: everything that points to a record or a page, gathered by relation."""

from __future__ import annotations

from club.model.field import fields_of
from club.model.graph import PAGES, Backlink, Graph
from club.model.message import N_, Message
from club.model.record import Record
from club.model.registry import Registry
from club.model.view import Fact
from club.model.viewing import link

RELATION = N_("{kind} – {field}")
PAGES_LABEL = N_("pages")


def backlinks(
    record: Record, graph: Graph, listed: frozenset[str] = frozenset()
) -> tuple[Fact, ...]:
    """The records and pages that point to *record*, less those of the collections *listed*."""
    groups: dict[tuple[str, str], dict[str, Record]] = {}
    for each in graph.backlinks(record):
        if each.record.collection in listed or each.record is record:
            continue
        key = (each.record.collection, _field(each))
        groups.setdefault(key, {})[each.record.id] = each.record
    label_by_collection = labels(graph.registry)
    rank = {collection: place for place, collection in enumerate(label_by_collection)}
    return tuple(
        Fact(
            _label(label_by_collection[collection], field),
            tuple(link(one, among=graph) for one in groups[collection, field].values()),
        )
        for collection, field in sorted(groups, key=lambda key: (rank[key[0]], key[1]))
    )


def _field(backlink: Backlink) -> str:
    """The label of the field that points; nothing for a link inside a text."""
    field = fields_of(backlink.record.__class__).get(backlink.field)
    return "" if backlink.in_text or field is None else field.label


def labels(registry: Registry) -> dict[str, str]:
    """What a reader calls each collection, in their order, then the pages of the wiki."""
    return {kind.collection: kind.plural for kind in registry.kinds} | {PAGES: PAGES_LABEL}


def _label(collection: str, field: str) -> Message:
    kind = Message(collection)
    return Message(RELATION, {"kind": kind, "field": Message(field)}) if field else kind
