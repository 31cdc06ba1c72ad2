"""All records together: references resolved, back-links filled, once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from club.model.fields import Citation, Reference
from club.model.markup import Fence, file_links, line_and_column
from club.model.names import TABLES, Names, file_target
from club.model.pointers import Pointer, links_of, pointers
from club.model.problem import Place
from club.model.record import Reader, Record
from club.model.series import Observation
from club.model.source import Keys
from club.model.structure import Raw

if TYPE_CHECKING:
    from club.model.registry import Registry

R = TypeVar("R", bound=Record)
T = TypeVar("T")
PAGES = "pages"
TEXT = "text"
"""The field of a wiki page that holds its text, line for line as in its file."""
BODY = ("docs",)
"""The keys of what stands in the long text of a record."""


@dataclass(frozen=True, slots=True)
class Body:
    """The long text of a record, from `docs/<collection>/<id>.md`."""

    markdown: str
    path: str


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table that a record names, as its file holds it."""

    path: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Node:
    """A record or a wiki page, the raw mapping that knows its lines, and its long text if any.

    *is_cut* tells that parts for members were taken out, so that items no longer count alike;
    *queries* are the query blocks of the page, each with what the language of queries made of it.
    """

    record: Record
    raw: Raw
    is_cut: bool = False
    body: Body | None = None
    queries: tuple[tuple[Fence, Any], ...] = ()
    tables: tuple[TableFile, ...] = ()

    def place(self, keys: Keys) -> Place:
        """Where *keys* stand; in a list that was cut, where the list stands."""
        return self.raw.place(self._countable(keys) if self.is_cut else keys)

    def _countable(self, keys: Keys) -> Keys:
        shown: Any = self.record
        written: Any = self.raw.block
        for index, key in enumerate(keys):
            if isinstance(key, int):
                if not isinstance(shown, tuple) or key >= len(shown):
                    return keys[:index]
                if isinstance(written, list) and len(written) != len(shown):
                    return keys[:index]
                shown = shown[key]
                written = written[key] if isinstance(written, list) else written
            else:
                shown = getattr(shown, key, None)
                written = written.get(key) if isinstance(written, dict) else None
        return keys


@dataclass(frozen=True, slots=True)
class Backlink:
    """A record or page that points here, the field it points from, and whether in a text."""

    record: Record
    keys: Keys
    in_text: bool = False

    @property
    def field(self) -> str:
        """The top-level field."""
        return str(self.keys[0])


