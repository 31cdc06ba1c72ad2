"""Times the book of convergence: 50 projects, 2,000 open requests, nine positions in ten given.

python benchmarks/converge.py --projects 50 --requests 2000 --rounds 3
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from club.insight.convergence import FIRST, Book, book
from club.model.graph import Graph
from club.publish.html.render import Renderer
from club.publish.pages.site import Site
from club.read.load import load
from club.records.request.convergence import convergence_page
from tests.clubs import REGISTRY, folder_at, write

STANCES = ("essential", "essential", "wanted", "wanted", "wanted", "neutral", "opposed")
GIVEN = 0.9
RANKED = 5
"""How many of its requests each project gives a rank."""


def files(projects: int, requests: int) -> dict[str, str]:
    """The records of the club, which are those of JSON and so of YAML: always the same ones."""
    pick = random.Random(projects * requests)
    names = [f"projet-{number:02}" for number in range(projects)]
    ranked = {name: pick.sample(range(requests), RANKED) for name in names}

    def position(name: str, number: int) -> dict[str, Any]:
        said = {"project": name, "stance": pick.choice(STANCES)}
        is_ranked = number in ranked[name] and said["stance"] in {"essential", "wanted"}
        return said | ({"rank": ranked[name].index(number) + 1} if is_ranked else {})

    told = {
        f"demande-{number:04}": {
            "title": f"Demande {number}",
            "need": "Un besoin.",
            "state": "shared",
            "positions": [position(name, number) for name in names if pick.random() < GIVEN],
        }
        for number in range(requests)
    }
    made = {
        "projects": {
            name: {"name": name, "platform": "base", "state": "rollout", "schools_equipped": 100}
            for name in names
        },
        "requests": told,
        "platforms": {"base": {"name": "Base"}},
    }
    return {f"data/{name}.yaml": json.dumps(each, indent=1) for name, each in made.items()}


def everything(graph: Graph) -> Book:
    """The book, with all that its page shows worked out."""
    found = book(graph)
    assert found.ranks, found.alike
    for each in (found.borda, found.copeland, found.concordance, found.majorities.cycles()):
        assert each is not Ellipsis
    for first in FIRST:
        found.smallest(first)
    return found


def timed(rounds: int, work: Callable[[], object]) -> float:
    """The median of *rounds*, in seconds."""
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return median(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=50)
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        write(root, files(options.projects, options.requests))
        start = time.perf_counter()
        graph = load(folder_at(root)).graph
        print(f"read and check: {time.perf_counter() - start:.2f} s")
        site = Site(graph, Renderer(REGISTRY, "fr"))
        print(f"the book:       {timed(options.rounds, lambda: everything(graph)):.2f} s")
        print(f"its page:       {timed(options.rounds, lambda: convergence_page(graph)):.2f} s")
        page = convergence_page(graph)
        print(f"as HTML:        {timed(options.rounds, lambda: site.page(page)):.2f} s more")
        print(f"{len(site.page(page).html) / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
