"""The schools of a rollout, row by row of its table: typed values, or every fault in its cell.

A cell that is empty is unknown. Nothing is put right in silence: what a spreadsheet made of a
cell, such as a UAI without its zero, is a fault that says what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

from club.model.cells import Cell, Row, is_read_wrongly, read_table
from club.model.dates import PartialDate
from club.model.graph import TableFile
from club.model.identifiers import is_uai, nearest_uais
from club.model.mangled import Mangled, day, formula
from club.model.markup import folded
from club.model.message import N_, Choice, Message
from club.model.problem import Place, Problem, Rule, nearest
from club.records.project.model import SchoolType, Sector
from club.records.rollout.model import SchoolStatus

C = TypeVar("C", bound=Choice)

MARK = "#"
"""What begins a line that is no row."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "uai": ("uai", "RNE", "code UAI", "numéro UAI"),
    "name": ("name", "nom"),
    "type": ("type",),
    "sector": ("sector", "secteur"),
    "phase": ("phase",),
    "status": ("status", "statut", "état"),
    "date": ("date",),
}
"""What each column may be called, the first in the documentation."""
REQUIRED = ("uai", "status")
"""Without the others a table says less; without these it says nothing."""


class Values(dict[C, tuple[str, ...]]):
    """The values that a cell may hold, each with the words it may be written in."""

    @cached_property
    def by_word(self) -> Mapping[str, C]:
        """The value that each word stands for, folded."""
        return {folded(word): value for value, many in self.items() for word in many}

    @property
    def named(self) -> Message:
        """Each of them, in all its words."""
        return Message(ONE_OF, {"values": ", ".join(map(" / ".join, self.values()))})


TYPES = Values(
    {
        SchoolType.PRIMARY: ("primary", "école", "écoles"),
        SchoolType.COLLEGE: ("college", "collège", "collèges"),
        SchoolType.LYCEE: ("lycee", "lycée", "lycées"),
        SchoolType.AGRICULTURAL_LYCEE: (
            "agricultural_lycee",
            "lycée agricole",
            "lycées agricoles",
        ),
        SchoolType.EREA: ("erea",),
        SchoolType.CFA: ("cfa",),
        SchoolType.HIGHER: ("higher", "supérieur", "enseignement supérieur"),
    }
)
SECTORS = Values(
    {
        Sector.PUBLIC: ("public", "PU"),
        Sector.PRIVATE: ("private", "privé", "PR"),
        Sector.AGRICULTURAL: ("agricultural", "agricole"),
    }
)
"""PU and PR are those of the open data of the national measure (DNMA)."""
STATUSES = Values(
    {
        SchoolStatus.PLANNED: ("planned", "prévu"),
        SchoolStatus.IN_PROGRESS: ("in_progress", "en cours"),
        SchoolStatus.OPEN: ("open", "ouvert"),
        SchoolStatus.STOPPED: ("stopped", "arrêté"),
    }
)
PHASE = re.compile(r"[0-9]{1,6}")
PHASE_AMONG_WORDS = re.compile(r"[^0-9]*([0-9]{1,6})[^0-9]*")
NOWHERE = Place("")
LONGEST_NAME = 200
LONGEST_TOLD = 80

SCHOOLS_FILE = Rule(
    name="schools-file",
    wants=N_(
        "A table of schools has a column uai and a column status, and may have name, type, sector,"
        " phase and date; a row is a school."
    ),
    example=(
        "uai;name;type;sector;phase;status;date\n"
        "9990001X;Collège du Verger;college;public;1;open;2012-09-03"
    ),
)
SCHOOL_CELL = Rule(
    name="school-cell",
    wants=N_(
        "A school has a UAI with its zeros and its letter, and a status; its type, its sector, its"
        " phase and its date are those that the club knows, or nothing where nobody knows."
    ),
    example=(
        "uai;name;type;sector;phase;status;date\n"
        "9990001X;Collège du Verger;college;public;1;open;2012-09-03"
    ),
)
SCHOOL_TWICE = Rule(
    name="school-twice",
    wants=N_("A school stands once in the table of a rollout."),
    example="uai;status\n9990001X;open\n9990002Y;planned",
)

IN_CELL = N_("cell {cell}: {fault}")
NO_UAI = N_("the row has no UAI")
BAD_UAI = N_("“{found}” is not a UAI")
UAI_EXPECTED = N_("seven digits, the zeros in front too, and their letter, in a cell of text")
NO_STATUS = N_("the row does not say how far the school has come")
NOT_KNOWN = N_("“{found}” is not one of the values of the column “{name}”")
ONE_OF = N_("one of {values}")
BAD_PHASE = N_("“{found}” is not the number of a phase")
PHASE_EXPECTED = N_("the number of a phase of the rollout, or nothing")
TOO_LONG = N_("the name has {count} characters")
LONGEST_EXPECTED = N_("at most {count}")
READ_WRONGLY = N_("“{found}” has letters that were read in another encoding")
TWICE = N_("“{found}” already stands in this table, at line {line}")


