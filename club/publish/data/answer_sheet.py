"""The sheet that the vendor fills in: a row for each request that waits, in CSV or in YAML."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date

from club.edit.spelling import WIDTH, one_line
from club.insight.answer_sheet import (
    COLUMNS,
    FILLED,
    HEAD,
    MARK,
    MEANS,
    REQUEST,
    TITLE,
    Asked,
)
from club.model.cells import CLUB, FOR, ROWS
from club.model.field import Field
from club.model.markup import capital
from club.model.message import N_, Message
from club.model.record import Record
from club.model.viewing import link
from club.publish.data.sheets import Sheet, csv_file
from club.publish.words.language import Words

ONE_ROW = N_("One row a request; leave those without an answer as they are.")
ONE_ANSWER = N_("{answer}: {meaning}")
HOW = N_(
    "Dates as 2012-02-17 or 17/02/2012; versions as the platform calls them; the source is where"
    " the answer was given: a web address, or a source of the club."
)


def as_csv(asked: Asked, club: str, day: date, words: Words) -> bytes:
    """The sheet as a double click opens it; what is no row stands above the head."""
    about = (f"{MARK} {words.say(Message(HEAD))}", asked.id, club, day.isoformat())
    notes = ((f"{MARK} {each}",) for each in _notes(words))
    head = tuple(capital(words.translate(label)) for label in COLUMNS.values())
    blank = ("",) * len(FILLED)
    rows = ((each.id, _title(each, title, words), *blank) for each, title in asked.requests)
    return csv_file(Sheet("", about, (*notes, head, *rows)), words.language)


def as_yaml(asked: Asked, club: str, day: date, words: Words) -> bytes:
    """The same as a list of mappings, with the explanations as comments."""
    lines = _comments([words.say(Message(HEAD)), *_notes(words)])
    said = [f"{name}: {_scalar(name, text)}" for name, text in ((FOR, asked.id), (CLUB, club))]
    said.append(f"date: {day.isoformat()}")
    rows = [line for each, title in asked.requests for line in _row(each, title, words)]
    listed = [f"{ROWS}:", *rows] if rows else [f"{ROWS}: []"]
    return "".join(f"{line}\n" for line in (*lines, "", *said, "", *listed)).encode()


def _notes(words: Words) -> Iterator[str]:
    """How the sheet is filled in."""
    yield words.say(Message(ONE_ROW))
    for answer, meaning in MEANS.items():
        about = {"answer": answer, "meaning": Message(meaning)}
        yield words.say(Message(ONE_ANSWER, about))
    yield words.say(Message(HOW))


def _row(request: Record, title: str, words: Words) -> Iterator[str]:
    yield f"  - {REQUEST}: {_scalar(REQUEST, request.id)}"
    yield f"    {TITLE}: {_scalar(TITLE, _title(request, title, words))}"
    yield from (f"    {name}:" for name in FILLED)


def _title(request: Record, title: str, words: Words) -> str:
    """What the vendor knows *request* by, marked if it is made up."""
    return words.say(link(request, title=title))


def _scalar(name: str, text: str) -> str:
    return one_line(Field(name), text)


def _comments(texts: Sequence[str]) -> list[str]:
    mark = f"{MARK} "
    return [
        line
        for text in texts
        for line in textwrap.wrap(text, WIDTH, initial_indent=mark, subsequent_indent=mark)
    ]


FORMATS = {"csv": as_csv, "yaml": as_yaml}
