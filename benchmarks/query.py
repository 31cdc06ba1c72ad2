"""Times reading, linking and queries over a club of N requests.

python benchmarks/query.py --records 10000 --rounds 5
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from generate import generate

from club.insight.wiki import dead_ends, orphans, wanted
from club.model.markup import Fence
from club.publish.pages.queries import answer
from club.query.answer import Query, run
from club.query.reader import read_query
from club.read.load import load
from tests.clubs import REGISTRY, folder_at

QUERIES = {
    "list, one condition": "list: requests\nwhere: {state: shared}\nsort: -created",
    "list, parts": "list: requests\nwhere: {positions.stance: essential, not: {state: draft}}",
    "list, dates": "list: requests\nwhere: {created: {after: 2013}}\nsort: title\nlimit: 20",
    "table, own columns": "table: requests\ncolumns: [title, state, created]\nlimit: 100",
    "count": "count: requests\nwhere: {state: [shared, sent]}",
    "matrix": "matrix: requests\nrows: axes\ncolumns: state",
}


def timed(rounds: int, work: Callable[[], object]) -> float:
    """The median of *rounds*, in milliseconds."""
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
    return median(found)


def queries() -> dict[str, Query]:
    read = {
        name: read_query("docs/p.md", Fence("club", text, 1), REGISTRY)
        for name, text in QUERIES.items()
    }
    return {name: query for name, query in read.items() if isinstance(query, Query)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "club"
        generate(options.records, root)
        blocks = "\n\n".join(f"```club\n{text}\n```" for text in QUERIES.values())
        (root / "docs").mkdir(exist_ok=True)
        (root / "docs/questions.md").write_text(f"# Questions\n\n{blocks}\n", "utf-8")
        print(f"{'read and check, with the queries of a page':44}", end="", flush=True)
        print(f"{timed(1, lambda: load(folder_at(root))):10.1f} ms")
        graph = load(folder_at(root)).graph
        for name, query in queries().items():
            size = len(run(query, graph))
            line = timed(options.rounds, lambda query=query: run(query, graph))  # type: ignore[misc]
            shown = timed(options.rounds, lambda query=query: answer(query, graph))  # type: ignore[misc]
            print(f"{name:30}{size:8} found{line:10.1f} ms, shown{shown:10.1f} ms")
        for name, work in (("orphans", orphans), ("dead ends", dead_ends), ("wanted", wanted)):
            print(f"{name:44}{timed(options.rounds, lambda work=work: work(graph)):10.1f} ms")  # type: ignore[misc]


if __name__ == "__main__":
    main()
