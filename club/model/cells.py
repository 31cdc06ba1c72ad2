"""A table that somebody filled in, as a spreadsheet saves it or in YAML: rows of cells with places.

A spreadsheet chooses the encoding and what parts the cells; both are found by the head of the
table, whose words are known, and never guessed from the rows.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

from club.model.folder import SUFFIXES
from club.model.lines import BOM
from club.model.markup import folded
from club.model.message import N_, Message
from club.model.problem import Place, Problem, Rule, nearest
from club.model.source import MAX_BYTES, NOT_TEXT, Block, Items, decoded, parse
from club.model.structure_rules import TOO_LARGE, TOO_LARGE_FOUND

DELIMITERS = (";", ",", "\t")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
WESTERN = "cp1252"
IN_DOUBT = re.compile("[¤¦¨´¸¼½¾]")
"""What other Western encodings read as other letters, such as “œ” or “€”."""
READ_WRONGLY = re.compile("Ã[\x80-\xbf]|â€|\ufffd")
"""What is left of letters that were read in another encoding than they were written in."""
OF_EXCEL = "sep="
"""The line in which Excel may be told what parts the cells."""
NEW_LINE = re.compile("\r\n?|\n|\v")
KEPT_FROM_FORMULA = re.compile(r"'[=+@\-]")
AROUND_TEXT = f" \t\r\n;,{BOM}"
"""What a file may hold and say nothing."""
SHOWN = 60
FAR = 100
"""No head is looked for so many rows below."""
ROWS = "answers"
"""The list that holds the rows in YAML."""
FOR, CLUB = "for", "club"
"""What the first line says after its mark: what the table was made for, and for which club."""

SHEET = Rule(
    name="answers-file",
    wants=N_("A file of answers is the template, filled in: its columns, in CSV (UTF-8) or YAML."),
    example="Demande;Titre;Réponse;Version;Date;Texte;Source",
)
SAVE_AS = N_("a file saved as “CSV UTF-8”")
HEAD_EXPECTED = N_("a line with the columns: {names}, with “;”, “,” or tabs between them")
EMPTY = N_("the file is empty")
MARKS_FOUND = N_(
    "{count} byte order marks (U+FEFF, which no program shows) stand before “{found}”, where one"
    " at most may"
)
MARK_FOUND = N_("a byte order mark (U+FEFF, which no program shows) stands in “{found}”")
NO_ROW = N_("the file names its columns, and no row follows")
ROW_EXPECTED = N_("a row at least below the line that names the columns")
NO_HEAD = N_("no line names the columns")
UNKNOWN_COLUMN = N_("there is no column “{found}”")
TWICE = N_("the column “{found}” stands there twice")
LACKS = N_("there is no column “{name}”")
NOT_UTF8 = N_("the file is not in UTF-8, and what its letters are cannot be told for sure")
WAS_CP1252 = N_("{path} is not in UTF-8: it was read as Windows writes it (cp1252)")
ABOVE = N_("the row stands above the line that names the columns")
CUT = N_("the file ends inside a row: it was not written to its end")
UNCLOSED = N_("a quotation mark is opened or closed where none may stand, or never closed")
TOO_MANY = N_("the row has {count} cells where there are {columns} columns")
QUOTE_IT = N_("quotation marks around a text that holds “{delimiter}”")
IN_CELL = N_("cell {cell}: {fault}")
NOT_ROWS = N_("the file has no list “{name}” of mappings")
NOT_A_VALUE = N_("a text is expected here")


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, where it stands, and what a spreadsheet calls it."""

    text: str
    place: Place
    name: str = ""

    def said(self, fault: Message) -> Message:
        """*fault*, found in this cell."""
        return Message(IN_CELL, {"cell": self.name, "fault": fault}) if self.name else fault


