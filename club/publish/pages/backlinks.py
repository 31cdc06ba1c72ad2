"""What links here: everything that points to a record or a page, gathered by relation."""

from __future__ import annotations

from club.model.graph import PAGES, Backlink, Graph
from club.model.message import N_, Message
from club.model.record import Record
from club.model.view import Fact
from club.model.viewing import link
from club.records.registry import KINDS

RELATION = N_("{kind} – {field}")
PAGES_LABEL = N_("pages")
ORDER = {collection: index for index, collection in enumerate([k.collection for k in KINDS])}
LABELS = {kind.collection: kind.plural for kind in KINDS} | {PAGES: PAGES_LABEL}


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
    return tuple(
        Fact(_label(*key), tuple(link(one) for one in groups[key].values()))
        for key in sorted(groups, key=lambda key: (ORDER.get(key[0], len(ORDER)), key[1]))
    )


def _field(backlink: Backlink) -> str:
    """The label of the field that points; nothing for a link inside a text."""
    field = backlink.record.__class__.model_fields.get(backlink.field)
    return "" if backlink.in_text or field is None else str(field.title or backlink.field)


def _label(collection: str, field: str) -> Message:
    kind = Message(LABELS[collection])
    return Message(RELATION, {"kind": kind, "field": Message(field)}) if field else kind
