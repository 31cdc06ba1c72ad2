"""What no reader would see of the texts of a club, as it is taken out of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from club.model import structure_rules as rules
from club.model.problem import Problem
from club.publish.html.markdown import TextConverter
from club.publish.html.taken_out import is_suspect, taken_out
from club.publish.html.wiki import WikiConverter
from club.publish.words.language import Words
from club.read.load import Club
from club.read.texts import place_in, texts_of_node


def check_taken_out(club: Club) -> Iterator[Problem]:
    """Each part of a text that is taken out of its page; few texts are converted for it."""
    graph = club.graph
    texts = cache(partial(TextConverter, "en"))  # most clubs need none
    pages = WikiConverter(graph, graph, Words("en"), club.folder.named.extensions)
    for node in graph.nodes:
        record = node.record
        for text, keys in texts_of_node(node):
            if not is_suspect(text):
                continue
            try:
                html = pages.written(record.id, text) if record.is_page else texts().written(text)
            except ImportError:  # of an extension: the build tells it
                continue
            for each in taken_out(text, html):
                yield rules.TAKEN_OUT.problem(
                    place_in(node, keys, text, each.start),
                    each.message,
                    expected=each.expected,
                    nearest=each.nearest,
                    record=record.key,
                    found=each.found,
                    tag=each.part.tag,
                )