class Row(Mapping[str, Cell]):
    """The cells of a row by their column; a cell is made when it is asked for.

    A table of a country has a million cells, of which a fault takes one.
    """

    __slots__ = ()

    def texts(self, names: Iterable[str]) -> tuple[str, ...]:
        """The text of each column of *names*; nothing for one that the table has not."""
        return tuple(self[name].text if name in self else "" for name in names)

    def place(self, name: str) -> Place:
        """Where the cell of the column *name* stands."""
        return self[name].place


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, what its head says of it, and what is to be said of how it was read."""

    rows: tuple[Row, ...]
    about: Mapping[str, Cell]
    notes: tuple[Message, ...] = ()


def read_table(
    path: str,
    raw: bytes,
    columns: Mapping[str, Sequence[str]],
    mark: str,
    required: Sequence[str],
    *,
    with_others: bool = False,
    needs_row: bool = False,
    rule: Rule = SHEET,
) -> Table | list[Problem]:
    """The table of *raw*, the content of *path*, whose *columns* go by any of their words.

    Other columns are faults, unless it may stand *with_others*, which are then passed over.
    A line of CSV that begins with *mark* is no row; the first of them says what the table is for.
    A head without a row is a fault where it *needs_row*. Faults of its form break *rule*.
    """
    if len(raw) > MAX_BYTES:
        return [TOO_LARGE.problem(Place(path), TOO_LARGE_FOUND, size=len(raw), limit=MAX_BYTES)]
    if path.endswith(SUFFIXES):
        said = decoded(path, raw)
        return [said] if isinstance(said, Problem) else _from_yaml(path, said, columns)
    sheet = _Sheet(path, columns, mark, required, with_others, needs_row, rule)
    text, notes = sheet.decoded(raw)
    if text is None:
        expected = Message(SAVE_AS)
        return [rule.problem(Place(path), NOT_UTF8, expected=expected)]
    found = sheet.table(text)
    if isinstance(found, Table) and notes:
        return Table(found.rows, found.about, notes)
    return found


def no_row(rule: Rule, head: Place) -> Problem:
    """That no row follows the *head* of a table."""
    return rule.problem(head, NO_ROW, expected=Message(ROW_EXPECTED))


def marks_in(rows: Iterable[tuple[int, Sequence[str]]], rule: Rule, path: str) -> Iterator[Problem]:
    """The byte order marks in cells of *rows*, each with its line: a head, and what is above."""
    for line, cells in rows:
        for index, cell in enumerate(cells):
            if BOM in cell:
                # Decoding took the first mark of the file.
                is_start = line == 1 and index == 0 and cell.startswith(BOM)
                yield rule.problem(
                    Place(path, line, index + 1),
                    MARKS_FOUND if is_start else MARK_FOUND,
                    expected=Message(SAVE_AS),
                    count=cell.count(BOM) + 1,
                    found=cell.replace(BOM, "").strip(' "')[:SHOWN],
                )


class _BlockRow(Row):
    """A row of YAML."""

    __slots__ = ("_held",)

    def __init__(self, held: Mapping[str, Cell]) -> None:
        self._held = held

    def __getitem__(self, name: str) -> Cell:
        return self._held[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


class _SheetRow(Row):
    """A row of CSV: its *cells* as they were read from *line* on, row *number* of the file.

    *at* is where each column stands, the same mapping for all rows.
    """

    __slots__ = ("_at", "_cells", "_line", "_number", "_path")

    def __init__(
        self, path: str, at: Mapping[str, int], cells: Sequence[str], line: int, number: int
    ) -> None:
        self._path, self._at, self._cells = path, at, cells
        self._line, self._number = line, number

    def __getitem__(self, name: str) -> Cell:
        index = self._at[name]
        letter = chr(ord("A") + index % 26)
        return Cell(self._text(index), self.place(name), f"{letter}{self._number + 1}")

    def _text(self, index: int) -> str:
        return _clean(self._cells[index]) if index < len(self._cells) else ""

    def texts(self, names: Iterable[str]) -> tuple[str, ...]:
        at = self._at
        return tuple(self._text(at[name]) if name in at else "" for name in names)

    def place(self, name: str) -> Place:
        return Place(self._path, self._line, self._at[name] + 1)

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)


@dataclass(frozen=True, slots=True)
class _Sheet:
    path: str
    columns: Mapping[str, Sequence[str]]
    mark: str
    required: Sequence[str]
    with_others: bool = False
    needs_row: bool = False
    rule: Rule = SHEET

    def decoded(self, raw: bytes) -> tuple[str | None, tuple[Message, ...]]:
        """The text of *raw*, with a note if it was not in UTF-8; None if that is not sure."""
        try:
            if raw.startswith(UTF_16):
                return raw.decode("utf-16"), ()
            if b"\0" in raw:
                return None, ()
            return raw.decode("utf-8-sig"), ()
        except UnicodeDecodeError:
            pass
        try:
            text = raw.decode(WESTERN)
        except UnicodeDecodeError:
            return None, ()
        # A word of the head with its accent proves how accents are written.
        _, _, head = self._head(text)
        is_proven = any(not each.isascii() and self.column(each) for each in head)
        if not is_proven or IN_DOUBT.search(text):
            return None, ()
        return text, (Message(WAS_CP1252, {"path": self.path}),)

    def column(self, word: str) -> str:
        """The column that *word* names, or nothing."""
        asked = folded(word)
        return next(
            (name for name, words in self.columns.items() if asked in map(folded, words)), ""
        )

    def _head(self, text: str) -> tuple[str, int, list[str]]:
        """What parts the cells, how many rows stand above the head, and the head itself."""
        best: tuple[int, str, int, list[str]] = (0, DELIMITERS[0], 0, [])
        for delimiter in DELIMITERS:
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            with suppress(csv.Error):  # who reads the rows says so
                for number, row in enumerate(rows):
                    known = sum(bool(self.column(each)) for each in row)
                    if known > best[0]:
                        best = (known, delimiter, number, row)
                    if known > 1 or number > FAR:
                        break
        return best[1], best[2], best[3]

    def table(self, text: str) -> Table | list[Problem]:
        """The rows of *text*; every fault of its form."""
        try:
            delimiter, above, head = self._head(text)
            lines = list(csv_rows(text, delimiter))
        except csv.Error:
            return [self._unclosed(text)]
        if not text.strip(AROUND_TEXT):
            return [self.rule.problem(Place(self.path, 1, 1), EMPTY, expected=self._expected)]
        if BOM in text and (marked := self._marked(text)):
            return marked
        names = [self.column(each) for each in head]
        if sum(map(bool, names)) < 2:
            return [self.rule.problem(Place(self.path, 1, 1), NO_HEAD, expected=self._expected)]
        problems = list(self._above(lines[:above]))
        problems += self._head_faults(head, names, lines[above][0])
        rows = []
        at = {name: index for index, name in enumerate(names) if name}
        for number, (line, cells) in enumerate(lines):
            if number <= above or not any(each.strip() for each in cells):
                continue
            if cells[0].startswith(self.mark):
                continue
            is_last = number + 1 == len(lines) and not text.endswith(("\n", "\r"))
            problems += self._row_faults(cells, head, line, delimiter, is_last=is_last)
            rows.append(_SheetRow(self.path, at, cells, line, number))
        if self.needs_row and not rows:
            problems.append(no_row(self.rule, Place(self.path, lines[above][0], 1)))
        return problems or Table(tuple(rows), self._about(lines[:above]))

    @property
    def _expected(self) -> Message:
        """The line with the columns that was looked for."""
        said = ", ".join(words[0] for words in self.columns.values())
        return Message(HEAD_EXPECTED, {"names": said})

    def _marked(self, text: str) -> list[Problem]:
        """The byte order marks that hide the head of *text*, or a word of it."""
        delimiter, above, _ = self._head(text.replace(BOM, ""))
        return list(marks_in(islice(csv_rows(text, delimiter), above + 1), self.rule, self.path))

    def _unclosed(self, text: str) -> Problem:
        """Where the row begins that no reader of CSV can read to its end."""
        rows = _reader(text, self._head(text)[0])
        line = 1
        with suppress(csv.Error):
            for _ in rows:
                line = rows.line_num + 1
        at = Place(self.path, line, 1)
        return self.rule.problem(at, UNCLOSED if text.endswith("\n") else CUT)

    def _above(self, lines: Sequence[tuple[int, list[str]]]) -> Iterator[Problem]:
        """The rows that stand above the head, as sorting leaves them."""
        for line, cells in lines:
            is_row = any(each.strip() for each in cells[1:]) or (cells and cells[0].strip())
            if is_row and not cells[0].startswith((self.mark, OF_EXCEL)):
                yield self.rule.problem(Place(self.path, line, 1), ABOVE)

    def _head_faults(
        self, head: Sequence[str], names: Sequence[str], line: int
    ) -> Iterator[Problem]:
        said = [words[0] for words in self.columns.values()]
        for index, (word, name) in enumerate(zip(head, names, strict=True)):
            at = Place(self.path, line, index + 1)
            if not name and word.strip() and not self.with_others:
                near = nearest(word, said)
                yield self.rule.problem(at, UNKNOWN_COLUMN, found=word, nearest=near)
            elif name and name in names[:index]:
                yield self.rule.problem(at, TWICE, found=word)
        for name in self.required:
            if name not in names:
                at = Place(self.path, line, 1)
                yield self.rule.problem(at, LACKS, name=self.columns[name][0])

    def _row_faults(
        self, cells: Sequence[str], head: Sequence[str], line: int, delimiter: str, *, is_last: bool
    ) -> Iterator[Problem]:
        at = Place(self.path, line, 1)
        if any(each.strip() for each in cells[len(head) :]):
            said = Message(QUOTE_IT, {"delimiter": delimiter})
            count, columns = len(cells), len(head)
            yield self.rule.problem(at, TOO_MANY, expected=said, count=count, columns=columns)
        elif is_last and len(cells) < len(head):
            yield self.rule.problem(at, CUT)

    def _about(self, lines: Sequence[tuple[int, list[str]]]) -> Mapping[str, Cell]:
        """What the first line says that is no row."""
        for line, cells in lines:
            if cells and cells[0].startswith(self.mark):
                places = [Place(self.path, line, index + 1) for index in range(len(cells))]
                said = [_clean(each) for each in cells]
                return {
                    key: Cell(said[index], places[index])
                    for index, key in ((1, FOR), (2, CLUB))
                    if index < len(said) and said[index]
                }
        return {}


def head_of(
    text: str, columns: Mapping[str, Sequence[str]]
) -> tuple[str, int, tuple[str, ...], list[str]]:
    """What parts the cells of *text*, how many rows stand above its head, its columns, its words.

    A column that is none of *columns* is nothing.
    """
    sheet = _Sheet("", columns, "", ())
    delimiter, above, head = sheet._head(text)
    return delimiter, above, tuple(map(sheet.column, head)), head


def csv_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line where it begins; raises `csv.Error`."""
    rows = _reader(text, delimiter)
    before = 0
    for row in rows:
        yield before + 1, row
        before = rows.line_num


