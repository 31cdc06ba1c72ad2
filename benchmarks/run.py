"""Times whole builds of the same club by our plugin and by stock MkDocs, side by side.

    python benchmarks/run.py --records 1000 10000 --rounds 3
    python benchmarks/run.py --records 1000 --profile

The sides take turns in every round, so that a slow moment of the machine hurts both; what counts
is the ratio of the medians. Nothing is written outside a temporary folder without `--write`.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from generate import generate
from mkdocs.__main__ import cli

RAM_DISK = Path("/dev/shm")
TABLE = re.compile(r"(<!-- table -->\n).*?(<!-- /table -->)", re.DOTALL)
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
HEAD = (
    "| records | club build | stock build | club ÷ stock | `club check` | check ÷ club build "
    f"| club peak MiB | stock peak MiB |\n{'| ---: ' * 8}|\n"
)
OURS, STOCK, CHECK = "club build", "stock build", "club check"


@dataclass
class Runs:
    """What one command took, run after run."""

    seconds: list[float] = field(default_factory=list)
    mebibytes: list[float] = field(default_factory=list)

    @property
    def time(self) -> float:
        return median(self.seconds)

    @property
    def peak(self) -> float:
        """The largest process; workers that share its pages are not added."""
        return max(self.mebibytes)


def measure(command: list[str], folder: Path) -> tuple[float, float]:
    """The wall time in seconds and the peak memory in MiB of *command*, start to end."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env={**os.environ, **QUIET})
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed: {process.returncode}")
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    return seconds, usage.ru_maxrss / scale


def commands(folder: Path) -> dict[str, list[str]]:
    build = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    check = "from club.cli import main; raise SystemExit(main(['--root', '.', 'check']))"
    return {
        OURS: [*build, "--site-dir", str(folder / "site-club")],
        STOCK: [*build, "--config-file", "stock.yml", "--site-dir", str(folder / "site-stock")],
        CHECK: [sys.executable, "-c", check],
    }


def compare(count: int, rounds: int, folder: Path) -> dict[str, Runs]:
    """Runs every command *rounds* times, in turn, each build into an empty folder."""
    say(f"{count} records: generating")
    generate(count, folder)
    found = {name: Runs() for name in commands(folder)}
    for number in range(1, rounds + 1):
        for name, command in commands(folder).items():
            for site in ("site-club", "site-stock"):
                shutil.rmtree(folder / site, ignore_errors=True)
            seconds, mebibytes = measure(command, folder)
            took = f"{seconds:.2f} s, {mebibytes:.0f} MiB"
            say(f"{count} records, round {number}/{rounds}, {name}: {took}")
            found[name].seconds.append(seconds)
            found[name].mebibytes.append(mebibytes)
    return found


def row(count: int, found: dict[str, Runs]) -> str:
    ours, stock, check = found[OURS], found[STOCK], found[CHECK]
    cells = (
        f"{count:,}",
        f"{ours.time:.1f} s",
        f"{stock.time:.1f} s",
        f"{ours.time / stock.time:.2f}",
        f"{check.time:.1f} s",
        f"{check.time / ours.time:.2f}",
        f"{ours.peak:.0f}",
        f"{stock.peak:.0f}",
    )
    return f"| {' | '.join(cells)} |\n"


def profile(count: int, folder: Path) -> None:
    """Prints the 25 functions of our build that take longest, what they call included."""
    generate(count, folder)
    os.environ.update(QUIET)
    os.chdir(folder)
    profiler = cProfile.Profile()
    command = ["build", "--quiet", "--site-dir", str(folder / "site-club")]
    profiler.runcall(cli, command, standalone_mode=False)
    pstats.Stats(profiler).strip_dirs().sort_stats("cumulative").print_stats(25)


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, nargs="+", default=[1000])
    parser.add_argument("--rounds", type=int, default=3, help="at 1,000 records; fewer beyond")
    parser.add_argument("--profile", action="store_true", help="profile our build instead")
    parser.add_argument("--write", type=Path, help="replace the table of this Markdown file")
    options = parser.parse_args()
    parent = RAM_DISK if os.access(RAM_DISK, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="club-bench-", dir=parent) as name:
        folder = Path(name) / "club"
        if options.profile:
            for count in options.records:
                profile(count, folder)
            return
        generate(20, folder)
        for command in commands(folder).values():  # the first run compiles what Python imports
            measure(command, folder)
        rows = ""
        for count in options.records:
            rounds = options.rounds if count <= 1000 else max(1, options.rounds - 1)
            rows += row(count, compare(count, rounds, folder))
    print(HEAD + rows, end="")
    if options.write:
        text = options.write.read_text("utf-8")
        written = TABLE.sub(lambda found: f"{found[1]}{HEAD}{rows}{found[2]}", text)
        options.write.write_text(written, "utf-8")


if __name__ == "__main__":
    main()
