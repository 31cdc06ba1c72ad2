"""What a wiki lacks, as warnings: the report page in the terminal of whoever tends it.

`club check --wiki` asks for them; a build never does, for none of them is a fault of a proposal.
"""

from __future__ import annotations

from collections.abc import Iterator

from club.insight.wiki import dead_ends, incomplete, orphans, unwritten
from club.model.graph import Graph
from club.model.message import N_
from club.model.problem import Level, Problem, Rule
from club.model.record import Record

ORPHAN = Rule(
    name="orphan",
    level=Level.WARNING,
    wants=N_("A record or a page is linked from another, so that readers come across it."),
    example="[[charte]]",
)
DEAD_END = Rule(
    name="dead-end",
    level=Level.WARNING,
    wants=N_("A record or a page links to another, so that readers can go on."),
    example="[[pleniere-2013]]",
)
TO_COMPLETE = Rule(
    name="to-complete",
    level=Level.WARNING,
    wants=N_("A heading has a text below it, and an axis has something written on it."),
    example="## Le contexte\n\nDeux lignes suffisent.",
)
RULES = (ORPHAN, DEAD_END, TO_COMPLETE)


def upkeep(graph: Graph, in_navigation: frozenset[str]) -> Iterator[Problem]:
    """Orphans, dead ends and what is to complete in *graph*, each where it is written."""
    for record in orphans(graph, in_navigation):
        yield _problem(graph, ORPHAN, record, N_("nothing leads to “{title}”"))
    for record in dead_ends(graph):
        yield _problem(graph, DEAD_END, record, N_("“{title}” leads nowhere"))
    for record in unwritten(graph):
        yield _problem(graph, TO_COMPLETE, record, N_("nothing is written on “{title}” yet"))
    for each in incomplete(graph):
        headings = ", ".join(heading.title for heading in each.headings)
        yield _problem(
            graph,
            TO_COMPLETE,
            each.record,
            N_("nothing stands below these headings of “{title}”: {headings}"),
            headings=headings,
        )


def _problem(graph: Graph, rule: Rule, record: Record, message: str, **params: str) -> Problem:
    place = graph.place(record)
    return rule.problem(
        place, message, expected=None, record=record.key, title=record.title_text, **params
    )
