"""Files that others measured to figures of projects: sums by DuckDB, faults where they stand.

DuckDB reads the files as texts and says whether and how often something is wrong. Only then are
they read again, row by row, for the first faults and their lines.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from club.insight import foreign
from club.insight.in_service import Served, project_at
from club.model.cells import (
    AROUND_TEXT,
    CUT,
    DELIMITERS,
    EMPTY,
    HEAD_EXPECTED,
    IN_CELL,
    LACKS,
    NO_HEAD,
    OF_EXCEL,
    QUOTE_IT,
    SAVE_AS,
    SHEET,
    TOO_MANY,
    TWICE,
    UNCLOSED,
    UTF_16,
    marks_in,
    no_row,
    read_table,
)
from club.model.graph import Graph
from club.model.identifiers import UAI_FORM, uai_letter
from club.model.lines import BOM
from club.model.mangled import Mangled, day, formula
from club.model.message import N_, Message
from club.model.problem import Place, Problem, Rule, nearest
from club.model.series import FORMS, time_span
from club.model.source import given_fault
from club.model.structure_rules import NOT_UTF8_FOUND
from club.read.mappings import Figure, Settled
from club.read.series import (
    BLANK,
    FORM,
    LEAVE_BLANK,
    NO_NUMBER,
    NO_PERIOD,
    UNKNOWN_WORD,
    months_meant,
    number,
)

TOLD = 20
"""How many faults are told; of the others, how many they are."""
MAX_LINE = 128 * 1024
"""The most that a row may weigh, in bytes; those of the ministry have some hundreds."""
CHUNK = 1024 * 1024
"""How much of a file is looked at at a time: a line as long as two of them holds a whole one."""
MAX_HEAD = 64 * 1024
MEMORY, THREADS = "400MB", 4
"""What DuckDB may take, beyond which it goes to files of its own; each thread has its buffers."""
MANY = 1000
"""How many figures that are said twice are looked for in the files, and how many faults of files
that the engine cannot read."""
KEPT = 100_000
"""Of so many rows it is kept what they tell of, where the engine cannot say what is told twice."""
ALL_KEYS = "all_keys"
PLAIN = r"^[0-9]{0,15}(?:\x00[0-9]{0,15})*\z"
"""The cells of a row whose figures are whole numbers, as the sums read most cheaply, or nothing."""
SHOWN = 60
AROUND = " \u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""What may stand around the text of a cell and is none of it: what DuckDB's `trim` takes away."""
ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T00:00:00(?:\.0+)?(?:Z|[+]00:00)?)?")
SCHOOL_WORDS = {"school": ("uai",), "project": ("project", "projet")}
MARK = "#"

IMPORT_FILE = Rule(
    name="import-file",
    wants=N_(
        "A file to import is a table in CSV (UTF-8) that has the columns named by the mapping."
    ),
    example="debutsemaine;uai;visites_globales;visites_eleve",
)
IMPORT_CELL = Rule(
    name="import-cell",
    wants=N_(
        "A row to import has a UAI, a Monday or a period, and whole figures; a blank is unknown."
    ),
    example="2024-09-02;0440001M;1234;1000",
)
IMPORT_TWICE = Rule(
    name="import-twice",
    wants=N_("One row of the files to import tells of a school in a period, or of its project."),
    example="2024-09-02;0440001M;1234;1000",
)
RULES = (IMPORT_FILE, IMPORT_CELL, IMPORT_TWICE)

