"""What a command heeds of where it runs: the day, and the variables that the settings name."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

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
