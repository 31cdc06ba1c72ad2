"""Prints the lowest version of each direct dependency, as constraints for pip."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

BOUND = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:\[.*\])?>=(?P<lowest>[^,;\s]+)")


def main() -> None:
    """A dependency without a lower bound has no lowest version to try, which is an error."""
    written = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
    project = written["project"]
    extras = project["optional-dependencies"].values()
    declared = [written["build-system"]["requires"], project["dependencies"], *extras]
    for each in chain.from_iterable(declared):
        found = BOUND.match(each)
        if not found:
            raise SystemExit(f"{each!r} has no lower bound in pyproject.toml")
        print(f"{found['name']}=={found['lowest']}")


if __name__ == "__main__":
    main()
