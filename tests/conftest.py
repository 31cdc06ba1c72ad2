"""What every test may use."""

from __future__ import annotations

import pytest
from hypothesis import settings

# The same examples for everybody; `--hypothesis-profile=long` looks further, at random.
settings.register_profile("club", deadline=None, derandomize=True, database=None)
settings.register_profile("long", deadline=None, max_examples=5000)
settings.load_profile("club")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--bless", action="store_true", help="rewrite what is expected with what is found"
    )


@pytest.fixture
def is_blessing(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--bless"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--hypothesis-profile") != "long":
        skip = pytest.mark.skip(reason="--hypothesis-profile=long runs it")
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(skip)
