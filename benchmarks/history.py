"""Times reading a history: a first pass, one after a commit, and what dates add to a build.

    python benchmarks/history.py --records 10000 --commits 10000
    python benchmarks/history.py --records 1000 --commits 1000 --builds

The repository is always the same one for the same numbers: `git fast-import` makes it of small
edits of records, of pages and of a collection's file, with a merge now and then. `--builds` needs
mkdocs-git-revision-date-localized-plugin, which starts a process a page.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from generate import Club, generate
from run import RAM_DISK, measure, say

FIRST_SECOND = 1_300_000_000
SECONDS_BETWEEN = 3600
MERGE_EVERY = 20
PASS = (
    "import time; from pathlib import Path; from club.history.history import read_history;"
    "from club.model.folder import ClubFolder; from club.read.registry import find_registry;"
    "folder = ClubFolder(Path('.'), find_registry());"
    "start = time.perf_counter(); found = read_history(folder);"
    "print(time.perf_counter() - start, len(found.revisions))"
)
CACHE = Path(".cache/club")
REVISION_DATE = "git-revision-date-localized"


class Import:
    """A stream for `git fast-import`: the whole club, then edit after edit."""

    def __init__(self, folder: Path, records: int) -> None:
        self.random = random.Random(records)
        self.club = Club(records)
        self.folder = folder
        self.texts = {
            path.relative_to(folder).as_posix(): path.read_text("utf-8")
            for path in sorted(folder.rglob("*"))
            if path.is_file() and ".git" not in path.parts
        }
        self.requests = [path for path in self.texts if path.startswith("data/requests/")]
        self.pages = [path for path in self.texts if path.startswith("docs/wiki/note")]

    def stream(self, commits: int) -> Iterator[bytes]:
        yield from self.commit(1, "refs/heads/main", "Le club", list(self.texts))
        number = 1
        while number < commits:
            number += 1
            if number % MERGE_EVERY or number + 2 > commits:
                yield from self.commit(number, "refs/heads/main", self.message(), [self.edited()])
                continue
            yield b"reset refs/heads/side\nfrom refs/heads/main\n\n"
            side, main = self.edited(), self.edited()
            yield from self.commit(number, "refs/heads/side", self.message(), [side])
            yield from self.commit(number + 1, "refs/heads/main", self.message(), [main])
            merge = "Merge branch 'side' into 'main'\n\nPositions de la rencontre"
            files = [side] if side != main else []
            yield from self.commit(number + 2, "refs/heads/main", merge, files, "refs/heads/side")
            number += 2

    def commit(
        self, number: int, ref: str, message: str, files: list[str], merged: str = ""
    ) -> Iterator[bytes]:
        who = f"Camille <camille@d{number % 7}.example> {FIRST_SECOND + number * SECONDS_BETWEEN}"
        yield f"commit {ref}\nauthor {who} +0100\ncommitter {who} +0100\n".encode()
        yield _data(message)
        if merged:
            yield f"merge {merged}\n".encode()
        for path in files:
            yield f"M 100644 inline {path}\n".encode() + _data(self.texts[path])
        yield b"\n"

    def edited(self) -> str:
        """The path of a file that now reads otherwise."""
        kind = self.random.random()
        if kind < 0.1:
            path = self.random.choice(self.pages)
            self.texts[path] += f"\n{self.club.sentence()}\n"
        elif kind < 0.15:
            path = "data/projects.yaml"
            key = f"{self.random.choice(self.club.projects)}:\n"
            note = f"  governance: {self.club.sentence()}\n"
            before, _, after = self.texts[path].partition(key)
            rest = after.splitlines(keepends=True)
            end = next((at for at, line in enumerate(rest) if line[0] != " "), len(rest))
            kept = [line for line in rest[:end] if not line.startswith("  governance:")]
            self.texts[path] = before + key + "".join([*kept, note, *rest[end:]])
        else:
            path = self.random.choice(self.requests)
            old = self.random.choice(("essential", "wanted", "neutral", "opposed"))
            new = self.random.choice(("essential", "wanted", "neutral", "opposed"))
            text = self.texts[path].replace(f"stance: {old}", f"stance: {new}", 1)
            if text == self.texts[path]:
                lines = text.splitlines(keepends=True)
                lines[0] = f"title: {self.club.sentence()}\n"
                text = "".join(lines)
            self.texts[path] = text
        return path

    def message(self) -> str:
        return "maj" if self.random.random() < 0.3 else self.club.sentence()


def _data(text: str) -> bytes:
    raw = text.encode()
    return f"data {len(raw)}\n".encode() + raw + b"\n"


def make(folder: Path, records: int, commits: int) -> None:
    """Writes the club and its repository."""
    say(f"{records} records, {commits} commits: generating")
    generate(records, folder)
    git(folder, "init", "-q", "-b", "main")
    (folder / ".gitignore").write_text(".cache/\nsite-*/\n__pycache__/\n")
    process = subprocess.Popen(["git", "fast-import", "--quiet"], cwd=folder, stdin=subprocess.PIPE)
    assert process.stdin
    for piece in Import(folder, records).stream(commits):
        process.stdin.write(piece)
    process.stdin.close()
    if process.wait():
        sys.exit("git fast-import failed")
    git(folder, "gc", "-q")
    git(folder, "reset", "-q", "--hard", "main")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True)


def log_seconds(folder: Path) -> float:
    start = time.perf_counter()
    command = ["git", "--no-pager", "log", "--raw"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def pass_seconds(folder: Path) -> float:
    """How long `read_history` takes in a process of its own, less the start of Python."""
    done = subprocess.run(
        [sys.executable, "-c", PASS], cwd=folder, check=True, capture_output=True, text=True
    )
    return float(done.stdout.split()[0])


def edit(folder: Path, number: int) -> None:
    """One more commit."""
    path = sorted((folder / "data/requests").glob("*.yaml"))[number]
    _, _, rest = path.read_text("utf-8").partition("\nneed:")
    path.write_text(f"title: Une demande de plus\nneed:{rest}", "utf-8")
    who = ["-c", "user.name=Camille", "-c", "user.email=c@d.example"]
    git(folder, *who, "commit", "-q", "-m", "Une de plus", "--", str(path))


def passes(folder: Path, rounds: int) -> str:
    """The row of one repository; the sides take turns."""
    logs, firsts, laters = [], [], []
    for number in range(rounds):
        logs.append(log_seconds(folder))
        shutil.rmtree(folder / CACHE, ignore_errors=True)
        firsts.append(pass_seconds(folder))
        edit(folder, number)
        laters.append(pass_seconds(folder))
        say(f"log {logs[-1]:.2f} s, first {firsts[-1]:.2f} s, later {laters[-1]:.2f} s")
    log, first, later = median(logs), median(firsts), median(laters)
    return f"{log:.2f} s | {first:.2f} s | {first / log:.2f} | {later:.2f} s |\n"


def builds(folder: Path, rounds: int) -> str:
    """What dates add to a build of each kind, in seconds."""
    settings = json.loads((folder / "stock.yml").read_text("utf-8"))
    settings["plugins"].append({REVISION_DATE: {"type": "date"}})
    (folder / "dated.yml").write_text(json.dumps(settings), "utf-8")
    bare = folder.with_name("without")
    shutil.copytree(folder, bare, ignore=shutil.ignore_patterns(".git"))
    sides = {
        "club, no repository": (bare, "mkdocs.yml"),
        "club, first build": (folder, "mkdocs.yml"),
        "club, next build": (folder, "mkdocs.yml"),
        "stock": (folder, "stock.yml"),
        f"stock with {REVISION_DATE}": (folder, "dated.yml"),
    }
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, (where, config) in sides.items():
            if name.endswith("first build"):
                shutil.rmtree(folder / CACHE, ignore_errors=True)
            command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", config]
            took, _ = measure([*command, "-d", str(where / "site-x")], where)
            say(f"{name}: {took:.2f} s")
            seconds[name].append(took)
    rows = "".join(f"| {name} | {median(found):.1f} s |\n" for name, found in seconds.items())
    return f"| build | time |\n| --- | ---: |\n{rows}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--commits", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--builds", action="store_true", help="compare builds too")
    options = parser.parse_args()
    parent = RAM_DISK if os.access(RAM_DISK, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="club-history-", dir=parent) as name:
        folder = Path(name) / "club"
        make(folder, options.records, options.commits)
        print("| records | commits | `git log --raw` | first pass | ÷ log | after one commit |")
        print(f"{'| ---: ' * 6}|")
        numbers = f"| {options.records:,} | {options.commits:,} | "
        print(numbers + passes(folder, options.rounds), flush=True)
        if options.builds:
            print(builds(folder, options.rounds), end="")


if __name__ == "__main__":
    main()
