"""The tables of a consultation, cell by cell: answers to questionnaires, tools in use.

A table of answers has a column an item and no other, so that nobody can be told from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from club.insight import usability
from club.model.cells import Cell, Row, read_table
from club.model.graph import Graph, TableFile
from club.model.mangled import formula
from club.model.markup import folded
from club.model.message import N_, Message
from club.model.problem import Problem, Rule, nearest
from club.model.view import YesNo
from club.records.consultation.model import Consultation, Instrument
from club.records.organisation.model import Organisation

INSTRUMENTS = {
    Instrument.SUS: usability.SUS,
    Instrument.UMUX_LITE: usability.UMUX_LITE,
    Instrument.UEQ_S: usability.UEQ_S,
}
MARK = "#"
"""What begins a line that is no row."""
ANSWER = re.compile(r"\d+")
TOOL = "tool"
WORDS = {"oui": YesNo.YES, "yes": YesNo.YES, "x": YesNo.YES, "non": YesNo.NO, "no": YesNo.NO}
"""What a cell of an inventory may say; an empty one is unknown."""

USABILITY_ANSWER = Rule(
    name="usability-answer",
    wants=N_(
        "An answer to a questionnaire is a whole number on its scale, or nothing. The table has a"
        " column an item (Q1, Q2…) and no other: no name, no date, nothing that tells who answered."
    ),
    example="Q1;Q2;Q3;Q4;Q5;Q6;Q7;Q8;Q9;Q10\n4;2;5;1;4;2;5;1;4;2",
)
INVENTORY_CELL = Rule(
    name="inventory-cell",
    wants=N_(
        "An inventory has a row a tool and a column an organisation that takes part; each cell says"
        " yes or no, or nothing where nobody knows."
    ),
    example="Outil;academie-lyon;academie-nantes\nMessagerie;oui;non",
)
ANSWER_FOUND = N_("“{found}” is no answer")
ANSWER_EXPECTED = N_("a whole number from 1 to {most}, or nothing")
CELL_FOUND = N_("“{found}” says neither yes nor no")
CELL_EXPECTED = N_("oui, non, or nothing where nobody knows")
NOBODY_FOUND = N_("nobody takes part in this consultation, so no column can be read")
TOOL_FOUND = N_("the row names no tool")
TOOL_TWICE = N_("“{found}” already stands in this table, at line {line}")


@dataclass(frozen=True, slots=True)
class Answers:
    """What each person answered, item by item."""

    rows: tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Tools:
    """Whether each tool serves each organisation; None where nobody knows."""

    organisations: tuple[Organisation, ...]
    rows: tuple[tuple[str, tuple[YesNo | None, ...]], ...]


def read_answers(file: TableFile, instrument: Instrument) -> Answers | list[Problem]:
    """The answers that *file* holds, or every fault of it, each in its cell."""
    about = INSTRUMENTS[instrument]
    columns = {
        f"q{number}": (f"Q{number}", str(number), f"item {number}", f"question {number}")
        for number in range(1, about.items + 1)
    }
    table = read_table(file.path, file.raw, columns, MARK, tuple(columns))
    if isinstance(table, list):
        return table
    problems: list[Problem] = []
    rows = tuple(
        tuple(_answer(row, name, about.most, problems) for name in columns) for row in table.rows
    )
    return problems or Answers(rows)


def _answer(row: Row, name: str, most: int, problems: list[Problem]) -> int | None:
    cell = row[name]
    text = cell.text.strip()
    if not text:
        return None
    digits = text.lstrip("0")
    if ANSWER.fullmatch(text) and text.isascii() and digits.isdecimal() and len(digits) < 9:
        number = int(digits)
        if 1 <= number <= most:
            return number
    found = formula(text)
    said = found.found if found else Message(ANSWER_FOUND, {"found": text[:80]})
    problems.append(
        USABILITY_ANSWER.problem(
            cell.place,
            IN_CELL,
            expected=Message(ANSWER_EXPECTED, {"most": most}),
            cell=cell.name,
            fault=said,
        )
    )
    return None


IN_CELL = N_("cell {cell}: {fault}")


def taking_part(consultation: Consultation, graph: Graph) -> tuple[Organisation, ...]:
    """The participants, or the organiser too where it does not stand among them, each once."""
    asked = (*consultation.participants, *filter(None, (consultation.organiser,)))
    found = (graph.get(each) for each in asked)
    return tuple({each.id: each for each in found if isinstance(each, Organisation)}.values())


def read_tools(
    file: TableFile, organisations: Sequence[Organisation], *, is_whole: bool = False
) -> Tools | list[Problem]:
    """The inventory that *file* holds of *organisations*, or every fault of it.

    A page passes over those that its readers may not know: *is_whole* asks for all of them.
    """
    columns: dict[str, Sequence[str]] = {TOOL: ("Outil", "Tool")}
    for each in organisations:
        columns[each.id] = tuple(filter(None, (each.id, each.name, each.short_name)))
    table = read_table(file.path, file.raw, columns, MARK, (TOOL,), with_others=not is_whole)
    if isinstance(table, list):
        return table
    problems: list[Problem] = []
    rows = tuple(_tools(table.rows, organisations, problems))
    return problems or Tools(tuple(organisations), rows)


def _tools(
    rows: Sequence[Row], organisations: Sequence[Organisation], problems: list[Problem]
) -> Iterator[tuple[str, tuple[YesNo | None, ...]]]:
    seen: dict[str, int] = {}
    for row in rows:
        head = row[TOOL]
        name = " ".join(head.text.split())
        if not name:
            problems.append(INVENTORY_CELL.problem(head.place, TOOL_FOUND))
        elif line := seen.get(folded(name)):
            problems.append(
                INVENTORY_CELL.problem(head.place, TOOL_TWICE, found=name[:80], line=line)
            )
        seen.setdefault(folded(name), head.place.line)
        yield name, tuple(_cell(row, each.id, problems) for each in organisations)


def _cell(row: Mapping[str, Cell], name: str, problems: list[Problem]) -> YesNo | None:
    cell = row.get(name)
    text = cell.text.strip() if cell else ""
    if cell is None or not text:
        return None
    said = WORDS.get(folded(text))
    if said is None:
        fault = formula(text)
        found = fault.found if fault else Message(CELL_FOUND, {"found": text[:80]})
        problems.append(
            INVENTORY_CELL.problem(
                cell.place,
                IN_CELL,
                expected=Message(CELL_EXPECTED),
                nearest=nearest(text, ("oui", "non")),
                cell=cell.name,
                fault=found,
            )
        )
    return said
