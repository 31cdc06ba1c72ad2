"""What every test may use."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent
LIVE = tuple(ROOT / name for name in ("data", "docs", "mkdocs.yml"))
OPENING = {"open", "os.listdir", "os.scandir"}


def _keep_to_frozen_clubs(event: str, arguments: tuple[object, ...]) -> None:
    """What representatives correct can never turn these tests red: they do not read it."""
    if event in OPENING and isinstance(arguments[0], str | bytes | os.PathLike):
        path = Path(os.fsdecode(arguments[0]))
        if any(path.is_relative_to(live) for live in LIVE):
            raise AssertionError(f"{path} is not for the tests of the library to read")


sys.addaudithook(_keep_to_frozen_clubs)

# The same examples for everybody; `make long` has more of them, `make fuzz` others at each run.
settings.register_profile("club", deadline=None, derandomize=True, database=None)
settings.register_profile("long", settings.get_profile("club"), max_examples=1000)
settings.register_profile("fuzz", deadline=None, max_examples=5000)
settings.register_profile("glance", settings.get_profile("club"), max_examples=5)
settings.load_profile("club")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--bless", action="store_true", help="rewrite what is expected with what is found"
    )


@pytest.fixture
def is_blessing(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--bless"))
