"""From files to a checked graph: find, read, structure, link and check, in one pass."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from club.insight.usage import masked_series
from club.model import structure_rules as rules
from club.model.audience import restrict, with_examples, without_dangling
from club.model.folder import EXCEPTIONS, ClubFolder, is_one_record
from club.model.graph import Graph, Node
from club.model.kind import Kind
from club.model.lost_words import lost_words
from club.model.own_rules import BAD_CATALOGUE, WRONG_SLOTS
from club.model.problem import Level, Problem
from club.model.record import Audience, Examples, Reader, Record
from club.model.source import Keys, read
from club.model.structure import Raw, structure
from club.read.audience_slips import slipped_audiences
from club.read.checks import found_by
from club.read.exceptions import (
    UNUSED_EXCEPTION,
    KnownException,
    check_exceptions,
    read_exceptions,
)
from club.read.files import data_files, raw_records
from club.read.mappings import check_mappings
from club.read.pages import check_stale, read_pages
from club.read.queries import query_problems, with_query_links
from club.read.references import Written, broken_references, unknown_references, with_bodies
from club.read.series import read_series
from club.read.settings import day_of
from club.read.small_counts import (
    check_masked_values,
    check_members_figures,
    check_small_counts,
)
from club.read.tables import with_tables
from club.read.texts import heavy_texts


@dataclass(frozen=True, slots=True)
class Club:
    """Everything the files say: the graph of sound records, and every problem found."""

    folder: ClubFolder
    graph: Graph
    problems: tuple[Problem, ...]
    exceptions: tuple[KnownException, ...] = ()
    written: Written = field(default_factory=Written)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that make the data unfit to publish."""
        return tuple(each for each in self.problems if each.rule.level is Level.ERROR)

    @property
    def stopping(self) -> tuple[Problem, ...]:
        """The errors no site can be made with: a link that leads nowhere only shows its words.

        Where words of the club's own cannot be said, ours are.
        """
        links = (rules.UNKNOWN_LINK, rules.UNKNOWN_SECTION, rules.WITHHELD_FILE)
        harmless = (*links, BAD_CATALOGUE, WRONG_SLOTS)
        return tuple(each for each in self.errors if each.rule not in harmless)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The doubts that no exception explains."""
        return tuple(each for each in self.problems if each.rule.level is Level.WARNING)

    def with_problems(self, found: Iterable[Problem]) -> Club:
        """The same club with the problems *found* since, less the known exceptions."""
        more, _ = check_exceptions(found, self.exceptions)
        every = [*self.problems, *more]
        if any(each.rule.level is Level.ERROR for each in more):
            # What an error hides would look like a warning that is gone.
            every = [each for each in every if each.rule is not UNUSED_EXCEPTION]
        return replace(self, problems=tuple(sorted(every, key=lambda each: each.sort_key)))

    def restricted(self, audience: Audience, examples: Examples = Examples.SHOWN) -> Graph:
        """The graph that *audience* may read, on a site where *examples* are shown or hidden."""
        reader = Reader(audience, examples)
        if reader.reads_everything:
            return self.graph
        return self._with(restrict(self.graph.nodes, reader), reader)

    def sound(self, graph: Graph) -> Graph:
        """*graph*, one of this club, less what no page can be made of while there are errors.

        References that lead nowhere go, with what cannot stand without them, and so do records and
        pages whose texts could take minutes to convert.
        """
        if not self.stopping:
            return graph
        heavy = {each.record for each in self.problems if each.rule in rules.TOO_HEAVY}
        return self._with(without_dangling(graph.nodes, heavy), graph.reader)

    def _with(self, nodes: Iterable[Node], reader: Reader) -> Graph:
        return with_query_links(Graph(nodes, self.folder.registry, like=self.graph, reader=reader))

    def is_unread(self, record: Record) -> bool:
        """Whether *record*, of a version of the club, stands in these files with faults."""
        if record.is_page:
            return self.graph.names.page(record.id) is None and record.id in self.written.ids
        is_here = self.graph.find(record.id) is not None
        return not is_here and self.written.may_hold(record.id, (record.kind,))

    @property
    def is_whole(self) -> bool:
        """Whether every record and page that the files hold could be read."""
        names = self.graph.names
        return not self.written.unread_kinds and all(
            names.record(id) or names.page(id or "index") for id in self.written.ids
        )


def load(
    folder: ClubFolder,
    progress: Callable[[int], None] = lambda count: None,
    *,
    today: date | None = None,
) -> Club:
    """Reads and checks every record and page of *folder*; never raises for bad data.

    *progress* is told how many records have been read, file after file. What depends on the day is
    checked when *today* is given.
    """
    with _out_of_the_collectors_way():
        return _load(folder, progress, today)


class _Aside:
    count = 100_000
    """How many objects were left the last time that the collector looked through them."""


@contextmanager
def _out_of_the_collectors_way() -> Iterator[None]:
    """Records make no cycles: the collector waits, then leaves what was read alone.

    Walking thousands of records again and again took a fifth of a build. What earlier readings put
    aside is given back first, and looked through once there is twice as much of it as the last
    time: pages made of them do make cycles, which `mkdocs serve` would keep for ever.
    """
    was_enabled = gc.isenabled()
    aside = gc.get_freeze_count()
    gc.unfreeze()
    if aside > 2 * _Aside.count:
        gc.collect()
        _Aside.count = len(gc.get_objects())
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def _load(folder: ClubFolder, progress: Callable[[int], None], today: date | None) -> Club:
    problems: list[Problem] = []
    nodes: list[Node] = []
    broken: list[tuple[Raw, Kind[Record]]] = []
    written = Written()
    for path, kind in data_files(folder, problems):
        source = read(folder.root, path, is_collection=not is_one_record(path))
        problems += source.problems
        problems += lost_words(path, source.text) if source.content is not None else ()
        raws = list(raw_records(source, kind, problems))
        written.add(source, raws, kind)
        for node in _structured(raws, kind, problems, broken):
            nodes.append(node)
            progress(len(nodes))
    sound = with_bodies(folder, list(_unique(nodes, problems)), written, problems)
    sound = with_examples(with_tables(folder, sound, broken, problems))
    pages = read_pages(folder, problems, written.ids)
    graph = Graph([*sound, *pages], folder.registry, today=today)
    problems += heavy_texts(graph)
    problems += slipped_audiences(graph)
    problems += unknown_references(graph, written)
    problems += broken_references(broken, graph, written)
    figures, faults = read_series(folder, graph, written, today, day_of(""))
    problems += faults
    problems += check_mappings(folder, graph, written)
    graph = graph.with_series(masked_series(figures, graph, folder.least_count))
    problems += query_problems(graph)
    problems += check_stale(graph, today) if today else ()
    problems += check_small_counts(graph, folder.least_count)
    problems += check_masked_values(graph, figures, folder.least_count)
    problems += check_members_figures(graph)
    graph = with_query_links(graph)
    for check in folder.registry.every_check:
        problems += found_by(check, graph)
    exceptions, faults = read_exceptions(folder.root, EXCEPTIONS)
    problems += faults
    shown, unused = check_exceptions(problems, exceptions)
    if any(each.rule.level is Level.ERROR for each in shown):
        unused = []  # what an error hides would look like a warning that is gone
    told = sorted([*shown, *unused], key=lambda each: each.sort_key)
    return Club(folder, graph, tuple(told), tuple(exceptions), written)


def _structured(
    raws: Iterable[Raw],
    kind: Kind[Record],
    problems: list[Problem],
    broken: list[tuple[Raw, Kind[Record]]],
) -> Iterator[Node]:
    for raw in raws:
        found = structure(raw, kind.model)
        if isinstance(found, list):
            problems += found
            broken.append((raw, kind))
        else:
            yield Node(found, raw)


def _unique(nodes: list[Node], problems: list[Problem]) -> Iterator[Node]:
    first_by_id: dict[str, tuple[Node, Keys]] = {}
    for node in nodes:
        taken = False
        names: list[tuple[str, Keys]] = [(node.record.id, ())]
        names += [(alias, ("aliases", index)) for index, alias in enumerate(node.record.aliases)]
        for id, keys in names:
            if id in first_by_id:
                taken = True
                first, first_keys = first_by_id[id]
                problems.append(
                    rules.DUPLICATE_ID.problem(
                        node.raw.place(keys),
                        rules.DUPLICATE_ID_FOUND,
                        found=id,
                        other=str(first.raw.place(first_keys)),
                        record=node.record.key,
                    )
                )
            else:
                first_by_id[id] = (node, keys)
        if not taken:
            yield node


def record_files(folder: ClubFolder) -> list[tuple[str, Kind[Record]]]:
    """Each file that holds records, with their kind."""
    return list(data_files(folder, []))


def written_ids(folder: ClubFolder) -> set[str]:
    """Every id and alias that stands in the files, even of records with faults."""
    written = Written()
    for path, kind in record_files(folder):
        source = read(folder.root, path, is_collection=not is_one_record(path))
        written.add(source, list(raw_records(source, kind, [])), kind)
    return written.ids