@dataclass(frozen=True, slots=True)
class School:
    """A school as its row tells it: what is None or empty is unknown.

    *phase* is the number of a phase, of the rollout or not; *place* is that of its UAI.
    """

    uai: str
    status: SchoolStatus
    name: str = ""
    type: SchoolType | None = None
    sector: Sector | None = None
    phase: int | None = None
    date: PartialDate | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Schools:
    """The schools of a table, in its order, and every fault of it: a row with one is left out.

    *phases* are the cells that name a phase by its number, which the rollout alone knows.
    """

    schools: tuple[School, ...]
    problems: tuple[Problem, ...] = ()
    phases: tuple[Cell, ...] = ()


@lru_cache(maxsize=64)
def read_schools(file: TableFile) -> Schools:
    """What *file* holds: read once, however many graphs and pages ask."""
    table = read_table(
        file.path, file.raw, COLUMNS, MARK, REQUIRED, needs_row=True, rule=SCHOOLS_FILE
    )
    if isinstance(table, list):
        return Schools((), tuple(table))
    reader = _Reader([], {}, [], {})
    found = tuple(filter(None, map(reader.school, table.rows)))
    return Schools(found, tuple(reader.problems), tuple(reader.phases))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the rows of one table; *lines* are those where each UAI first stood."""

    problems: list[Problem]
    lines: dict[str, int]
    phases: list[Cell]
    meant: dict[tuple[str, str], tuple[str, ...]]

    def school(self, row: Row) -> School | None:
        """The school of *row*, or None if it has a fault."""
        before = len(self.problems)
        uai, status = self._uai(row["uai"]), self._status(row["status"])
        name, type = self._name(row.get("name")), self._one(row, "type", TYPES)
        sector, phase = self._one(row, "sector", SECTORS), self._phase(row.get("phase"))
        when = self._date(row.get("date"))
        if len(self.problems) > before or status is None:
            return None
        return School(uai, status, name, type, sector, phase, when, row["uai"].place)

    def _fault(
        self,
        cell: Cell,
        fault: Message,
        expected: Message | None = None,
        near: tuple[str, ...] = (),
        rule: Rule = SCHOOL_CELL,
    ) -> None:
        self.problems.append(
            rule.problem(
                cell.place, IN_CELL, expected=expected, nearest=near, cell=cell.name, fault=fault
            )
        )

    def _uai(self, cell: Cell) -> str:
        text = cell.text
        if not is_uai(text):
            said = Message(BAD_UAI, {"found": text[:LONGEST_TOLD]}) if text else Message(NO_UAI)
            wrong = formula(text)
            self._fault(
                cell, wrong.found if wrong else said, Message(UAI_EXPECTED), nearest_uais(text)
            )
        elif text in self.lines:
            twice = Message(TWICE, {"found": text, "line": self.lines[text]})
            self._fault(cell, twice, rule=SCHOOL_TWICE)
        self.lines.setdefault(text, cell.place.line)
        return text

    def _status(self, cell: Cell) -> SchoolStatus | None:
        if not cell.text:
            self._fault(cell, Message(NO_STATUS), STATUSES.named)
            return None
        return self._choice(cell, "status", STATUSES)

    def _one(self, row: Row, name: str, values: Values[C]) -> C | None:
        cell = row.get(name)
        return self._choice(cell, name, values) if cell and cell.text else None

    def _choice(self, cell: Cell, name: str, values: Values[C]) -> C | None:
        words = values.by_word
        found = words.get(cell.text) or words.get(folded(cell.text))
        if found is not None:
            return found
        wrong = formula(cell.text)
        about = {"found": cell.text[:LONGEST_TOLD], "name": name}
        asked = (name, cell.text)
        if asked not in self.meant:  # a whole column is often wrong in the same way
            near = nearest(folded(cell.text), words)
            self.meant[asked] = tuple(dict.fromkeys(str(words[each]) for each in near))
        said = wrong.found if wrong else Message(NOT_KNOWN, about)
        self._fault(cell, said, values.named, self.meant[asked])
        return None

    def _phase(self, cell: Cell | None) -> int | None:
        if cell is None or not cell.text:
            return None
        if PHASE.fullmatch(cell.text):
            self.phases.append(cell)
            return int(cell.text)
        wrong = formula(cell.text)
        said = Message(BAD_PHASE, {"found": cell.text[:LONGEST_TOLD]})
        numbers = PHASE_AMONG_WORDS.fullmatch(cell.text)
        near = (numbers[1],) if numbers else ()
        self._fault(cell, wrong.found if wrong else said, Message(PHASE_EXPECTED), near)
        return None

    def _name(self, cell: Cell | None) -> str:
        name = " ".join(cell.text.split()) if cell else ""
        if cell is None or not name:
            return ""
        about = {"found": name[:LONGEST_TOLD]}
        if wrong := formula(name):
            self._fault(cell, wrong.found)
        elif is_read_wrongly(name):
            self._fault(cell, Message(READ_WRONGLY, about))
        elif len(name) > LONGEST_NAME:
            most = Message(LONGEST_EXPECTED, {"count": LONGEST_NAME})
            self._fault(cell, Message(TOO_LONG, {"count": len(name)}), most)
        return name

    def _date(self, cell: Cell | None) -> PartialDate | None:
        if cell is None or not cell.text:
            return None
        said = formula(cell.text) or day(cell.text)
        if isinstance(said, Mangled):
            self._fault(cell, said.found, said.expected, said.near)
            return None
        return said
