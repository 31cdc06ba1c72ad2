"""What a spreadsheet makes of what is typed in it: dates, numbers and formulas nobody meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import normalize

from club.model.dates import MONTH_BY_NAME, PartialDate, nearest_dates
from club.model.message import N_, Message

EPOCH = date(1899, 12, 30)
"""The day 0 of spreadsheets."""
SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
ERROR = re.compile(r"#(?:REF|NAME|NOM|VALUE|VALEUR|DIV/0|N/A|NUM|NOMBRE|NULL|NUL|SPILL)[!?]?|#{3,}")
FORMULA = re.compile("[=＝]")
WITH_TIME = re.compile(r"(.+?)[T ]\d\d?:\d\d(?::\d\d)?")
SHORT_YEAR = re.compile(r"(?:\d\d?[-/. ])?(?:\d\d?|[^\W\d]+\.?)[-/. ]\d\d")
PAIRS = (
    re.compile(r"(\d+)[.,](\d+)"),
    re.compile(r"(\d\d?)[/-](\d\d?)(?:[/-]\d\d(?:\d\d)?)?"),
    re.compile(r"(\d\d?)[-/. ]([^\W\d]+)\.?(?:[-/. ]\d\d(?:\d\d)?)?"),
    re.compile(r"([^\W\d]+)\.?[-/. ](\d\d?)"),
    re.compile(r"\d{4}-(\d\d)-(\d\d)(?: .*)?"),
)
"""Two numbers as a spreadsheet shows them once it took them for a number, a day or a month."""
TWO_NUMBERS = re.compile(r"\D*(\d+)[.,](\d+)")

SERIAL_FOUND = N_("“{found}” is the number that a spreadsheet keeps for a day")
SHORT_FOUND = N_("“{found}” does not say the whole year, and a spreadsheet may have changed it")
TIME_FOUND = N_("“{found}” is a day and an hour")
DATE_FOUND = N_("“{found}” is not a date")
DATE_EXPECTED = N_("a day as 2012-02-17 or 17/02/2012, or a month as 2012-02")
VERSION_FOUND = N_("“{found}” is what a spreadsheet makes of a version such as “{version}”")
VERSION_EXPECTED = N_("the version, in a column whose cells are texts")
FORMULA_FOUND = N_("“{found}” is a formula")
ERROR_FOUND = N_("“{found}” is the fault of a formula")


@dataclass(frozen=True, slots=True)
class Mangled:
    """What is wrong with a cell, what should stand there, and what may have been meant."""

    found: Message
    expected: Message | None = None
    near: tuple[str, ...] = ()


def formula(text: str) -> Mangled | None:
    """What is wrong with *text* if it is a formula, or what is left of one."""
    if FORMULA.match(text):
        return Mangled(Message(FORMULA_FOUND, {"found": text}))
    if ERROR.fullmatch(text):
        return Mangled(Message(ERROR_FOUND, {"found": text}))
    return None


def day(text: str) -> PartialDate | Mangled:
    """The date that *text* says, the day before the month; or what is wrong with it."""
    expected = Message(DATE_EXPECTED)
    said = " ".join(text.split())
    if SERIAL.fullmatch(said):
        near = EPOCH + timedelta(days=int(said[:5]))
        return Mangled(Message(SERIAL_FOUND, {"found": text}), expected, (near.isoformat(),))
    if match := WITH_TIME.fullmatch(said):
        near_days = nearest_dates(match[1])
        return Mangled(Message(TIME_FOUND, {"found": text}), expected, near_days)
    if SHORT_YEAR.fullmatch(said):
        near_short = tuple(_whole_years(said))
        return Mangled(Message(SHORT_FOUND, {"found": text}), expected, near_short)
    try:
        return PartialDate.parse(said)
    except ValueError:
        return Mangled(Message(DATE_FOUND, {"found": text}), expected, nearest_dates(said))


def _whole_years(said: str) -> Iterator[str]:
    """*said* with its year whole, as far as it can be told."""
    *parts, year = re.split(r"\.?[-/. ]", said)
    numbers = [
        MONTH_BY_NAME.get(each.lower(), 0) if each.isalpha() else int(each) for each in parts
    ]
    if len(numbers) == 1 and 1 <= numbers[0] <= 12:
        yield f"20{year}-{numbers[0]:02}"
    elif len(numbers) == 2 and 1 <= numbers[1] <= 12 and 1 <= numbers[0] <= 31:
        yield f"20{year}-{numbers[1]:02}-{numbers[0]:02}"


def version(text: str, known: Iterable[str]) -> Mangled | None:
    """What is wrong with *text* if it is one of the versions *known* as a spreadsheet keeps it."""
    pairs = set(_pairs(normalize("NFC", text.strip().lower())))
    near = tuple(
        each
        for each in known
        if (match := TWO_NUMBERS.fullmatch(each))
        and {(int(match[1]), int(match[2])), (int(match[1]), int(match[2].rstrip("0") or 0))}
        & pairs
    )
    if not near:
        return None
    about = {"found": text, "version": near[0]}
    return Mangled(Message(VERSION_FOUND, about), Message(VERSION_EXPECTED), near)


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    if SERIAL.fullmatch(text):
        day = EPOCH + timedelta(days=int(text[:5]))
        yield from ((day.day, day.month), (day.month, day.day))
    for form in PAIRS:
        if match := form.fullmatch(text):
            one, two = (MONTH_BY_NAME.get(e, 0) if e.isalpha() else int(e) for e in match.groups())
            yield from ((one, two), (two, one))
