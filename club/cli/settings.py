"""What a command heeds of where it runs: the day, and the variables that the settings name."""

from __future__ import annotations

import argparse
import os
from datetime import date
from pathlib import Path

from club.model.dates import PartialDate
from club.model.message import N_
from club.model.record import Audience
from club.publish.words.language import LANGUAGES
from club.read import settings
from club.read.settings import EPOCH, Settings, day_of

FIRST = "fr"
"""The language of whoever has no club yet, and of a club that says none."""


def read_settings(root: Path) -> Settings:
    """The settings of the club at *root*, here and now."""
    return settings.read_settings(root, os.environ)


def language_of(found: Settings) -> str:
    """The language of the site, or English for one that the club does not speak."""
    said = found.language or FIRST
    return said if said in LANGUAGES else "en"


def build_day() -> date:
    """The day of the build, which SOURCE_DATE_EPOCH may set, or today; raises `EpochError`."""
    return day_of(os.environ.get(EPOCH, ""))


def last_day(text: str) -> date | None:
    """The last day of the date that *text* says, if it says one."""
    try:
        return PartialDate.parse(text).last
    except ValueError:
        return None


def add_audience(parser: argparse.ArgumentParser) -> None:
    """Declares for whom a command speaks: the public, unless it is told otherwise."""
    parser.add_argument(
        "--audience",
        choices=[str(each) for each in Audience],
        default="public",
        help=N_("who reads"),
    )