NUL = N_("the file holds bytes that are no text: it is no table in CSV")
LONG_LINE = N_("the row is longer than {limit} bytes: a quotation mark may never be closed")
MIXED_ENDS = N_("lines end now in one way, now in another")
UNREADABLE = N_("the row cannot be read as one of a table")
NO_UAI = N_("“{found}” is no UAI")
WRONG_LETTER = N_("“{found}” is a UAI whose letter does not fit its number")
LOST_ZERO = N_("“{found}” is a UAI that has lost its first zero")
UAI_EXPECTED = N_("seven digits and their letter, such as {example}")
NOT_MONDAY = N_("“{found}” is no Monday")
TURNED = N_("“{found}” is a day as a spreadsheet shows it")
DAY_EXPECTED = N_("the Monday of a week, as {example}")
NO_DURATION = N_("“{found}” is no duration")
DURATION_EXPECTED = N_("hours, minutes and seconds, such as {example}")
OTHER_LENGTH = N_("“{found}” is not as long as what is measured")
SAID_TWICE = N_("the same school and period already stand at {other}")
TWO_PROJECTS = N_("“{found}” is already a school of “{project}”, at {other}")


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure of *project* in a *period*: *value* is None where no school has one.

    It *is_partial* where some schools have none, in their row or for want of one: there are at
    least as many.
    """

    figure: Figure
    project: str
    period: str
    value: Decimal | None
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class Absent:
    """That schools of *project* that were in service have no row in some periods.

    They are so *many* of the periods with rows (*all*), from *first* to *last*; in one of them as
    many schools as *most*.
    """

    project: str
    many: int
    all: int
    first: str
    last: str
    most: int


@dataclass(frozen=True, slots=True)
class Foreign:
    """What files of others hold of the projects, and what was left out of it."""

    sums: tuple[Sum, ...]
    rows: int
    rows_left_out: int = 0
    schools_left_out: int = 0
    schools: Mapping[str, int] = field(default_factory=dict)
    """How many schools of each project have a row."""
    unseen: tuple[str, ...] = ()
    """The schools of projects that have none."""
    rows_idle: int = 0
    """How many rows are left out since their school is listed, and then in service nowhere."""
    idle: tuple[str, ...] = ()
    """The schools of those rows."""
    absent: tuple[Absent, ...] = ()
    missing: tuple[str, ...] = ()
    """The optional columns that no file has."""
    codes: tuple[str, ...] = ()
    """The codes of services that no record has, and of which some file has a column."""


@dataclass(frozen=True, slots=True)
class Faults:
    """The first faults of the files, and how many *more* there are."""

    problems: tuple[Problem, ...]
    more: int = 0


def read_schools(path: str, raw: bytes, graph: Graph) -> dict[str, str] | list[Problem]:
    """The project of each school, by its UAI, as a table with the columns uai and project says."""
    table = read_table(
        path, raw, SCHOOL_WORDS, MARK, ("school", "project"), with_others=True, needs_row=True
    )
    if isinstance(table, list):
        return [replace(e, rule=IMPORT_FILE) if e.rule is SHEET else e for e in table]
    found: dict[str, str] = {}
    first: dict[str, Place] = {}
    problems = []
    for row in table.rows:
        school, project = row["school"], row["project"]
        if wrong := school_fault(school.text):
            problems.append(_problem(school.place, school.said(wrong.found), wrong))
        record = graph.find(project.text)
        if record is None or record.kind != "project":
            about = {"kind": Message(N_("project")), "found": _short(project.text)}
            said = Message(UNKNOWN_WORD, about) if project.text else Message(BLANK)
            near = nearest(project.text, graph.ids_of(("project",)))
            problems.append(_problem(project.place, project.said(said), Mangled(said, None, near)))
        elif found.setdefault(school.text, record.id) != record.id:
            problems.append(
                IMPORT_TWICE.problem(
                    school.place,
                    TWO_PROJECTS,
                    found=school.text,
                    project=found[school.text],
                    other=str(first[school.text]),
                )
            )
        first.setdefault(school.text, school.place)
    return problems or found


def read_foreign(
    files: Sequence[Path], settled: Settled, schools: Mapping[str, Served] | str
) -> Foreign | Faults:
    """The figures that *files* hold by project, or what is wrong with them.

    *schools* gives the project of each UAI, or when it was in which, or is the one project that all
    rows are of.
    """
    tables, problems = [], list[Problem]()
    for path in files:
        found = _table(path, settled)
        if isinstance(found, _Table):
            tables.append(found)
        else:
            problems += found
    if problems:
        return Faults(tuple(problems[:TOLD]), max(0, len(problems) - TOLD))
    return _Import(tables, settled, schools).done()


def school_fault(text: str) -> Mangled | None:
    """What is wrong with *text* as a UAI."""
    if UAI_FORM.fullmatch(text) and text[-1] == uai_letter(text[:7]):
        return None
    if not text:
        return Mangled(Message(BLANK))
    expected = Message(UAI_EXPECTED, {"example": "0440001M"})
    about = {"found": _short(text)}
    if wrong := formula(text):
        return Mangled(Message(wrong.found.id, about), expected)
    compact = re.sub(r"\s", "", text).upper()
    whole = compact.zfill(8)
    if UAI_FORM.fullmatch(whole) and whole[-1] == uai_letter(whole[:7]):
        said = NO_UAI if whole == compact else LOST_ZERO
        return Mangled(Message(said, about), expected, (whole,))
    if re.fullmatch("[0-9]{7}[A-Z]", compact):
        near = compact[:7] + uai_letter(compact[:7])
        return Mangled(Message(WRONG_LETTER, about), expected, (near,))
    return Mangled(Message(NO_UAI, about), expected)


def week_said(text: str) -> str | Mangled:
    """The week that begins with the Monday *text*, as `2024-W36`, or what is wrong with it."""
    if not text:
        return Mangled(Message(BLANK))
    expected = Message(DAY_EXPECTED, {"example": "2024-09-02"})
    about = {"found": _short(text)}
    if wrong := formula(text):
        return Mangled(Message(wrong.found.id, about), expected)
    if match := ISO_DAY.fullmatch(text):
        year, month, number_ = (int(each) for each in match.groups())
        days = [_day(year, month, number_), _day(year, number_, month)]
        if (found := days[0]) and found.weekday() == 0:
            return f"{found:%G-W%V}"
        turned = [each for each in days[1:] if each and each.weekday() == 0]
        before = [found - timedelta(days=found.weekday())] if found else []
        near = tuple(dict.fromkeys(each.isoformat() for each in (*turned, *before)))
        return Mangled(Message(NOT_MONDAY, about), expected, near)
    read = day(text[:SHOWN])
    if isinstance(read, Mangled):
        return Mangled(Message(read.found.id, about), expected, read.near)
    return Mangled(Message(TURNED, about), expected, (read.first.isoformat(),))


def _day(year: int, month: int, number_: int) -> date | None:
    try:
        return date(year, month, number_)
    except ValueError:
        return None


def period_said(text: str, unit: str) -> str | Mangled:
    """The period *text* of the length *unit* in its normal form, or what is wrong with it."""
    span = time_span(" ".join(text.split())[:SHOWN])
    if span and span.unit == unit:
        return span.said
    about = {"found": _short(text)}
    expected = Message(FORM, {"form": FORMS.get(unit, "")})
    if not text:
        return Mangled(Message(BLANK), expected)
    if wrong := formula(text):
        return Mangled(Message(wrong.found.id, about), expected)
    near = tuple(months_meant(text[:SHOWN])) if unit == "month" and not span else ()
    return Mangled(Message(OTHER_LENGTH if span else NO_PERIOD, about), expected, near)


def cell_fault(text: str, *, is_duration: bool) -> Mangled | None:
    """What is wrong with the cell *text* of a figure: just what the sums leave out of a row."""
    about = {"found": _short(text)}
    if not text:
        return None
    if is_duration:
        if re.fullmatch(foreign.DURATION.removesuffix(r"\z"), text):
            return None
        return Mangled(
            Message(NO_DURATION, about), Message(DURATION_EXPECTED, {"example": "31:04:59"})
        )
    found = number(text)
    if isinstance(found, Mangled):
        return Mangled(Message(found.found.id, about), found.expected, found.near)
    if re.fullmatch(foreign.NUMBER.removesuffix(r"\z"), text):
        return None
    return Mangled(Message(NO_NUMBER, about), Message(LEAVE_BLANK))


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _problem(at: Place, said: Message, wrong: Mangled) -> Problem:
    return Problem(
        rule=IMPORT_CELL, place=at, message=said, expected=wrong.expected, nearest=wrong.near
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """A file whose head is read: what parts its cells, and where the cells are that are meant."""

    path: Path
    delimiter: str
    above: int
    """How many lines stand above the first row."""
    head: tuple[str, ...]
    at: Mapping[str, int]
    """Where each column stands that the mapping names."""

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self.head)

    @property
    def said(self) -> str:
        return str(self.path)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with its line; raises `csv.Error`."""
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            for _ in range(self.above):
                file.readline()
            rows = csv.reader(_bounded(file), delimiter=self.delimiter, strict=True)
            before = 0
            for row in rows:
                if row:
                    yield self.above + before + 1, row
                before = rows.line_num


