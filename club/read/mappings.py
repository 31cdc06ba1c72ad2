"""Mappings to values: those that come with the library, those of a club, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from club.insight.splits import CHOICES, keys_of
from club.model.folder import SUFFIXES, ClubFolder
from club.model.foreign import MAPPINGS, Mapping, Measure
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.names import is_hidden
from club.model.problem import Place, Problem, Rule, nearest
from club.model.record import Held
from club.model.source import Block, Items, Keys, Source, read
from club.model.structure import Raw, said_fields, structure
from club.model.structure_rules import UNKNOWN_KEY_EXPECTED
from club.read.references import Written
from club.read.series import one_of

OURS = Path(__file__).parents[1] / "mappings"
"""Those that come with the library."""

SERIES_MAPPING = Rule(
    name="series-mapping",
    wants=N_(
        "A mapping names the columns of a file that others measured, and what they are of ours."
    ),
    example="""school: uai
week: debutsemaine
measures:
  - columns: visites_eleve
    indicator: visites-dnma
    dimension: profile
    key: student""",
)

NOT_YAML = N_("“{found}” is no mapping in YAML")
NO_FIELDS = N_("the file is not a mapping")
NOT_ITS_OWN = N_("a mapping has no “{found}”")
WHEN_ONCE = N_("one column says when: that of a week or that of a period, and not both")
BOTH_KEYS = N_("a service goes by its key or by its code, and not by both")
CODE_OF_SERVICE = N_("only services have a code, and “{found}” is none of them")
NO_PART = N_("a dimension needs a key, and a key a dimension")
UNKNOWN_WORD = N_("no {kind} is called “{found}”")
NOT_SPLIT = N_("“{indicator}” is not split by “{found}”")
TWICE = N_("the same figure is already measured at {other}")
COLUMN_TWICE = N_("the column “{found}” already has another use, at {other}")
NOT_BY_WEEK = N_("“{indicator}” is not measured by week")
OTHER_LENGTH = N_("“{indicator}” is not measured over the same time as “{other}”")
NAMES = {
    "indicator": N_("indicator"),
    "source": N_("source"),
    "service": N_("service"),
    "profile": N_("profile"),
    "school_type": N_("school type"),
    "device": N_("device"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure, settled against a club: ids of its records, and the columns that make it."""

    measure: Measure
    indicator: str
    dimension: str
    key: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A *mapping* that fits a club: its figures, and the *codes* of services that it has not."""

    mapping: Mapping
    figures: tuple[Figure, ...]
    codes: tuple[str, ...] = ()
    unit: str = ""
    """Of what length its periods are."""


@dataclass(frozen=True)
class MappingFile:
    """The file of a mapping: what it says, if it can be read, and all that is wrong with it."""

    source: Source
    mapping: Mapping | None
    problems: tuple[Problem, ...]

    def settled(
        self, graph: Graph, written: Written, *, is_cited: bool = False
    ) -> Settled | list[Problem]:
        """Its figures by the records of *graph*, or each word that means nothing there.

        Where the figures are *is_cited* from another source, that of the mapping is not asked for.
        """
        if self.mapping is None:
            return list(self.problems)
        settling = _Settling(self.source, self.mapping, graph, written, is_cited)
        problems = [*self.problems, *settling.problems]
        return problems or Settled(self.mapping, settling.figures, settling.codes, settling.unit)


def mapping_names(folder: ClubFolder) -> tuple[str, ...]:
    """The names of all mappings, those of the library first."""
    ours = sorted(each.stem for each in OURS.glob(f"*{SUFFIXES[0]}"))
    own = sorted(each.stem for each in _own(folder.root) if each.suffix in SUFFIXES)
    return tuple(dict.fromkeys([*ours, *own]))


def find_mapping(folder: ClubFolder, name: str) -> MappingFile | None:
    """The mapping called *name*: that of the club, else that of the library."""
    for each in _own(folder.root):
        if each.stem == name and each.suffix in SUFFIXES:
            return read_mapping(folder.root, f"{MAPPINGS}/{each.name}")
    if (OURS / f"{name}{SUFFIXES[0]}").is_file() and name in mapping_names(folder):
        top = OURS.parents[1]
        return read_mapping(top, f"{OURS.relative_to(top).as_posix()}/{name}{SUFFIXES[0]}")
    return None


def check_mappings(folder: ClubFolder, graph: Graph, written: Written) -> Iterator[Problem]:
    """All that is wrong with the mappings that the club keeps."""
    for file in _own(folder.root):
        path = f"{MAPPINGS}/{file.name}"
        if file.suffix not in SUFFIXES:
            yield SERIES_MAPPING.problem(Place(path), NOT_YAML, found=file.name)
            continue
        found = read_mapping(folder.root, path).settled(graph, written)
        yield from found if isinstance(found, list) else ()


def read_mapping(root: Path, path: str) -> MappingFile:
    """The mapping at *path*, relative to *root*."""
    source = read(root, path)
    if not isinstance(source.content, Block):
        found = source.problems or (SERIES_MAPPING.problem(Place(path, 1, 1), NO_FIELDS),)
        return MappingFile(source, None, tuple(found))
    of_records = list(_of_records(source))
    raw = Raw(Path(path).stem, source.content, path)
    mapping = structure(raw, Mapping)
    if isinstance(mapping, list):
        at = {each.place for each in of_records}
        others = [each for each in mapping if each.place not in at]
        return MappingFile(source, None, (*source.problems, *of_records, *others))
    return MappingFile(source, mapping, (*source.problems, *of_records, *_form(source, mapping)))


def _of_records(source: Source) -> Iterator[Problem]:
    """Where a mapping says what only records and their parts have: nothing would heed it."""
    content: Block = source.content
    measures = content.get("measures")
    parts = measures if isinstance(measures, Items) else (measures,)
    held: list[tuple[Keys, type[Held], object]] = [((), Mapping, content)]
    held += [(("measures", index), Measure, each) for index, each in enumerate(parts)]
    for at, model, block in held:
        fields = ", ".join(said_fields(model))
        for name in block if isinstance(block, Block) else ():
            if name in model.unsaid:
                yield SERIES_MAPPING.problem(
                    source.place((*at, name)),
                    NOT_ITS_OWN,
                    expected=Message(UNKNOWN_KEY_EXPECTED, {"fields": fields}),
                    found=name,
                )


def _own(root: Path) -> list[Path]:
    top = root / MAPPINGS
    shown = sorted(top.iterdir()) if top.is_dir() and not top.is_symlink() else []
    return [each for each in shown if not is_hidden(each.name)]


def _form(source: Source, mapping: Mapping) -> Iterator[Problem]:
    """What no club could make sense of."""
    if bool(mapping.week) == bool(mapping.period):
        keys = ("period",) if mapping.period else ()
        yield SERIES_MAPPING.problem(source.place(keys), WHEN_ONCE)
    used: dict[str, str] = {}
    for name in ("school", "week", "period"):
        if said := getattr(mapping, name):
            yield from _used(source, used, said, (name,))
    for index, measure in enumerate(mapping.measures):
        at: Keys = ("measures", index)
        if measure.key and measure.code:
            yield SERIES_MAPPING.problem(source.place((*at, "code")), BOTH_KEYS)
        if bool(measure.dimension) != bool(measure.key or measure.code):
            yield SERIES_MAPPING.problem(source.place(at), NO_PART)
        if measure.code and measure.dimension and measure.dimension != "service":
            place = source.place((*at, "code"))
            yield SERIES_MAPPING.problem(place, CODE_OF_SERVICE, found=measure.dimension)
        for number, column in enumerate(measure.columns):
            yield from _used(source, used, column, (*at, "columns", number))


def _used(source: Source, used: dict[str, str], column: str, keys: Keys) -> Iterator[Problem]:
    """That *column*, said under *keys*, has another use already."""
    at = source.place(keys)
    if column in used:
        yield SERIES_MAPPING.problem(at, COLUMN_TWICE, found=column, other=used[column])
    used.setdefault(column, str(at))


@dataclass(frozen=True)
class _Settling:
    source: Source
    mapping: Mapping
    graph: Graph
    written: Written
    is_cited: bool

    @cached_property
    def _each(self) -> list[Figure | Problem | str]:
        """Of each measure a figure, a problem, or the code of a service that is not there."""
        found: list[Figure | Problem | str] = []
        first: dict[tuple[str, str, str], str] = {}
        for index, measure in enumerate(self.mapping.measures):
            at: Keys = ("measures", index)
            settled = self._figure(measure, at)
            if isinstance(settled, Figure):
                identity = (settled.indicator, settled.dimension, settled.key)
                place = self.source.place(at)
                if identity in first:
                    settled = SERIES_MAPPING.problem(place, TWICE, other=first[identity])
                first.setdefault(identity, str(place))
            if settled is not None:
                found.append(settled)
        if self.mapping.source and not self.is_cited:
            settled = self._record("source", self.mapping.source, ("source",))
            found += [settled] if isinstance(settled, Problem) else []
        return found

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(each for each in self._each if isinstance(each, Figure))

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(each for each in self._each if isinstance(each, Problem))

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each for each in self._each if isinstance(each, str)))

    @cached_property
    def unit(self) -> str:
        """The length of a period: the week, or that of the first indicator that is there."""
        if self.mapping.week:
            return "week"
        found = (self.graph.find(each.indicator) for each in self.mapping.measures)
        return next((str(p) for e in found if (p := getattr(e, "period", None))), "")

    def _figure(self, measure: Measure, at: Keys) -> Figure | Problem | str | None:
        indicator = self._record("indicator", measure.indicator, (*at, "indicator"))
        if indicator is None or isinstance(indicator, Problem):
            return indicator
        if str(indicator.period) != self.unit:
            place = self.source.place((*at, "indicator"))
            if self.mapping.week:
                return SERIES_MAPPING.problem(place, NOT_BY_WEEK, indicator=indicator.id)
            other = self.mapping.measures[0].indicator
            about = {"indicator": indicator.id, "other": other}
            return SERIES_MAPPING.problem(place, OTHER_LENGTH, **about)
        dimension = measure.dimension or ""
        if not dimension:
            return Figure(measure, indicator.id, "", "")
        known = [str(each) for each in indicator.dimensions]
        if dimension not in known:
            return SERIES_MAPPING.problem(
                self.source.place((*at, "dimension")),
                NOT_SPLIT,
                nearest=nearest(dimension, known),
                indicator=indicator.id,
                found=dimension,
            )
        if measure.code:
            services = (each for each in self.graph if each.kind == "service")
            by_code = {getattr(each, "dnma_code", None): each.id for each in services}
            id = by_code.get(measure.code)
            return Figure(measure, indicator.id, dimension, id) if id else measure.code
        if not measure.key:
            return None  # its form is told
        key = self._key(dimension, measure.key, (*at, "key"))
        return Figure(measure, indicator.id, dimension, key) if isinstance(key, str) else key

    def _key(self, dimension: str, said: str, keys: Keys) -> str | Problem | None:
        if dimension == "service":
            found = self._record("service", said, keys)
            return found if found is None or isinstance(found, Problem) else str(found.id)
        valid = keys_of(dimension) if dimension in CHOICES else ()
        return said if said in valid else self._unknown(dimension, said, keys, valid)

    def _record(self, kind: str, said: str, keys: Keys) -> Any:
        """The record of *kind* that is called *said*; None if its own faults are told elsewhere."""
        found = self.graph.find(said)
        if found is not None and found.kind == kind:
            return found
        if found is None and self.written.may_hold(said, (kind,)):
            return None
        return self._unknown(kind, said, keys, self.graph.ids_of((kind,)))

    def _unknown(self, kind: str, said: str, keys: Keys, valid: Sequence[str]) -> Problem:
        return SERIES_MAPPING.problem(
            self.source.place(keys),
            UNKNOWN_WORD,
            nearest=(near := nearest(said, valid)),
            expected=None if near else one_of(valid),
            kind=Message(NAMES[kind]),
            found=said,
        )
