"""What a wiki lacks, as warnings: the report page in the terminal of whoever tends it.

`club check --wiki` asks for them; a build never does, for none of them is a fault of a proposal.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator

from club.insight.wiki import dead_ends, incomplete, orphans, unwritten
from club.model.graph import Graph
from club.model.message import N_
from club.model.names import PAGE_SUFFIX
from club.model.problem import Level, Place, Problem, Rule
from club.model.record import Record
from club.read.attachments import files_under, is_plain_type
from club.read.load import Club
from club.read.withheld import led_to

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
FILE_FOUND = N_("nothing leads to this file, which is published whoever reads the site")
RULES = (ORPHAN, DEAD_END, TO_COMPLETE)


def unlinked_files(club: Club) -> Iterator[Problem]:
    """The files beside the pages to which nothing leads: whoever reads the site has them."""
    folder, led = club.folder, led_to(club.graph, club.folder.named.site_url)
    for file, about in files_under(folder.root, folder.docs):
        src_uri = file.relative_to(folder.root / folder.docs).as_posix()
        is_beside = stat.S_ISREG(about.st_mode) and is_plain_type(src_uri)
        if not is_beside or src_uri.endswith(PAGE_SUFFIX) or folder.names(src_uri):
            continue
        if folder.publishes(src_uri) and src_uri not in led:
            yield ORPHAN.problem(Place(f"{folder.docs}/{src_uri}"), FILE_FOUND)


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
        place, message, expected=None, record=record.key, title=graph.title(record), **params
    )
