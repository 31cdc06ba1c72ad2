"""A plugin of pytest for `mutants.py`: runs and times the tests that a file names.

The names of tests hold any character, so they travel in a file and not on the command line.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pytest

_seconds: Counter[str] = Counter()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare where names are read, and where times are written."""
    parser.addoption("--chosen", type=Path, help="a JSON list of the tests to run, in order")
    parser.addoption("--traced", type=Path, help="how Coverage measures the processes of tests")
    parser.addoption("--seconds", type=Path, help="where to write a JSON object: test, seconds")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what was chosen, in the order it was chosen in."""
    if chosen := config.getoption("--chosen"):
        rank = {name: at for at, name in enumerate(json.loads(chosen.read_text("utf-8")))}
        kept = [item for item in items if item.nodeid in rank]
        items[:] = sorted(kept, key=lambda item: rank[item.nodeid])


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Have what a test starts measured under its name: those who run tests are measured already.

    Coverage's own `patch = subprocess` hands on what the settings said before any test began.
    """
    if traced := item.config.getoption("--traced"):
        os.environ["COVERAGE_PROCESS_START"] = str(traced)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up what a test took, with what it prepares and clears away."""
    _seconds[report.nodeid] += report.duration


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the times, once: the processes that xdist starts have none to tell."""
    where = session.config.getoption("--seconds")
    if where and not hasattr(session.config, "workerinput"):
        where.write_text(json.dumps(_seconds), "utf-8")
