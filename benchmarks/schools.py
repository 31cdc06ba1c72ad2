"""Times the schools of a country: a table read cell by cell, its page, its spreadsheets.

python benchmarks/schools.py --schools 11000 --rounds 5
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from club.insight.school_rows import Schools, read_schools
from club.model.folder import ClubFolder
from club.model.graph import TableFile
from club.model.identifiers import uai_letter
from club.publish.pages.sheets import page_sheets, sheet_files
from club.publish.words.language import Words
from club.read.load import load
from club.read.registry import find_registry
from club.records.rollout.model import Rollout
from club.records.rollout.views import view

STATUSES = ("open", "planned", "in_progress", "stopped")
DEPARTMENTS, PHASES = 95, 5


def table(count: int, status: str = "") -> bytes:
    """A table of *count* schools of all départements, with the same *status* if it is given."""
    lines = ["uai;name;type;sector;phase;status;date"]
    for each in range(count):
        number = f"{1 + each % DEPARTMENTS:03}{each // DEPARTMENTS:04}"
        said = status or STATUSES[each % len(STATUSES)]
        lines.append(
            f"{number}{uai_letter(number)};Collège numéro {each};college;public;"
            f"{1 + each % PHASES};{said};2012-09-{1 + each % 28:02}"
        )
    return "\n".join((*lines, "")).encode()


def timed(work: Callable[[], object], rounds: int) -> str:
    """The median of the times that *work* takes, of the clock and of the processor."""
    walls, processors = [], []
    for _ in range(rounds):
        wall, processor = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    return f"{median(walls):.2f} s ({median(processors):.2f} s of processor)"


def read_anew(raw: bytes) -> Schools:
    """The schools of *raw*, read though they were read before."""
    read_schools.cache_clear()
    return read_schools(TableFile("data/tables/pays.csv", raw))


def main() -> None:
    """Prints each time."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--schools", type=int, default=11_000)
    options.add_argument("--rounds", type=int, default=5)
    asked = options.parse_args()
    good, bad = table(asked.schools), table(asked.schools, "opened")
    assert len(read_anew(good).schools) == asked.schools
    assert len(read_anew(bad).problems) == asked.schools
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "data/tables").mkdir(parents=True)
        (root / "data/tables/pays.csv").write_bytes(good)
        (root / "data/projects.yaml").write_text("nord: {name: Nord, state: rollout}\n", "utf-8")
        phases = ", ".join(f"{{number: {each + 1}}}" for each in range(PHASES))
        record = f"r: {{title: R, project: nord, phases: [{phases}], schools_table: pays.csv}}\n"
        (root / "data/rollouts.yaml").write_text(record, "utf-8")
        graph = load(ClubFolder(root, find_registry())).graph
        (rollout,) = graph.all(Rollout)
        sheets = tuple(page_sheets(graph))
        words = Words("fr")
        print("read:", timed(lambda: read_anew(good), asked.rounds))
        print("read, each row with a fault:", timed(lambda: read_anew(bad), asked.rounds))
        print("page of the rollout:", timed(lambda: view(rollout, graph), asked.rounds))
        files = timed(lambda: list(sheet_files(sheets, words, "", None)), asked.rounds)
        print("spreadsheets:", files)


if __name__ == "__main__":
    main()
