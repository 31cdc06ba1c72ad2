"""Dates as precise as what is known, and no more: EDTF underneath, French forms accepted.

Source of the notation: Library of Congress, Extended Date/Time Format, part of ISO 8601-2:2019.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from club.model.message import N_, Choice

MONTHS = (
    ("janvier", "janv", "january"),
    ("février", "févr", "fevrier", "february"),
    ("mars", "march"),
    ("avril", "avr", "april"),
    ("mai", "may"),
    ("juin", "june"),
    ("juillet", "juil", "july"),
    ("août", "aout", "august"),
    ("septembre", "sept", "september"),
    ("octobre", "oct", "october"),
    ("novembre", "nov", "november"),
    ("décembre", "déc", "decembre", "december"),
)
MONTH_BY_NAME = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
FIRST_MONTH_OF_SCHOOL_YEAR = 9


class Precision(Choice):
    """How much of a date is known."""

    DAY = "day", N_("day")
    MONTH = "month", N_("month")
    YEAR = "year", N_("year")
    SCHOOL_START = "school_start", N_("start of the school year")
    SCHOOL_YEAR = "school_year", N_("school year")
    YEAR_END = "year_end", N_("end of the year")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date at its own precision; *month* and *day* are 0 where they are not known.

    *approximate* is EDTF's `~` (about), *uncertain* its `?` (the source is doubtful).
    """

    year: int
    month: int = 0
    day: int = 0
    precision: Precision = Precision.YEAR
    approximate: bool = False
    uncertain: bool = False

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        if self.precision in {Precision.SCHOOL_START, Precision.SCHOOL_YEAR}:
            return date(self.year, FIRST_MONTH_OF_SCHOOL_YEAR, 1)
        if self.precision is Precision.YEAR_END:
            return date(self.year, 12, 1)
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can mean."""
        if self.precision is Precision.SCHOOL_START:
            return date(self.year, FIRST_MONTH_OF_SCHOOL_YEAR, 30)
        if self.precision is Precision.SCHOOL_YEAR:
            return date(self.year + 1, FIRST_MONTH_OF_SCHOOL_YEAR - 1, 31)
        if self.day:
            return date(self.year, self.month, self.day)
        month = self.month or 12
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def sort_key(self) -> tuple[date, date]:
        """By the earliest day, the more precise first."""
        return (self.first, self.last)

    def __lt__(self, other: PartialDate) -> bool:
        """Whether this one sorts before *other*."""
        return self.sort_key < other.sort_key

    def is_before(self, other: PartialDate) -> bool:
        """Whether every day this one can mean comes before every day *other* can mean."""
        return self.last < other.first

    @property
    def edtf(self) -> str:
        """The date in EDTF, level 1."""
        mark = {(True, False): "~", (False, True): "?", (True, True): "%"}.get(
            (self.approximate, self.uncertain), ""
        )
        if self.precision is Precision.SCHOOL_YEAR:
            return f"{self.year:04}-09{mark}/{self.year + 1:04}-08{mark}"
        if self.precision is Precision.SCHOOL_START:
            return f"{self.year:04}-09{'%' if self.uncertain else '~'}"
        if self.precision is Precision.YEAR_END:
            return f"{self.year:04}-12{'%' if self.uncertain else '~'}"
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts) + mark

    def __str__(self) -> str:
        """The form a contributor would write, which reads back as the same date."""
        about, doubt = "~" * self.approximate, "?" * self.uncertain
        words = {Precision.SCHOOL_START: "rentrée ", Precision.YEAR_END: "fin "}
        if self.precision is Precision.SCHOOL_YEAR:
            return f"{about}{self.year}-{self.year + 1}{doubt}"
        if self.precision in words:
            return f"{about}{words[self.precision]}{self.year}{doubt}"
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part]
        return about + "-".join(parts) + doubt

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Reads any accepted form; raises `ValueError` for a form or a day that does not exist."""
        return _parse(normalize("NFC", " ".join(text.split())))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Text in, `PartialDate` out."""
        return core_schema.no_info_plain_validator_function(
            _validated, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """A bare year is a number to a YAML 1.2 editor, so both types are taken."""
        return {
            "anyOf": [
                {"type": "integer", "minimum": 1000, "maximum": 2999},
                {"type": "string", "pattern": JSON_PATTERN},
            ],
            "examples": list(ACCEPTED_FORMS),
        }


def is_past(when: PartialDate | None, today: date | None) -> bool:
    """Whether the last day *when* can mean is before *today*; without a day, nothing is past."""
    return when is not None and today is not None and when.last < today


def is_to_come(when: PartialDate | None, today: date | None) -> bool:
    """Whether the first day *when* can mean is after *today*; without a day, nothing is."""
    return when is not None and today is not None and when.first > today


ACCEPTED_FORMS = (
    "2012",
    "2012-02",
    "2012-02-17",
    "17/02/2012",
    "17 février 2012",
    "rentrée 2014",
    "fin 2014",
    "2012-2013",
    "~2012",
    "2012-02?",
)

YEAR = r"(?P<year>[12]\d{3})"
FORMS: tuple[tuple[re.Pattern[str], Precision], ...] = (
    (re.compile(rf"{YEAR}-(?P<month>\d\d)-(?P<day>\d\d)"), Precision.DAY),
    (re.compile(rf"(?P<day>\d\d?)/(?P<month>\d\d?)/{YEAR}"), Precision.DAY),
    (
        re.compile(rf"(?P<day>\d\d?)(?:er)? (?P<name>[^\W\d]+)\.? {YEAR}", re.IGNORECASE),
        Precision.DAY,
    ),
    (re.compile(rf"{YEAR}-(?P<month>\d\d)"), Precision.MONTH),
    (re.compile(rf"(?P<month>\d\d?)/{YEAR}"), Precision.MONTH),
    (re.compile(rf"(?:rentr[ée]e) (?:scolaire )?{YEAR}", re.IGNORECASE), Precision.SCHOOL_START),
    (re.compile(rf"fin {YEAR}", re.IGNORECASE), Precision.YEAR_END),
    (re.compile(rf"(?P<name>[^\W\d]+)\.? {YEAR}", re.IGNORECASE), Precision.MONTH),
    (re.compile(rf"{YEAR}[-/](?P<next>[12]\d{{3}})"), Precision.SCHOOL_YEAR),
    (re.compile(YEAR), Precision.YEAR),
)
JSON_PATTERN = (
    r"^(~|vers )?([12]\d{3}(-\d\d(-\d\d)?)?|\d\d?/(\d\d?/)?[12]\d{3}|(\d\d?(er)? )?[A-Za-zÀ-ÿ]+\.? "
    r"(scolaire )?[12]\d{3}|[12]\d{3}[-/][12]\d{3})[~?%]?$"
)


@lru_cache(maxsize=4096)
def _parse(text: str) -> PartialDate:
    bare = text.removeprefix("vers ").removeprefix("~").rstrip("~?%")
    approximate = text.startswith(("~", "vers ")) or text.endswith(("~", "%"))
    uncertain = text.endswith(("?", "%"))
    for form, precision in FORMS:
        if match := form.fullmatch(bare):
            found = _from_match(match.groupdict(), precision)
            return PartialDate(*found, precision, approximate, uncertain)
    raise ValueError(text)


def _from_match(parts: dict[str, str], precision: Precision) -> tuple[int, int, int]:
    year = int(parts["year"])
    if "name" in parts:
        month = MONTH_BY_NAME.get(parts["name"].lower(), 13)
    else:
        month = int(parts.get("month", 0))
    day = int(parts.get("day", 0))
    date(year, month or 1, day or 1)
    if (precision is Precision.MONTH and not month) or (precision is Precision.DAY and not day):
        raise ValueError(parts)
    if "next" in parts and int(parts["next"]) != year + 1:
        raise ValueError(parts)
    return year, month, day


LIKE_A_DAY = re.compile(r"(?P<year>[12]\d{3})[-/. ](?P<month>\d\d?)(?:[-/. ](?P<day>\d\d?))?(?!\d)")
LIKE_A_FRENCH_DAY = re.compile(
    r"(?:(?P<day>\d\d?)[-/. ])?(?P<month>\d\d?)[-/. ](?P<year>[12]\d{3})(?!\d)"
)
LIKE_A_NAMED_DAY = re.compile(
    r"(?:(?P<day>\d\d?)(?:er)? )?(?P<name>[^\W\d]{3,})\.? (?P<year>[12]\d{3})", re.IGNORECASE
)
LIKE_YEARS = re.compile(r"(?P<year>[12]\d{3})[-/]\d{4}")


def nearest_dates(found: str) -> tuple[str, ...]:
    """The dates that *found*, which is none, may have been meant for, the likeliest first."""
    text = normalize("NFC", " ".join(found.split()))
    if years := LIKE_YEARS.match(text):
        return (f"{years['year']}-{int(years['year']) + 1}",)
    match = LIKE_A_DAY.match(text) or LIKE_A_FRENCH_DAY.match(text) or LIKE_A_NAMED_DAY.match(text)
    if match is None:
        return ()
    parts = match.groupdict()
    year, day = int(parts["year"]), int(parts["day"] or 0)
    month = _month_like(parts["name"]) if "name" in parts else int(parts["month"])
    if month is None:
        return ()
    if month > 12 >= day > 0:  # the month first, as in English
        month, day = day, month
    near = [_within_year(year, month, day)]
    if parts["day"] is None and month == (year + 1) % 100:
        near.insert(0, f"{year}-{year + 1}")
    return tuple(near)


def _month_like(name: str) -> int | None:
    close = get_close_matches(name.lower(), MONTH_BY_NAME, n=1)
    return MONTH_BY_NAME[close[0]] if close else None


def _within_year(year: int, month: int, day: int) -> str:
    """The date of *year* nearest to *month* and *day*, where 0 is what is not known."""
    if not month:
        return f"{year}"
    month = min(month, 12)
    last = calendar.monthrange(year, month)[1]
    return f"{year}-{month:02}" + (f"-{min(day, last):02}" if day else "")


def _validated(value: object) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    reader: Callable[[str], PartialDate] = PartialDate.parse
    try:
        return reader(str(value))
    except ValueError:
        raise PydanticCustomError("bad-date", "", {"found": str(value)}) from None