def _reader(text: str, delimiter: str) -> Any:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _clean(text: str) -> str:
    """A cell as it was meant: the mark that keeps it from being a formula is none of its text."""
    if not text or text.isalnum():
        return text
    if NEW_LINE.search(text):
        text = "\n".join(line.rstrip() for line in NEW_LINE.split(text))
    text = text.strip()
    return text[1:] if KEPT_FROM_FORMULA.match(text) else text


def _from_yaml(path: str, text: str, columns: Mapping[str, Sequence[str]]) -> Table | list[Problem]:
    """The table of a file of YAML: a list of mappings, whose fields are the columns."""
    source = parse(path, text)
    if source.problems:
        return list(source.problems)
    content = source.content
    held = content.get(ROWS) if isinstance(content, Block) else None
    if not isinstance(held, Items) or not all(isinstance(each, Block) for each in held):
        return [SHEET.problem(Place(path, 1, 1), NOT_ROWS, name=ROWS)]
    problems, rows = list[Problem](), []
    for index, block in enumerate(held):
        row: dict[str, Cell] = {}
        for name, value in block.items():
            at = source.place((ROWS, index, name))
            if name not in columns:
                near = nearest(name, columns)
                problems.append(SHEET.problem(at, UNKNOWN_COLUMN, found=name, nearest=near))
            elif isinstance(value, str | None):
                row[name] = Cell((value or "").strip(), at)
            else:
                problems.append(SHEET.problem(at, NOT_A_VALUE))
        rows.append(_BlockRow(row))
    about = {
        key: Cell(content[key], source.place((key,)))
        for key in (FOR, CLUB)
        if isinstance(content.get(key), str)
    }
    return problems or Table(tuple(rows), about)


def is_read_wrongly(text: str) -> bool:
    """Whether *text* shows letters that were read in another encoding, or none at all."""
    return bool(READ_WRONGLY.search(text) or NOT_TEXT.search(text))
