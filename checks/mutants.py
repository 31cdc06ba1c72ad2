"""Tells whether the tests would notice a mistake: `make mutants`.

Copies what is committed, changes one place of the code at a time (a comparison turned, `and` for
`or`, a `not` dropped or added, `return None`, a loop that does not turn), and runs the tests that
pass by that place, then by its module, until one fails. The sample is drawn by a seed, in equal
chances from every place of the rooms, so that another maintainer gets the same. Cosmic Ray reads
and writes the code.

A mutant that nobody can notice, because the code does the same either way, is told in
`mutants.yaml` with its reason, and is left out of the count. So are browsers: they take most of the
time, and what they open comes after these rooms.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib
import itertools
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

ROOT = Path(__file__).parent.parent
ROOMS = ("model", "read", "merge", "edit", "history", "review")
EXPLAINED = Path(__file__).with_name("mutants.yaml")
AIM = 0.95
LIMITED = ("sh", "-c", 'ulimit -v 8388608; exec "$@"', "sh")  # A mutant may ask for all there is.
PLUGINS = ("-p", "chosen_tests", "-p", "no:cacheprovider")
BROWSERS = ("tests/shipped/test_browser.py", "tests/wiki/test_preview_browser.py")


def tools() -> Any:
    """What changes the code, which only the environment that `make mutants` makes can read."""
    return importlib.import_module("mutations")


@dataclass(frozen=True)
class Mutant:
    """One place of the code and what is done to it."""

    file: str
    operator: str
    occurrence: int
    line: int
    last: int

    @property
    def room(self) -> str:
        """The folder of `club/` it is in."""
        return self.file.split("/")[1]


def places(rooms: tuple[str, ...]) -> Iterator[Mutant]:
    """Every place of *rooms* that can be changed; a place counts once for each way to change it."""
    for file in sorted(f for room in rooms for f in (ROOT / "club" / room).rglob("*.py")):
        for name, at, first, last in tools().places_in(file):
            yield Mutant(str(file.relative_to(ROOT)), name, at, first, last)


def drawn(rooms: tuple[str, ...], size: int, seed: int) -> list[Mutant]:
    """*size* mutants that Python can read; a line is drawn at most once."""
    every = list(places(rooms))
    random.Random(seed).shuffle(every)
    first = {(each.file, each.line): each for each in reversed(every)}
    once = (each for each in every if first[each.file, each.line] is each)
    return list(itertools.islice(filter(is_python, once), size))


class Coverage:
    """Which tests pass by which lines, and how long they take."""

    def __init__(self, folder: Path) -> None:
        self.seconds: dict[str, float] = json.loads((folder / "seconds.json").read_text("utf-8"))
        self._by_test_file: dict[str, set[str]] = defaultdict(set)
        for test in self.seconds:
            self._by_test_file[test.split("::")[0]].add(test)
        self._lines: dict[str, dict[str, set[int]]] = defaultdict(dict)
        with contextlib.closing(sqlite3.connect(folder / "coverage")) as db:
            rows = db.execute(
                "SELECT path, context, numbits FROM line_bits"
                " JOIN file ON file.id = file_id JOIN context ON context.id = context_id"
            )
            for path, context, bits in rows:
                if "/club/" in path:
                    file = "club/" + path.rpartition("/club/")[2]
                    lines = self._lines[file].setdefault(context, set())
                    lines.update(tools().numbits_to_nums(bits))

    def tests(self, mutant: Mutant) -> list[str]:
        """The tests that pass by *mutant*, then those that pass by its module.

        What is kept for the next who asks is worked out by the first test alone, and what runs when
        a module is read by none.
        """
        lines = set(range(mutant.line, mutant.last + 1))
        by_file = self._lines.get(mutant.file, {})
        passing = (context for context, covered in by_file.items() if covered & lines)
        return list(dict.fromkeys([*self._in_turn(passing), *self._in_turn(by_file)]))

    def _in_turn(self, contexts: Iterable[str]) -> list[str]:
        """The tests of *contexts*: the quickest case of each, then the next of each, and so on.

        A thousand cases of one test would else stand before the only one of another. What is
        prepared once for several tests (a site) is put down to the first of them: all tests of its
        file count.
        """
        found: set[str] = set()
        for context in contexts:
            test, _, phase = re.sub(r" \((\w+)\)$", r"|\1", context).rpartition("|")
            if phase == "setup":
                found |= self._by_test_file[test.split("::")[0]]
            elif test in self.seconds:
                found.add(test)
        turns: Counter[str] = Counter()
        turn: dict[str, int] = {}
        for test in sorted(found, key=lambda test: (self.seconds[test], test)):
            name = test.partition("[")[0]
            turn[test] = turns[name]
            turns[name] += 1
        return sorted(turn, key=turn.__getitem__)  # in one turn, the quickest first, as they stand


class Copy:
    """A copy of what is committed, in which code is changed and tests are run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
        self._clock = int(time.time())

    def pytest(self, *arguments: str | Path, seconds: float) -> bool | None:
        """Whether the tests pass; None when time is up."""
        path = f"{self.folder}{os.pathsep}{self.folder / 'plugins'}{os.pathsep}{ROOT / 'checks'}"
        process = subprocess.Popen(
            [*LIMITED, sys.executable, "-P", "-m", "pytest", *PLUGINS, *map(str, arguments)],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": path},
            stdout=(self.folder.parent / f"{self.folder.name}.log").open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            return process.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return None

    def write(self, file: str, code: str) -> None:
        """Write *code*; its time is new, or Python would go on with what it compiled before."""
        path = self.folder / file
        path.write_text(code, "utf-8")
        self._clock += 2
        os.utime(path, (self._clock, self._clock))

    def is_killed(self, mutant: Mutant, chosen: list[str], seconds: float) -> bool:
        """Whether one of the *chosen* tests fails, hangs or cannot start."""
        code = (ROOT / mutant.file).read_text("utf-8")
        names = self.folder.parent / f"{self.folder.name}.json"
        names.write_text(json.dumps(chosen), "utf-8")
        files = dict.fromkeys(test.split("::")[0] for test in chosen)
        self.write(mutant.file, changed(mutant))
        try:
            return not self.pytest("-x", "--chosen", names, *files, seconds=60 + 5 * seconds)
        finally:
            self.write(mutant.file, code)


def changed(mutant: Mutant) -> str:
    """The code of its module with *mutant* in it."""
    code = (ROOT / mutant.file).read_text("utf-8")
    return tools().mutated(code, mutant.operator, mutant.occurrence)


def is_python(mutant: Mutant) -> bool:
    """Whether its code can be read at all: no test is needed where it cannot."""
    try:
        ast.parse(changed(mutant))
    except SyntaxError:
        return False
    return True


def told(mutant: Mutant) -> tuple[str, str]:
    """Its first changed line, before and after."""
    before = (ROOT / mutant.file).read_text("utf-8").splitlines()
    after = changed(mutant).splitlines()
    return next(
        (a.strip(), b.strip())
        for a, b in itertools.zip_longest(before, after, fillvalue="")
        if a != b
    )


def measure(copy: Copy, folder: Path) -> None:
    """Run all tests once and note which pass by which lines, in processes of their own too."""
    settings = folder / "settings.ini"  # `coverage.*` are its data, erased at the start
    settings.write_text(
        "[run]\nsource = club\nparallel = true\ncore = ctrace\n"
        f"context = ${{PYTEST_CURRENT_TEST-}}\ndata_file = {folder / 'coverage'}\n",
        "utf-8",
    )
    arguments = ["--cov=club", f"--cov-config={settings}", "--cov-context=test", "--cov-report="]
    ignored = [f"--ignore={each}" for each in BROWSERS]
    noted = ["--traced", settings, "--seconds", folder / "seconds.json"]
    copy.pytest("-n2", *arguments, *ignored, *noted, seconds=7200)


def main() -> int:
    """Print each mutant that no test noticed, then the share noticed; 1 when below the aim."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rooms", nargs="+", default=ROOMS)
    parser.add_argument("--budget", type=float, default=120, help="seconds of tests for a mutant")
    parser.add_argument("--coverage", type=Path, default=ROOT / ".cache" / "mutants")
    parser.add_argument("--again", action="store_true", help="see anew which tests pass by what")
    options = parser.parse_args()
    try:
        tools()
    except ImportError as error:
        parser.error(
            f"{error.name} is not in this environment: `make mutants` makes the one this needs,"
            ' and takes these options as MUTANTS="--seed 2"'
        )
    with tempfile.TemporaryDirectory() as made:
        copies: SimpleQueue[Copy] = SimpleQueue()
        first, second = (Copy(Path(made, name)) for name in ("a", "b"))
        copies.put(first)
        copies.put(second)
        if options.again or not (options.coverage / "seconds.json").is_file():
            shutil.rmtree(options.coverage, ignore_errors=True)
            options.coverage.mkdir(parents=True)
            measure(first, options.coverage)
        coverage = Coverage(options.coverage)
        reasons = {
            (each["file"], each["code"], each["mutant"])
            for each in tools().yaml.safe_load(EXPLAINED.read_text("utf-8")) or ()
        }

        def is_killed(mutant: Mutant) -> bool:
            tests = coverage.tests(mutant)
            spent = list(itertools.accumulate(coverage.seconds[test] for test in tests))
            within = tests[: bisect_left(spent, options.budget)]
            copy = copies.get()
            try:
                seconds = sum(coverage.seconds[test] for test in within)
                return bool(within) and copy.is_killed(mutant, within, seconds)
            finally:
                copies.put(copy)

        sample = drawn(tuple(options.rooms), options.sample, options.seed)
        sample = [each for each in sample if (each.file, *told(each)) not in reasons]
        killed: dict[str, list[bool]] = defaultdict(list)
        with ThreadPoolExecutor(2) as pool:
            for mutant, noticed in zip(sample, pool.map(is_killed, sample), strict=True):
                killed[mutant.room].append(noticed)
                if not noticed:
                    print(f"{mutant.file}:{mutant.line}: {mutant.operator}", flush=True)
                    before, after = map(tools().visible, told(mutant))
                    print(f"    - {before}\n    + {after}", flush=True)
    for room, each in sorted(killed.items()):
        print(f"{room}: {sum(each)} of {len(each)}")
    noticed, tried = sum(map(sum, killed.values())), len(sample)
    print(f"{noticed} of {tried} mutants noticed ({noticed / tried:.1%}), seed {options.seed}")
    return 0 if noticed >= AIM * tried else 1


if __name__ == "__main__":
    sys.exit(main())