class Graph:
    """The club's records and pages, by kind and by name, with what points to each."""

    def __init__(
        self,
        nodes: Iterable[Node],
        registry: Registry,
        like: Graph | None = None,
        *,
        today: date | None = None,
        reader: Reader | None = None,
        series: Iterable[Observation] | None = None,
    ) -> None:
        """Indexes *nodes*, whose ids and aliases are already known to be unique.

        *registry* knows of which kinds they may be. What *like* found in the records that both
        graphs hold is not looked for again. *today* is the day for which the club is told, that of
        *like* unless it is given: without one, nothing is past. *reader* is for whom the rest was
        taken away, that of *like* unless it is given. Of *series*, the figures, those stay that
        speak of records that are all here; they are those of *like* unless they are given.
        """
        self.registry = registry
        self.today: date | None = today or (like.today if like else None)
        self.reader: Reader = reader or (like.reader if like else Reader())
        self._nodes: dict[str, Node] = {}
        self._by: dict[tuple[Any, Any], Mapping[str, Record]] = {}
        self._worked_out: dict[Any, Any] = {}
        self._by_collection: dict[str, list[Record]] = defaultdict(list)
        self._count = 0
        for node in nodes:
            self._nodes[node.record.id] = node
            self._by_collection[node.record.collection].append(node.record)
            self._count += not node.record.is_page
        known = series if series is not None else like.series if like else ()
        self.series: tuple[Observation, ...] = self._told(known, like)
        self.names = Names(node.record for node in self._nodes.values())
        self._pointers: dict[str, tuple[Pointer, ...]] = {
            id: like._pointers[id] if like and like._is_same(node) else tuple(self._found_in(node))
            for id, node in self._nodes.items()
        }
        self._backlinks: dict[str, list[Backlink]] = defaultdict(list)
        for id, found in self._pointers.items():
            self._link(self._nodes[id].record, found)

    def _told(
        self, series: Iterable[Observation], like: Graph | None = None
    ) -> tuple[Observation, ...]:
        """Those of *series* that mention records of this graph alone, as its reader may know them.

        Of a split, one part of which is of something that only *like* holds and that is true, no
        part is told: the total less the others would be it.
        """
        told: list[Observation] = []
        cut: set[tuple[object, ...]] = set()
        for each in series:
            missing = [id for id in each.mentions if id not in self._nodes]
            if not missing:
                told.append(each)
            elif each.dimension and like:
                whole = [like.find(id) for id in missing]
                cut |= {_split_of(each)} if any(one and not one.example for one in whole) else set()
        found = (each for each in told if _split_of(each) not in cut)
        return tuple(map(_for_anybody, found)) if self.reader.is_public else tuple(found)

    def with_series(self, series: Iterable[Observation]) -> Graph:
        """The same graph with the figures *series*."""
        graph = copy(self)
        graph._worked_out = {}
        graph.series = self._told(series)
        return graph

    def _is_same(self, node: Node) -> bool:
        """Whether this graph holds the very record of *node*; the links of pages may be cut."""
        held = self._nodes.get(node.record.id)
        return (
            held is not None
            and held.record is node.record
            and held.body is node.body
            and not node.record.is_page
        )

    def _found_in(self, node: Node) -> Iterator[Pointer]:
        yield from pointers(node.record)
        if node.body:
            yield from links_of(node.body.markdown, BODY)
        if not node.record.is_page:
            return
        text = getattr(node.record, TEXT)
        for match in file_links(text):
            target = self.names.file(file_target(node.record.id, match[3]))
            if target is not None:
                name = target.id if target.is_page else target.key
                yield Pointer(name, (TEXT,), in_text=True, start=match.start())

    def _link(self, record: Record, found: Iterable[Pointer]) -> None:
        for pointer in found:
            target = self.target(pointer)
            if target is not None:
                self._backlinks[target.id].append(Backlink(record, pointer.keys, pointer.in_text))

    def with_links(self, found: Mapping[str, Iterable[Pointer]]) -> Graph:
        """The same graph with the links that computations such as queries make, by id."""
        graph = copy(self)
        graph._worked_out = {}
        graph._pointers = dict(self._pointers)
        graph._backlinks = defaultdict(
            list, {id: list(links) for id, links in self._backlinks.items()}
        )
        for id, more in found.items():
            many = tuple(more)
            graph._pointers[id] += many
            graph._link(graph._nodes[id].record, many)
        return graph

    def target(self, pointer: Pointer) -> Record | None:
        """What *pointer* leads to, if it is one thing only."""
        if not pointer.in_text:
            return self.find(pointer.target)
        found = self.named(pointer.target)
        return found[0] if len(found) == 1 else None

    def named(self, name: str) -> tuple[Record, ...]:
        """The records and pages that `[[name]]` may mean."""
        return self.names.named(name)

    def __getitem__(self, reference: Reference[R]) -> R:
        """The record that *reference* names; raises `KeyError` if the link was not checked."""
        found = self.find(reference.id)
        if found is None:
            raise KeyError(reference.id)
        return cast(R, found)

    def get(self, reference: Reference[R] | None) -> R | None:
        """The record that *reference* names, or None."""
        return None if reference is None else cast("R | None", self.find(reference.id))

    def find(self, id: str) -> Record | None:
        """The record whose id or alias is *id*, of whatever kind."""
        return self.names.record(id)

    def cited(self, citation: Citation | None) -> Record | None:
        """The source record that *citation* names, or None if it is an address or absent."""
        return None if citation is None or citation.is_url else self.find(citation.target)

    def all(self, model: type[R]) -> tuple[R, ...]:
        """Every record of the kind *model*, in the order of the files."""
        return cast("tuple[R, ...]", tuple(self._by_collection.get(model.collection, ())))

    def __iter__(self) -> Iterator[Record]:
        """Every record of every kind; wiki pages are apart, under `pages`."""
        return (each.record for each in self._nodes.values() if not each.record.is_page)

    def __len__(self) -> int:
        """How many records there are."""
        return self._count

    @property
    def pages(self) -> tuple[Record, ...]:
        """The wiki pages, in the order of their paths."""
        return tuple(self._by_collection.get(PAGES, ()))

    @property
    def nodes(self) -> Iterable[Node]:
        """Every record and page with the mapping it was read from."""
        return self._nodes.values()

    @cached_property
    def examples(self) -> frozenset[str]:
        """Every id and alias of a made-up record."""
        return frozenset(id for each in self if each.example for id in (each.id, *each.aliases))

    @property
    def ids(self) -> Iterable[str]:
        """Every id and alias of a record."""
        return [id for record in self for id in (record.id, *record.aliases)]

    def ids_of(self, kinds: tuple[str, ...]) -> list[str]:
        """The ids and aliases of the records of *kinds*; of all kinds if none is named."""
        return [id for id in self.ids if not kinds or cast(Record, self.find(id)).kind in kinds]

    def pointers(self, record: Record) -> tuple[Pointer, ...]:
        """Every reference that *record* makes."""
        return self._pointers[record.id]

    def backlinks(self, record: Record) -> tuple[Backlink, ...]:
        """Everything that points to *record*, in the order of the files."""
        return tuple(self._backlinks.get(record.id, ()))

    def pointing(self, record: Record, model: type[R], *fields: str) -> tuple[R, ...]:
        """The records of the kind *model* that point to *record*, from *fields* if any is named."""
        found: dict[str, Any] = {}
        for link in self._backlinks.get(record.id, ()):
            if link.record.collection == model.collection and (not fields or link.field in fields):
                found[link.record.id] = link.record
        return tuple(found.values())

    def title(self, record: Record) -> str:
        """What a reader calls *record*, a record of this graph."""
        return record.title_among(self)

    def by(self, model: type[R], key: Callable[[R], str | None]) -> Mapping[str, R]:
        """The first record of the kind *model* for each *key* (a function kept by its module)."""
        if (model, key) not in self._by:
            found = ((key(each), each) for each in reversed(self.all(model)))
            self._by[model, key] = {said: each for said, each in found if said}
        return cast("Mapping[str, R]", self._by[model, key])

    def once(self, work: Callable[[Graph], T]) -> T:
        """What *work* (a function kept by its module) makes of this graph, made once."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        return cast(T, self._worked_out[work])

    def place(self, record: Record, *keys: str | int) -> Place:
        """Where *keys* of *record* stand in the files."""
        return self.node(record).place(keys)

    def node(self, record: Record) -> Node:
        """*record* with the mapping it was read from."""
        return self._nodes[record.id]

    def body(self, record: Record) -> Body | None:
        """The long text of *record*."""
        return self.node(record).body

    def table(self, record: Record, name: str | None) -> TableFile | None:
        """The table called *name* that *record* names, if it could be read."""
        path = f"{TABLES}/{name}"
        return next((each for each in self.node(record).tables if each.path == path), None)

    def place_of(self, record: Record, pointer: Pointer) -> Place:
        """Where *pointer* stands: to the character in a page or a long text."""
        node = self._nodes[record.id]
        if pointer.keys == BODY and node.body:
            return Place(node.body.path, *line_and_column(node.body.markdown, pointer.start))
        if record.is_page and pointer.keys == (TEXT,):
            return Place(node.raw.path, *line_and_column(getattr(record, TEXT), pointer.start))
        return self.place(record, *pointer.keys)


def _for_anybody(seen: Observation) -> Observation:
    if not seen.is_for_members:
        return seen
    is_masked = seen.value is not None
    return replace(seen, value=None, is_masked=is_masked, is_for_members=False)


def _split_of(seen: Observation) -> tuple[object, ...]:
    """What the parts of one figure have in common."""
    return seen.indicator, seen.project, seen.span, seen.dimension
