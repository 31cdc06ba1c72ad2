"""Files of series to figures: every cell is read strictly, and each fault is told where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from club.insight.splits import CHOICES, keys_of
from club.model.cells import SHEET, Cell, Row, read_table
from club.model.fields import Qualifier
from club.model.folder import ClubFolder
from club.model.foreign import MAPPINGS
from club.model.graph import Graph
from club.model.mangled import Mangled, day, formula
from club.model.message import N_, Message
from club.model.names import is_hidden
from club.model.problem import Level, Place, Problem, Rule, nearest
from club.model.series import COLUMNS, FOLDER, FORMS, Observation, TimeSpan, time_span
from club.model.source import is_link, read_bytes
from club.read.references import Written

WORDS = {
    "indicator": ("indicator", "indicateur"),
    "project": ("project", "projet"),
    "period": ("period", "période"),
    "dimension": ("dimension",),
    "key": ("key", "clé"),
    "value": ("value", "valeur"),
    "qualifier": ("qualifier", "qualificatif"),
    "source": ("source",),
}
REQUIRED = ("indicator", "project", "period", "value")
MARK = "#"
SPACES = re.compile("[ \u00a0\u202f\u2009]")
MOST = 10**15
"""No figure reaches this: the engine that adds them up has room for twenty years of them."""
MOST_DECIMALS = 4
SHORT = 15
"""So many digits alone are below `MOST`."""
NUMBER = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)
GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?:[.,]\d+)?", re.ASCII)
IN_DOUBT = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?[eE][+-]?\d+")

SERIES_FILE = Rule(
    name="series-file",
    wants=N_("A file of series is a table in CSV (UTF-8) with the columns of series and no other."),
    example=",".join(COLUMNS),
)
SERIES_WORD = Rule(
    name="series-word",
    wants=N_("A row of series names an indicator, a project, a key and a source that are there."),
    example="visites-mensuelles,e-lyco,2012-02,profile,student,12000,exact,source-x",
)
SERIES_PERIOD = Rule(
    name="series-period",
    wants=N_(
        "The period of a row is one of its indicator: a week, a month, a quarter, a school year."
    ),
    example="2012-W07, 2012-02, 2012-T1, 2011-2012",
)
SERIES_NUMBER = Rule(
    name="series-number",
    wants=N_("The value of a row is a number, or nothing where it is unknown: a blank is no zero."),
    example="visites-mensuelles,e-lyco,2012-02,,,1 234 567,exact,source-x",
)
SERIES_TWICE = Rule(
    name="series-twice",
    wants=N_(
        "One row says a figure: an indicator of a project, for a period, as a whole or in part."
    ),
    example="visites-mensuelles,e-lyco,2012-02,,,12000,exact,source-x",
)
SERIES_LATER = Rule(
    name="series-later",
    wants=N_(
        "On a site of a past day (SOURCE_DATE_EPOCH), a figure is of a period that had begun then."
    ),
    example="visites-mensuelles,e-lyco,2012-02,,,12000,exact,source-x",
    level=Level.WARNING,
)
RULES = (SERIES_FILE, SERIES_WORD, SERIES_PERIOD, SERIES_NUMBER, SERIES_TWICE, SERIES_LATER)

BLANK = N_("the cell is empty")
UNKNOWN_WORD = N_("no {kind} is called “{found}”")
NOT_SPLIT = N_("“{indicator}” is not split by “{found}”")
NO_KEY = N_("the row is split by “{dimension}” and does not say into what")
NO_DIMENSION = N_("the key “{found}” stands without a dimension")
NO_PERIOD = N_("“{found}” is no period")
OTHER_PERIOD = N_("“{found}” is not of the length of the figures of “{indicator}”")
TO_COME = N_("“{found}” has not begun yet: what is to be reached is a target")
LATER = N_(
    "on {day}, the day of this site, “{found}” had not begun; such rows in the file: {count}"
)
FORM = N_("a form such as {form}")
BELOW = re.compile("[-\N{MINUS SIGN}\N{EN DASH}]")
BELOW_ZERO = N_("“{found}” is below zero: nothing that the club counts is")
NO_NUMBER = N_("“{found}” is not a number")
TWO_NUMBERS = N_("“{found}” is one number with a decimal comma, and another with thousands apart")
TOO_FINE = N_("“{found}” has more decimals than the club keeps: four at most")
TOO_BIG = N_("“{found}” is larger than anything that a club counts")
ROUNDED = N_("“{found}” is what a spreadsheet shows of a long number: digits are lost")
PART = N_("“{indicator}” counts whole things, and “{found}” is no whole number")
WHOLE = N_("a whole number, or “decimals: yes” in the indicator")
LEAVE_BLANK = N_("a number without unit, or an empty cell where it is unknown")
SAID_TWICE = N_("the same figure already stands at {other}")
NOT_CSV = N_("“{found}” is no table in CSV")


def read_series(
    folder: ClubFolder,
    graph: Graph,
    written: Written,
    today: date | None = None,
    now: date | None = None,
) -> tuple[list[Observation], list[Problem]]:
    """Every sound row of the files of series of *folder*, and what is wrong with the others.

    A file that is not in UTF-8 is told, since whoever reads it next may take it for another. What
    has not begun by *today* was not measured, unless it has *now*: then today is a past day, for
    which the club is told again, and such figures are a doubt, told once a file.
    """
    reader = _Reader(graph, written, today, max(today, now or today) if today else None)
    top = folder.root / FOLDER
    if top.is_symlink():
        return [], [is_link(FOLDER)]
    files = sorted(top.iterdir()) if top.is_dir() else []
    for file in files:
        if is_hidden(file.name):
            continue
        path = f"{FOLDER}/{file.name}"
        if path == MAPPINGS and file.is_dir() and not file.is_symlink():
            continue
        if file.suffix != ".csv":
            reader.problems.append(SERIES_FILE.problem(Place(path), NOT_CSV, found=file.name))
            continue
        raw = read_bytes(folder.root, path)
        if isinstance(raw, Problem):
            reader.problems.append(raw)
        else:
            reader.read(path, raw)
    return reader.found, reader.problems


Known = tuple[tuple[str, str, str], str, TimeSpan, Decimal | None, Qualifier, str]
"""The indicator, dimension and key of a row, its project, period, value, qualifier and source."""


@dataclass
class _Reader:
    graph: Graph
    written: Written
    today: date | None = None
    now: date | None = None
    found: list[Observation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _first: dict[tuple[str, ...], Place] = field(default_factory=dict)
    _spans: dict[str, TimeSpan | None] = field(default_factory=dict)
    _sound: dict[tuple[str, ...], Any] = field(default_factory=dict)
    """What the words of rows that had no fault mean, by the columns that decide it together."""

    def read(self, path: str, raw: bytes) -> None:
        """Reads the file *path*, which holds *raw*."""
        table = read_table(path, raw, WORDS, MARK, REQUIRED)
        if isinstance(table, list):
            self.problems += [
                replace(each, rule=SERIES_FILE) if each.rule is SHEET else each for each in table
            ]
            return
        for note in table.notes:
            self.problems.append(Problem(rule=SERIES_FILE, place=Place(path), message=note))
        first = len(self.found)
        for row in table.rows:
            texts = row.texts(COLUMNS)
            if _is_to_fill_in(texts):
                continue
            if (found := self._known(texts)) is not None:
                self._keep(row, *found)
            else:
                self._row(row, texts)
        if self.today:
            self._tell_later(self.found[first:], self.today)

    def _tell_later(self, found: Sequence[Observation], today: date) -> None:
        """That some figures of a file are of periods that had not begun *today*."""
        if later := [each for each in found if each.span.first > today]:
            said, count = later[0].span.said, len(later)
            day = today.isoformat()
            self.problems.append(
                SERIES_LATER.problem(later[0].place, LATER, day=day, found=said, count=count)
            )

    def _known(self, texts: tuple[str, ...]) -> Known | None:
        """What a row of *texts* says if all its words are known from rows without a fault.

        A country has a hundred thousand rows and some hundreds of words: looking at each cell
        took ten times as long. Whatever is not known is looked at cell by cell.
        """
        indicator, project, period, dimension, key, value, qualifier, source = texts
        sound = self._sound
        try:
            part = sound["part", indicator, dimension, key]
            span = sound["span", indicator, period]
            project = sound["project", project]
            source = sound["source", source]
            mark = sound["qualifier", qualifier]
        except KeyError:
            return None
        if not value:
            return (part, project, span, None, mark, source)
        if value.isdigit() and value.isascii() and len(value) <= SHORT:
            return (part, project, span, Decimal(value), mark, source)
        return None

    def _row(self, row: Row, texts: tuple[str, ...]) -> None:
        before = len(self.problems)
        indicator = self._record(row, "indicator")
        project = self._record(row, "project")
        source = self._record(row, "source", may_be_blank=True)
        span = self._span(row["period"], indicator)
        dimension, key = self._part(row, indicator)
        value = self._number(row["value"], indicator)
        qualifier = self._qualifier(row.get("qualifier"))
        if len(self.problems) > before or not (indicator and project and span):
            return
        words = dict(zip(COLUMNS, texts, strict=True))
        said = source.id if source else ""
        part = (indicator.id, dimension, key)
        self._sound["source", words["source"]] = said
        self._sound["part", words["indicator"], words["dimension"], words["key"]] = part
        self._sound["span", words["indicator"], words["period"]] = span
        self._sound["project", words["project"]] = project.id
        self._sound["qualifier", words["qualifier"]] = qualifier
        self._keep(row, part, project.id, span, value, qualifier, said)

    def _keep(
        self,
        row: Row,
        part: tuple[str, str, str],
        project: str,
        span: TimeSpan,
        value: Decimal | None,
        qualifier: Qualifier,
        source: str,
    ) -> None:
        """Keeps a figure without a fault, unless it stands there already."""
        indicator, dimension, key = part
        identity = (indicator, project, span.said, dimension, key)
        at = row.place("value")
        if first := self._first.get(identity):
            said = str(first)
            self.problems.append(SERIES_TWICE.problem(row.place("period"), SAID_TWICE, other=said))
            return
        self._first[identity] = at
        self.found.append(
            Observation(indicator, project, span, dimension, key, value, qualifier, source, at)
        )

    def _record(self, row: Row, name: str, *, may_be_blank: bool = False) -> Any:
        """The record of the kind *name* that its cell names, or None."""
        cell = row.get(name)
        if cell is None or not cell.text:
            if not may_be_blank and cell is not None:
                valid = self._one_of(self.graph.ids_of((name,)))
                self._tell(SERIES_WORD, cell, Message(BLANK), expected=valid)
            return None
        found = self.graph.find(cell.text)
        if found is not None and found.kind == name:
            return found
        if found is None and self.written.may_hold(cell.text, (name,)):
            return None  # its own faults are told where it is written
        self._unknown(cell, name, self.graph.ids_of((name,)))
        return None

    def _span(self, cell: Cell, indicator: Any) -> TimeSpan | None:
        text = " ".join(cell.text.split())
        if text not in self._spans:
            self._spans[text] = time_span(text)
        span = self._spans[text]
        wanted = str(indicator.period) if indicator else ""
        forms = [FORMS[wanted]] if wanted in FORMS else list(FORMS.values())
        expected = Message(FORM, {"form": ", ".join(forms)})
        if not text:
            self._tell(SERIES_PERIOD, cell, Message(BLANK), expected=expected)
        elif span is None:
            wrong = formula(text)
            found = wrong.found if wrong else Message(NO_PERIOD, {"found": cell.text})
            near = tuple(months_meant(text)) if wanted in ("month", "") else ()
            self._tell(SERIES_PERIOD, cell, found, near, expected)
        elif wanted and span.unit != wanted:
            about = {"found": cell.text, "indicator": indicator.id}
            self._tell(SERIES_PERIOD, cell, Message(OTHER_PERIOD, about), expected=expected)
        elif self.now and span.first > self.now:
            self._tell(SERIES_PERIOD, cell, Message(TO_COME, {"found": cell.text}))
        else:
            return span
        return None

    def _part(self, row: Row, indicator: Any) -> tuple[str, str]:
        """The dimension and the key, both empty for a total."""
        dimension, key = row.get("dimension"), row.get("key")
        if dimension is None or not dimension.text:
            if key is not None and key.text:
                self._tell(SERIES_WORD, key, Message(NO_DIMENSION, {"found": key.text}))
            return "", ""
        name = dimension.text
        known = [str(each) for each in indicator.dimensions] if indicator else [*CHOICES, "service"]
        if name not in known:
            about = {"found": name, "indicator": indicator.id if indicator else "…"}
            self._tell(SERIES_WORD, dimension, Message(NOT_SPLIT, about), nearest(name, known))
            return "", ""
        if key is None or not key.text:
            about = {"dimension": name}
            self._tell(SERIES_WORD, key or dimension, Message(NO_KEY, about))
            return name, ""
        if name == "service":
            found = self.graph.find(key.text)
            if found is not None and found.kind == name:
                return name, found.id
            if found is None and self.written.may_hold(key.text, (name,)):
                return name, key.text
            valid: Sequence[str] = self.graph.ids_of((name,))
        elif key.text in keys_of(name):
            return name, key.text
        else:
            valid = keys_of(name)
        self._unknown(key, name, valid)
        return name, key.text

    def _number(self, cell: Cell, indicator: Any) -> Decimal | None:
        """The value; None for a blank, which is unknown, and for what is no number."""
        found = number(cell.text)
        is_whole = indicator is not None and not indicator.decimals
        if isinstance(found, Mangled):
            near = tuple(each for each in found.near if not is_whole or each.isdigit())
            self._tell(SERIES_NUMBER, cell, found.found, near, found.expected)
            return None
        if found is not None and is_whole and found % 1:
            about = {"indicator": indicator.id, "found": cell.text}
            self._tell(SERIES_NUMBER, cell, Message(PART, about), expected=Message(WHOLE))
            return None
        return found

    def _qualifier(self, cell: Cell | None) -> Qualifier:
        if cell is None or not cell.text:
            return Qualifier.EXACT
        names = [str(each) for each in Qualifier if each is not Qualifier.TARGET]
        if cell.text in names:
            return Qualifier(cell.text)
        about = {"kind": Message(N_("qualifier")), "found": cell.text}
        meant = IN_FRENCH.get(" ".join(cell.text.casefold().split()))
        near = (str(meant),) if meant else nearest(cell.text, names)
        self._tell(SERIES_WORD, cell, Message(UNKNOWN_WORD, about), near, one_of(names))
        return Qualifier.EXACT

    def _unknown(self, cell: Cell, name: str, valid: Sequence[str]) -> None:
        """Tells that *cell* names no *name*, and which ones are near, or else all of them."""
        about = {"kind": Message(NAMES[name]), "found": cell.text}
        near = nearest(cell.text, valid)
        expected = None if near else self._one_of(valid)
        self._tell(SERIES_WORD, cell, Message(UNKNOWN_WORD, about), near, expected)

    def _one_of(self, names: Sequence[str]) -> Message | None:
        """What is valid, less the former names of records: they are read, and written no more."""
        former = {each for each in names if (held := self.graph.find(each)) and held.id != each}
        return one_of([each for each in names if each not in former])

    def _tell(
        self,
        rule: Rule,
        cell: Cell,
        found: Message,
        near: Sequence[str] = (),
        expected: Message | None = None,
    ) -> None:
        self.problems.append(
            Problem(
                rule=rule,
                place=cell.place,
                message=cell.said(found),
                expected=expected,
                nearest=tuple(near),
            )
        )


def _is_to_fill_in(texts: tuple[str, ...]) -> bool:
    """Whether a row is as the empty file has it, which nobody need fill in whole."""
    _, project, period, _, _, value, qualifier, source = texts
    return not (project or period or value or qualifier or source)


IN_FRENCH = {
    "environ": Qualifier.ABOUT,
    "à peu près": Qualifier.ABOUT,
    "plus de": Qualifier.MORE_THAN,
    "au moins": Qualifier.AT_LEAST,
    "moins de": Qualifier.LESS_THAN,
}
"""What members say, for what files write."""
MOST_NAMED = 12


def one_of(names: Sequence[str]) -> Message | None:
    """What is valid, where that is few enough to be read."""
    if not 0 < len(names) <= MOST_NAMED:
        return None
    return Message(N_("one of {names}"), {"names": ", ".join(sorted(names))})


NAMES = {
    "indicator": N_("indicator"),
    "project": N_("project"),
    "source": N_("source"),
    "service": N_("service"),
    "profile": N_("profile"),
    "school_type": N_("school type"),
    "device": N_("device"),
}


def number(text: str) -> Decimal | Mangled | None:
    """The number that *text* says, None if it is blank, or what is wrong with it.

    Thousands may stand apart by a space, thin or not; decimals follow a comma or a point.
    “1.234” is refused, since it may be either.
    """
    if not text:
        return None
    expected = Message(LEAVE_BLANK)
    if wrong := formula(text):
        return replace(wrong, expected=expected)
    if SCIENTIFIC.fullmatch(text):
        return Mangled(Message(ROUNDED, {"found": text}), expected)
    if IN_DOUBT.fullmatch(text):
        near = (re.sub("[.,]", "", text), f"{text.replace(',', '.')}0")
        is_one = len(re.findall("[.,]", text)) == 1
        return Mangled(
            Message(TWO_NUMBERS, {"found": text}), expected, near if is_one else near[:1]
        )
    if NUMBER.fullmatch(text) or GROUPED.fullmatch(text):
        if len(re.split("[.,]", text)[-1]) > MOST_DECIMALS and re.search("[.,]", text):
            return Mangled(Message(TOO_FINE, {"found": text[:40]}), expected)
        value = Decimal(SPACES.sub("", text).replace(",", "."))
        return value if value < MOST else Mangled(Message(TOO_BIG, {"found": text}), expected)
    if BELOW.match(text) and isinstance(number(text[1:].lstrip()), Decimal):
        return Mangled(Message(BELOW_ZERO, {"found": text}), expected)
    return Mangled(Message(NO_NUMBER, {"found": text}), expected)


def months_meant(text: str) -> Iterator[str]:
    """The months that *text*, as a spreadsheet shows one, may have been meant for."""
    found = day(text)
    if isinstance(found, Mangled):
        yield from dict.fromkeys(each[:7] for each in found.near if time_span(each[:7]))
    elif found.month and time_span(f"{found.year}-{found.month:02}"):
        yield f"{found.year}-{found.month:02}"
