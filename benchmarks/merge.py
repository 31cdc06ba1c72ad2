"""Merges a large collection's file by record and by field, beside `git merge-file` on the same.

    python benchmarks/merge.py --records 10000 --edits 200 --rounds 3

Each side edits fields of as many records, half of them the same records in other fields, and adds
records at the end of the file. Prints a Markdown table; writes only in a temporary folder.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import yaml
from generate import Club

from club.merge import Conflict, Merged, merge_texts
from tests.clubs import REGISTRY

Texts = tuple[str, str, str]
MARKER = re.compile(r"^<<<<<<< ", re.MULTILINE)


def texts_of(records: int, edits: int) -> Texts:
    """A file of requests and two edits of it."""
    club = Club(records)
    requests = {id: club.request(number + 1) for number, id in enumerate(club.requests)}
    cuts = [dump({id: request}) for id, request in requests.items()]
    pick = random.Random(records)
    chosen = pick.sample(range(records), min(edits * 3 // 2, records))
    ours, theirs = list(cuts), list(cuts)
    third = len(chosen) // 3
    for index in chosen[: 2 * third]:
        ours[index] = ours[index].replace("\n  state: ", "\n  delivered_in: V4\n  state: ", 1)
    for index in chosen[third:]:
        theirs[index] = theirs[index].replace(
            "\n  history:", "\n  practice: pratique\n  history:", 1
        )
    ours += [dump({f"demande-ours-{n}": club.request(n)}) for n in range(1, 4)]
    theirs += [dump({f"demande-theirs-{n}": club.request(n)}) for n in range(1, 4)]
    return "\n".join(cuts), "\n".join(ours), "\n".join(theirs)


def dump(content: object) -> str:
    return yaml.dump(content, allow_unicode=True, sort_keys=False, Dumper=yaml.CSafeDumper)


def in_process(texts: Texts, folder: Path) -> int:
    result = merge_texts(*texts, REGISTRY.model_of("requests"))
    assert isinstance(result, Merged | Conflict)
    return len(MARKER.findall(result.text))


def write(texts: Texts, folder: Path) -> list[str]:
    files = []
    for name, text in zip(("base", "ours", "theirs"), texts, strict=True):
        (folder / name).write_text(text, encoding="utf-8")
        files.append(str(folder / name))
    return files


def as_driver(texts: Texts, folder: Path) -> int:
    base, ours, theirs = write(texts, folder)
    start = [sys.executable, "-m", "club", "merge"]
    subprocess.run([*start, base, ours, theirs, "data/requests.yaml"], check=False)
    return len(MARKER.findall(Path(ours).read_text(encoding="utf-8")))


def as_git(texts: Texts, folder: Path) -> int:
    base, ours, theirs = write(texts, folder)
    subprocess.run(["git", "merge-file", ours, base, theirs], check=False, capture_output=True)
    return len(MARKER.findall(Path(ours).read_text(encoding="utf-8")))


WAYS: dict[str, Callable[[Texts, Path], int]] = {
    "`merge_texts`, in process": in_process,
    "`club merge`, as a process": as_driver,
    "`git merge-file`": as_git,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--edits", type=int, default=200, help="records each side edits")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    texts = texts_of(options.records, options.edits)
    seconds: dict[str, list[float]] = {name: [] for name in WAYS}
    conflicts: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(options.rounds):
            for name, way in WAYS.items():
                start = time.perf_counter()
                conflicts[name] = way(texts, Path(folder))
                seconds[name].append(time.perf_counter() - start)
    size = len(texts[0].encode()) / 2**20
    print(f"{options.records} records, {size:.1f} MiB, {options.edits} edited on each side\n")
    print("| merge | median seconds | conflicts |\n| --- | ---: | ---: |")
    for name, times in seconds.items():
        print(f"| {name} | {median(times):.2f} | {conflicts[name]} |")


if __name__ == "__main__":
    main()