class _LongLineError(csv.Error):
    """A line that is longer than any of a table."""


def _bounded(file: io.TextIOBase | Any) -> Iterator[str]:
    while line := file.readline(MAX_LINE + 1):
        if len(line) > MAX_LINE:
            raise _LongLineError
        yield line


def _table(path: Path, settled: Settled) -> _Table | list[Problem]:
    """The head of the file at *path*, or what keeps it from being read."""
    said = str(path)
    if fault := given_fault(path, IMPORT_FILE) or _not_text(path):
        return [fault]
    measures = [each.measure for each in settled.figures]
    keys = [*filter(None, (settled.mapping.school, settled.mapping.when))]
    wanted = list(dict.fromkeys([*keys, *(name for each in measures for name in each.columns)]))
    optional = {name for each in measures if each.optional for name in each.columns}
    with path.open(encoding="utf-8-sig", newline="") as file:
        above = 1
        while (line := file.readline(MAX_HEAD)) and (
            not line.strip() or line.lower().startswith(OF_EXCEL)
        ):
            above += 1
        has_row = any(each.strip(AROUND_TEXT) for each in iter(lambda: file.read(MAX_HEAD), ""))
    expected = Message(HEAD_EXPECTED, {"names": ", ".join(wanted)})
    if not line.strip(AROUND_TEXT) and not has_row:
        return [IMPORT_FILE.problem(Place(said, 1, 1), EMPTY, expected=expected)]
    heads = {each: _cells_of(line, each) for each in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda each: len({*heads[each]} & {*wanted}))
    head = heads[delimiter]
    if BOM in line:
        plain = _cells_of(line, max(DELIMITERS, key=line.count))
        return list(marks_in([(above, plain)], IMPORT_FILE, said))
    if not {*head} & {*wanted}:
        return [IMPORT_FILE.problem(Place(said, above, 1), NO_HEAD, expected=expected)]
    problems = [
        IMPORT_FILE.problem(Place(said, above, index + 1), TWICE, found=name)
        for index, name in enumerate(head)
        if name in wanted and name in head[:index]
    ]
    for name in wanted:
        if name not in head and name not in optional:
            near = nearest(name, [each for each in head if each not in wanted])
            at = Place(said, above, head.index(near[0]) + 1 if near else 1)
            problems.append(IMPORT_FILE.problem(at, LACKS, name=name, nearest=near))
    if not has_row:
        problems.append(no_row(IMPORT_FILE, Place(said, above, 1)))
    at_ = {name: head.index(name) for name in wanted if name in head}
    return problems or _Table(path, delimiter, above, tuple(head), at_)


