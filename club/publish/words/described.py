"""How two versions of a record differ, field by field, for whoever reviews them."""

from __future__ import annotations

from club.history.changes import record_changes
from club.model.graph import Graph
from club.model.message import Message
from club.model.record import Record
from club.publish.words.items import item_titles
from club.publish.words.language import Words
from club.publish.words.sentences import Teller
from club.review.consequences import Describe, changed_fields


def describer(words: Words) -> Describe:
    """Tells field by field how a record differs between two graphs.

    Where something was taken out for the audience, only the names of the fields are told: the
    mappings as written hold more than it may read.
    """

    def describe(old: Record, new: Record, before: Graph, after: Graph) -> tuple[Message, ...]:
        was, now = before.node(old), after.node(new)
        if was.is_cut or now.is_cut:
            return changed_fields(old, new, before, after)

        def title_of(id: str) -> str:
            graph = after if after.find(id) else before
            found = graph.find(id)
            return graph.title(found) if found else id

        teller = Teller(words, title_of, after.registry, lambda _: item_titles(new))
        told = record_changes(new.__class__, new.key, was.raw.block, now.raw.block)
        sentences = tuple(each for change in told for each in teller.sentences(change))
        return sentences or changed_fields(old, new, before, after)

    return describe