def _cells_of(line: str, delimiter: str) -> list[str]:
    try:
        row = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
    return [each.strip() for each in row]


def _not_text(path: Path) -> Problem | None:
    """The first byte of the file at *path* that is no text in UTF-8, or a line beyond all measure.

    The engine tells no line that is longer than what it reads at a time, and leaves it out.
    """
    said, line = str(path), 1
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_first = True
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK)
            if is_first and chunk.startswith(UTF_16):
                return _not_utf8(Place(said, 1, 1), chunk[0])
            if (where := chunk.find(b"\0")) >= 0:
                at = Place(said, line + chunk.count(b"\n", 0, where))
                return IMPORT_FILE.problem(at, NUL, expected=Message(SAVE_AS))
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                before = error.object[: error.start]
                return _not_utf8(Place(said, line + before.count(b"\n")), error.object[len(before)])
            if not chunk:
                return None
            if len(chunk) == CHUNK and b"\n" not in chunk and b"\r" not in chunk:
                return IMPORT_FILE.problem(Place(said, line, 1), LONG_LINE, limit=MAX_LINE)
            line += chunk.count(b"\n")
            is_first = False


def _not_utf8(at: Place, byte: int) -> Problem:
    return IMPORT_FILE.problem(at, NOT_UTF8_FOUND, expected=Message(SAVE_AS), byte=f"0x{byte:02X}")


@dataclass(frozen=True)
class _Cohorts:
    """Schools that were in service in the same projects at the same times."""

    of: Mapping[str, str]
    """The cohort of each school that was in service in some period."""
    projects: Mapping[str, Mapping[str, str]]
    """The project of each cohort by period; nothing where it was in none, or in two."""
    never: frozenset[str] = frozenset()
    """The schools that are listed, and were in service in no period."""

    @property
    def idle(self) -> list[tuple[str, str]]:
        """The cohorts and periods that are of no project."""
        held = {*self.of.values()}
        return [
            (cohort, period)
            for cohort, projects in self.projects.items()
            if cohort in held
            for period, project in projects.items()
            if not project
        ]

    def counted(self) -> dict[tuple[str, str], int]:
        """How many schools were in service in each project and period."""
        found: Counter[tuple[str, str]] = Counter()
        for cohort, count in Counter(self.of.values()).items():
            for period, project in self.projects[cohort].items():
                found[project, period] += count
        return found


def _absent(
    rows: Mapping[tuple[str, str], int], listed: Mapping[tuple[str, str], int]
) -> Iterator[Absent]:
    """The schools of each project that are *listed* in a period and have none of its *rows*."""
    for project in dict.fromkeys(project for project, _ in rows):
        every = [period for each, period in rows if each == project]
        lacking = {
            period: count
            for period in every
            if (count := listed.get((project, period), 0) - rows[project, period]) > 0
        }
        if lacking:
            first, last = min(lacking), max(lacking)
            most = max(lacking.values())
            yield Absent(project, len(lacking), len(every), first, last, most)


@dataclass(frozen=True)
class _Import:
    tables: Sequence[_Table]
    settled: Settled
    schools: Mapping[str, Served] | str

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of figures that at least one file has."""
        names = dict.fromkeys(c for each in self.settled.figures for c in each.measure.columns)
        return tuple(name for name in names if any(name in each.at for each in self.tables))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of services left out of which at least one file has a column."""
        heads = {name for each in self.tables for name in each.head}
        measures = self.settled.mapping.measures
        held = {each.code for each in measures if not heads.isdisjoint(each.columns)}
        return tuple(each for each in self.settled.codes if each in held)

    @cached_property
    def durations(self) -> tuple[bool, ...]:
        """Which of them hold durations."""
        found = {
            name
            for each in self.settled.figures
            if each.measure.duration_in
            for name in each.measure.columns
        }
        return tuple(each in found for each in self.columns)

    def done(self) -> Foreign | Faults:
        import duckdb  # noqa: PLC0415 – no other command waits for it

        with self._engine() as run:
            try:
                return self._done(run)
            except duckdb.InvalidInputException:
                return self._unreadable()

    @contextmanager
    def _engine(self) -> Iterator[Callable[..., Any]]:
        """What runs a query over the files, which are all that it can reach."""
        import duckdb  # noqa: PLC0415 – no other command waits for it

        with TemporaryDirectory() as spill, duckdb.connect(":memory:") as base:
            reached = ", ".join(_quoted(_escaped(each.path)) for each in self.tables)
            plain = ", ".join(_quoted(str(each.path.absolute())) for each in self.tables)
            base.execute(
                "SET autoinstall_known_extensions = false; SET autoload_known_extensions = false;"
                f"SET threads = {min(THREADS, os.cpu_count() or 1)};"
                f"SET memory_limit = '{MEMORY}'; SET temp_directory = {_quoted(spill)};"
                "SET preserve_insertion_order = false;"
                f"SET allowed_paths = [{reached}, {plain}];"
                "SET enable_external_access = false; SET lock_configuration = true"
            )
            base.execute("CREATE TABLE schools (school VARCHAR, cohort VARCHAR)")
            base.execute("CREATE TABLE idle (cohort VARCHAR, said VARCHAR)")
            base.execute("CREATE TABLE periods (period VARCHAR, said VARCHAR)")
            for name, select in (("cells", self._cells), (ALL_KEYS, self._keys)):
                every = " UNION ALL ".join(map(select, self.tables))
                base.execute(f"CREATE VIEW {name} AS {every}")
            yield base.execute

    def _cells(self, table: _Table) -> str:
        """The cells of a file as the expressions name them, blanks as nothing, blank rows gone."""
        when = table.at[self.settled.mapping.when]
        school = table.at.get(self.settled.mapping.school or "")
        figures = [table.at.get(name) for name in self.columns]
        keys = [_trimmed(school), _trimmed(when)]
        counts = [
            f"x{at}"
            for at, is_duration in zip(figures, self.durations, strict=True)
            if at is not None and not is_duration
        ]
        # No file that holds the sign 0 comes so far: it parts the cells of a row, and is in none.
        joined = f"concat_ws(chr(0), {', '.join(counts)})" if counts else "''"
        said = [f"coalesce({keys[0]}, '') AS school", f"coalesce({keys[1]}, '') AS period", "plain"]
        said += [
            f"{'NULL' if at is None else _cell(at, is_duration=is_duration)}::VARCHAR"
            f" AS {foreign.column(index)}"
            for index, (at, is_duration) in enumerate(zip(figures, self.durations, strict=True))
        ]
        # Whatever comes after an “or” is worked out for the rows that are left alone.
        held = [*keys, *map(_trimmed, figures)]
        return (
            f"SELECT {', '.join(said)} FROM"
            f" (SELECT *, regexp_matches({joined}, {_quoted(PLAIN)}) AS plain"
            f" FROM {self._rows(table)})"
            f" WHERE {' OR '.join(f'{each} IS NOT NULL' for each in held)}"
        )

    def _keys(self, table: _Table) -> str:
        """The school and the period of each row of a file, of blank ones too."""
        school = _trimmed(table.at.get(self.settled.mapping.school or ""))
        when = _trimmed(table.at[self.settled.mapping.when])
        said = f"coalesce({school}, '') AS school, coalesce({when}, '') AS period"
        return f"SELECT {said} FROM {self._rows(table)}"

    def _rows(self, table: _Table) -> str:
        """The rows of a file, texts all of them; those that are none are told apart."""
        types = ", ".join(f"'x{index}': 'VARCHAR'" for index in range(table.width))
        options = (
            f"auto_detect = false, columns = {{{types}}}, header = false, skip = {table.above},"
            f" delim = {_quoted(table.delimiter)}, quote = '\"', escape = '\"',"
            f" compression = 'none', max_line_size = {MAX_LINE}, store_rejects = true,"
            " strict_mode = true"
        )
        return f"read_csv({_quoted(_escaped(table.path))}, {options})"

    def _done(self, run: Callable[..., Any]) -> Foreign | Faults:
        def asked(expression: Callable[..., Any], *about: Any) -> Any:
            return run(_sql(expression, *about))

        _fill_keys(run)
        schools = dict(asked(foreign.schools_seen).fetchall())
        periods = dict(asked(foreign.periods_seen).fetchall())
        said = {each: self._said(each) for each in periods}
        spans = sorted({each for each in said.values() if isinstance(each, str)})
        cohorts = self._cohorts(schools, spans)
        _fill(run, "schools", cohorts.of)
        _fill(run, "periods", {k: v for k, v in said.items() if isinstance(v, str)})
        wrong = sum(rows for text, rows in schools.items() if self._school_fault(text))
        wrong += sum(rows for each, rows in periods.items() if isinstance(said[each], Mangled))
        twice, more_twice = _first_of(asked(foreign.twice))
        found = asked(foreign.sums, self.durations).fetchall()
        wrong += more_twice + sum(sum(row[5::3]) for row in found)
        rejected = _rejected(run)
        if wrong or rejected:
            form = list(self._form_faults()) if rejected else []
            cells = islice(self._cell_faults(cohorts.of.__contains__, twice), TOLD)
            problems = self._in_order([*form, *cells])[:TOLD]
            every = wrong + max(len(form), rejected)
            return Faults(problems, max(0, every - len(problems)))
        idle = {each: rows for each, rows in schools.items() if each in cohorts.never}
        if cohorts.idle:
            lists = [list(each) for each in zip(*cohorts.idle, strict=True)]
            run("INSERT INTO idle SELECT unnest(?), unnest(?)", lists)
            idle |= dict(asked(foreign.idle).fetchall())
        return self._sums(found, schools, cohorts, idle)

    def _unreadable(self) -> Faults:
        """The faults of files that the engine gives up: what can be read of them tells its own."""
        listed = self.schools

        def is_ours(school: str) -> bool:
            if isinstance(listed, str):
                return not self._school_fault(school)
            return bool(listed.get(school))

        cells = islice(self._cell_faults(is_ours), MANY)
        every = self._in_order([*self._form_faults(), *cells])
        return Faults(every[:TOLD], max(0, len(every) - TOLD))

    def _in_order(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """*problems* in the order of the files, each file from its first line on."""
        order = {each.said: index for index, each in reversed([*enumerate(self.tables)])}
        return tuple(
            sorted(problems, key=lambda each: (order[each.place.path], each.place.line or 0))
        )

    def _school_fault(self, text: str) -> Mangled | None:
        return school_fault(text) if self.settled.mapping.school else None

    def _said(self, text: str) -> str | Mangled:
        if self.settled.mapping.week:
            return week_said(text)
        return period_said(text, self.settled.unit)

    def _cohorts(self, seen: Mapping[str, int], periods: Sequence[str]) -> _Cohorts:
        """The schools that were *seen* or listed, by where they were in service in *periods*."""
        if isinstance(self.schools, str):
            every = {each: self.schools for each in seen if not self._school_fault(each)}
            return _Cohorts(every, {self.schools: dict.fromkeys(periods, self.schools)})
        spans = [span for each in periods if (span := time_span(each))]
        names: dict[Served, str] = {}
        projects: dict[str, dict[str, str]] = {}
        of: dict[str, str] = {}
        never = set()
        for school, served in self.schools.items():
            if served not in names:
                names[served] = str(len(names))
                found = {each.said: project_at(served, each) for each in spans}
                projects[names[served]] = found
            if any(projects[names[served]].values()):
                of[school] = names[served]
            else:
                never.add(school)
        return _Cohorts(of, projects, frozenset(never))

    def _sums(
        self,
        found: Iterable[Sequence[Any]],
        seen: Mapping[str, int],
        cohorts: _Cohorts,
        idle: Mapping[str, int],
    ) -> Foreign:
        """The figures of the rows that the engine *found*, cohort by cohort."""
        rows: dict[tuple[str, str], list[Any]] = {}
        for cohort, period, *values in found:
            if project := cohorts.projects[cohort][period]:
                held = rows.setdefault((project, period), [0] * len(values))
                rows[project, period] = [
                    one + (other or 0) for one, other in zip(held, values, strict=True)
                ]
        rows = dict(sorted(rows.items()))
        listed = {} if isinstance(self.schools, str) else cohorts.counted()
        column = {name: 1 + 3 * index for index, name in enumerate(self.columns)}
        sums, missing = [], []
        for figure in self.settled.figures:
            names = figure.measure.columns
            if absent := [name for name in names if name not in column]:
                missing += absent
                continue
            unit = figure.measure.duration_in
            for at, row in rows.items():
                known = sum(row[column[name] + 1] for name in names)
                total = sum((Decimal(row[column[name]]) for name in names), Decimal(0))
                value = total / unit.seconds if unit else total
                is_partial = 0 < known < listed.get(at, row[0]) * len(names)
                told = round(value, 4) if known else None
                sums.append(Sum(figure, *at, told, is_partial))
        without = {e: n for e, n in seen.items() if e not in cohorts.of and e not in cohorts.never}
        by_project: dict[str, int] = {}
        for school, cohort in cohorts.of.items():
            for project in {*cohorts.projects[cohort].values()} - {""} if school in seen else ():
                by_project[project] = by_project.get(project, 0) + 1
        return Foreign(
            sums=tuple(sums),
            rows=sum(seen.values()),
            rows_left_out=sum(without.values()),
            schools_left_out=len(without),
            schools=by_project if self.settled.mapping.school else {},
            unseen=tuple(sorted(each for each in cohorts.of if each not in seen)),
            missing=tuple(dict.fromkeys(missing)),
            codes=self.codes,
            rows_idle=sum(idle.values()),
            idle=tuple(sorted(idle)),
            absent=tuple(_absent({at: row[0] for at, row in rows.items()}, listed)),
        )

    def _form_faults(self) -> Iterator[Problem]:
        """The rows that are none: with too many cells or too few, with marks left open."""
        told = 0
        for table in self.tables:
            line = table.above
            try:
                for line, row in table.rows():
                    if len(row) != table.width:
                        quoted = Message(QUOTE_IT, {"delimiter": table.delimiter})
                        yield IMPORT_FILE.problem(
                            Place(table.said, line, 1),
                            TOO_MANY,
                            expected=quoted if len(row) > table.width else None,
                            count=len(row),
                            columns=table.width,
                        )
                        told += 1
                        if told == MANY:
                            return
            except _LongLineError:
                at = Place(table.said, line + 1, 1)
                yield IMPORT_FILE.problem(at, LONG_LINE, limit=MAX_LINE)
                told += 1
            except csv.Error:
                at = Place(table.said, line + 1, 1)
                yield IMPORT_FILE.problem(at, UNCLOSED if _ends_a_line(table.path) else CUT)
                told += 1
        if not told:
            for table in self.tables:
                said = MIXED_ENDS if _mixes_ends(table.path) else UNREADABLE
                yield IMPORT_FILE.problem(Place(table.said), said, expected=Message(SAVE_AS))

    def _cell_faults(
        self, is_ours: Callable[[str], bool], twice: frozenset[tuple[str, str]] | None = None
    ) -> Iterator[Problem]:
        """What is wrong in the rows that are rows, in the order of the files.

        *is_ours* tells whether a school is one of a project. Of figures that are said twice, those
        of *twice* are told; where it is None, those of the first `KEPT` rows.
        """
        mapping = self.settled.mapping
        first: dict[tuple[str, str], Place] = {}
        faults: dict[str, Mangled | None] = {}
        periods: dict[str, str | Mangled] = {}
        for table, line, row in self._rows_of_all():
            cells = {name: row[at].strip(AROUND) for name, at in table.at.items()}
            if not any(cells.values()):
                continue
            school = cells.get(mapping.school or "", "")
            if school not in faults:
                faults[school] = self._school_fault(school)
            if wrong := faults[school]:
                yield self._fault(table, line, mapping.school or "", wrong)
            text = cells[mapping.when]
            if text not in periods:
                periods[text] = self._said(text)
            said = periods[text]
            if isinstance(said, Mangled):
                yield self._fault(table, line, mapping.when, said)
                continue
            if not is_ours(school):
                continue
            key = (school, said)
            if key in twice if twice is not None else key in first or len(first) < KEPT:
                at = Place(table.said, line, table.at[mapping.when] + 1)
                if key in first:
                    yield IMPORT_TWICE.problem(at, SAID_TWICE, other=str(first[key]))
                first.setdefault(key, at)
            for name, is_duration in zip(self.columns, self.durations, strict=True):
                wrong = cell_fault(cells.get(name, ""), is_duration=is_duration)
                if wrong:
                    yield self._fault(table, line, name, wrong)

    def _rows_of_all(self) -> Iterator[tuple[_Table, int, list[str]]]:
        """The rows of all files that have a cell for each column, up to where one is cut."""
        for table in self.tables:
            with suppress(csv.Error):  # the faults of its form say so
                for line, row in table.rows():
                    if len(row) == table.width:
                        yield table, line, row

    def _fault(self, table: _Table, line: int, name: str, wrong: Mangled) -> Problem:
        at = table.at[name]
        about = {"cell": f"{_letters(at)}{line}", "fault": wrong.found}
        return _problem(Place(table.said, line, at + 1), Message(IN_CELL, about), wrong)


def _letters(index: int) -> str:
    """What a spreadsheet calls its column *index*, counted from 0: `A`, `Z`, `AA`."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _first_of(cursor: Any) -> tuple[frozenset[tuple[str, str]], int]:
    """The first figures that are said twice, and how many rows are too many in all."""
    kept: list[tuple[str, str]] = []
    more = 0
    while rows := cursor.fetchmany(MANY):
        kept += [(school, said) for school, said, _ in rows] if not kept else []
        more += sum(count - 1 for _, _, count in rows)
    return frozenset(kept), more


@lru_cache(maxsize=64)
def _sql(expression: Callable[..., Any], *about: Any) -> str:
    """What DuckDB is asked by *expression*, made of *about*."""
    import ibis  # noqa: PLC0415

    return str(ibis.to_sql(expression(*about), dialect="duckdb"))


def _fill_keys(run: Callable[..., Any]) -> None:
    """The keys of all rows but blank ones, read once; of the cells, only what is asked is read."""
    run(f"CREATE TABLE {foreign.KEYS} AS FROM {ALL_KEYS}")
    blank = "school = '' AND period = ''"
    if run(f"SELECT count(*) FROM {foreign.KEYS} WHERE {blank}").fetchone()[0]:
        run(f"DELETE FROM {foreign.KEYS} WHERE {blank}")
        run(f"INSERT INTO {foreign.KEYS} SELECT school, period FROM cells WHERE {blank}")


def _rejected(run: Callable[..., Any]) -> int:
    """How many rows of the files are none."""
    return int(run("SELECT count(DISTINCT (file_id, line)) FROM reject_errors").fetchone()[0])


def _trimmed(at: int | None) -> str:
    """The cell of the column *at* without what stands around it, null if nothing is left."""
    return "NULL" if at is None else f"nullif(trim(x{at}), '')"


def _cell(at: int, *, is_duration: bool) -> str:
    """The cell of a figure; that of a plain row has nothing around it."""
    if is_duration:
        return _trimmed(at)
    return f"CASE WHEN plain THEN x{at} ELSE {_trimmed(at)} END"


def _fill(run: Callable[..., Any], table: str, rows: Mapping[str, str]) -> None:
    if rows:
        run(f"INSERT INTO {table} SELECT unnest(?), unnest(?)", [list(rows), list(rows.values())])


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _escaped(path: Path) -> str:
    """*path* for DuckDB, which would take some signs for those of a pattern."""
    return re.sub(r"[*?\[]", lambda match: f"[{match[0]}]", str(path.absolute()))


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(0, io.SEEK_END)
        file.seek(max(0, file.tell() - 1))
        return file.read(1) in (b"\n", b"\r")


def _mixes_ends(path: Path) -> bool:
    """Whether the lines of *path* end in more than one way."""
    both = ends = returns = 0
    last = b""
    with path.open("rb") as file:
        while chunk := file.read(1024 * 1024):
            whole = last + chunk
            both += whole.count(b"\r\n")
            ends += whole.count(b"\n")
            returns += whole.count(b"\r")
            last = b""
    return len([each for each in (both, ends - both, returns - both) if each > 0]) > 1
