"""Merges a real history again, by lines and by field: `python checks/replay.py PATH GLOB`.

PATH is a repository on this machine, GLOB says which files of it (`lib/**/*.yml`). Three kinds of
merges are tried: *real* ones, of two parents that both changed a file; *made* ones, where two
changes that followed each other are made beside each other, so that what both mean is known; and
*clashes*, made ones where both sides also write one value differently. The oracle reads YAML with
PyYAML's own loader and compares bags of paths and values: it shares nothing with the merge.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

from club.merge import Conflict, merge_texts

SCALAR = re.compile(r"( *(?:- )?[\w.-]+: )([^\s#&*!|>'\"\[{%@`][^#\"'\n]*)\n")
SIDES = ("ours", "theirs")
HUNK = re.compile(r"^<{7} [^\n]*\n(.*?)^={7}\n(.*?)^>{7} [^\n]*\n", re.DOTALL | re.MULTILINE)
LONG = 60
PAIRS = 3
"""How many merge commits are looked at for each that is wanted: most changed other files."""
Bag = Counter[tuple[str, str]]
Texts = tuple[str, str, str]


@dataclass(frozen=True)
class Try:
    """Three versions of *path*; *meant* is what they mean together, where it is known."""

    kind: str
    path: str
    texts: Texts
    meant: str = ""


@dataclass
class Tally:
    """What was found, and where."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[Try]] = field(default_factory=lambda: defaultdict(list))

    def fault(self, name: str, one: Try) -> None:
        """Counts *one* as a fault of the kind *name*."""
        self.counts[name] += 1
        self.faults[name].append(one)


class Store:
    """The objects of a repository, through one process of Git."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.process = subprocess.Popen(
            ["git", "-C", str(root), "cat-file", "--batch"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def git(self, *arguments: str) -> str:
        """What Git prints; nothing where it fails."""
        command = ["git", "-C", str(self.root), "-c", "core.quotePath=off", *arguments]
        return subprocess.run(command, capture_output=True, check=False).stdout.decode("utf-8")

    def text(self, name: str) -> str:
        """The object called *name* as text; empty if it is missing or no text."""
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(name.encode() + b"\n")
        stdin.flush()
        said = stdout.readline().split()
        if len(said) != 3 or said[1] != b"blob":
            if len(said) == 3:
                stdout.read(int(said[2]) + 1)
            return ""
        raw = stdout.read(int(said[2]) + 1)[:-1]
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return ""

    def close(self) -> None:
        """Ends the process."""
        self.process.communicate()


def real_merges(store: Store, pattern: str, pick: random.Random, most: int) -> Iterator[Try]:
    """Merge commits whose parents both changed a file since the commit they share."""
    paths = f":(glob){pattern}"
    lines = store.git("log", "--merges", "--full-history", "--format=%P", "--", paths).split("\n")
    pairs = [line.split() for line in lines if len(line.split()) == 2]
    pick.shuffle(pairs)
    found = 0
    for one, other in pairs[: most * PAIRS]:
        shared = store.git("merge-base", one, other).strip()
        if not shared or found == most:
            continue
        changed = [
            set(store.git("diff", "--name-only", shared, side, "--", paths).splitlines())
            for side in (one, other)
        ]
        for path in sorted(changed[0] & changed[1]):
            texts = tuple(store.text(f"{each}:{path}") for each in (shared, one, other))
            if all(texts) and texts[1] != texts[2] and found < most:
                found += 1
                yield Try("real", path, texts)  # type: ignore[arg-type]


def histories(store: Store, pattern: str) -> dict[str, list[str]]:
    """The versions of each file, oldest first, as the names of their objects."""
    found: dict[str, list[str]] = defaultdict(list)
    raw = store.git(
        "log", "--reverse", "--no-merges", "--raw", "--no-abbrev", "--no-renames", "--format=",
        "--", f":(glob){pattern}",
    )  # fmt: skip
    for line in raw.splitlines():
        said, _, path = line.partition("\t")
        found[path].append(said.split()[3])
    return {path: names for path, names in found.items() if len(names) > 2}


def made_merges(store: Store, pattern: str, pick: random.Random, most: int) -> Iterator[Try]:
    """Changes that followed each other, made beside each other; every second one clashes too."""
    files = histories(store, pattern)
    places = [(path, at) for path, names in files.items() for at in range(len(names) - 2)]
    pick.shuffle(places)
    found = 0
    for path, at in places:
        if found >= most:
            return
        names = files[path]
        middle = min(at + pick.randint(1, 3), len(names) - 2)
        last = min(middle + pick.randint(1, 3), len(names) - 1)
        first, ours, meant = (store.text(names[each]) for each in (at, middle, last))
        theirs = beside(ours, first, meant)
        if not (first and ours and meant and theirs) or len({first, ours, theirs}) < 3:
            continue
        if content(theirs) is None or says_twice(yaml.compose(theirs, yaml.CBaseLoader)):
            continue  # a record that moved, or came back, would stand there twice
        found += 1
        yield Try("made", path, (first, ours, theirs), meant)
        if clash := clashing(first, ours, theirs, pick):
            yield Try("clash", path, clash)


def beside(middle: str, first: str, last: str) -> str:
    """*first* with the change that made *last* of *middle*; empty if that needs the other one."""
    lines = [text.splitlines(keepends=True) for text in (middle, first, last)]
    edits = sorted(
        (start, stop, number, new)
        for number, side in enumerate(lines[1:])
        for start, stop, new in changes(lines[0], side)
    )
    result: list[str] = []
    at = 0
    for start, stop, _, new in edits:
        if start < at:
            return ""
        result += [*lines[0][at:start], *new]
        at = stop
    return "".join([*result, *lines[0][at:]])


def alike(one: list[str], other: list[str]) -> int:
    """How many lines both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def changes(old: list[str], new: list[str]) -> Iterator[tuple[int, int, list[str]]]:
    """Which lines of *old* became which of *new*; what begins and ends alike is not compared."""
    top = alike(old, new)
    foot = alike(old[top:][::-1], new[top:][::-1])
    here, there = (each[top : len(each) - foot] for each in (old, new))
    for tag, i, j, k, m in SequenceMatcher(None, here, there).get_opcodes():
        if tag != "equal":
            yield top + i, top + j, there[k:m]


def clashing(first: str, ours: str, theirs: str, pick: random.Random) -> Texts | None:
    """The three, with one value that neither changed written anew on each side."""
    lines = [text.splitlines(keepends=True) for text in (first, ours, theirs)]
    counts = [Counter(each) for each in lines]
    alone = [
        line
        for line in lines[0]
        if SCALAR.fullmatch(line) and all(count[line] == 1 for count in counts)
    ]
    if not alone:
        return None
    line = pick.choice(alone)
    found = SCALAR.fullmatch(line)
    assert found
    sides = [
        "".join(f"{found[1]}{name}-{pick.randrange(10**6)}\n" if x == line else x for x in side)
        for name, side in zip(SIDES, lines[1:], strict=True)
    ]
    return (first, sides[0], sides[1])


def content(text: str) -> Any:
    """What *text* says, every scalar as text; None if it is not sound."""
    try:
        return yaml.load(text, yaml.CBaseLoader) or {}
    except (yaml.YAMLError, ValueError):
        return None


def says_twice(node: Any) -> bool:
    """Whether a key stands twice in one mapping of *node*."""
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        return len(set(keys)) < len(keys) or any(says_twice(inside) for _, inside in node.value)
    return isinstance(node, yaml.SequenceNode) and any(map(says_twice, node.value))


def bag(value: Any, path: str = "", found: Bag | None = None) -> Bag:
    """How often each value stands at each path; items have no number, long texts go by words."""
    found = Counter() if found is None else found
    if isinstance(value, dict):
        for key, inside in value.items():
            bag(inside, f"{path}/{key}", found)
    elif isinstance(value, list):
        for inside in value:
            bag(inside, f"{path}/-", found)
    elif isinstance(value, str) and (len(value) > LONG or "\n" in value):
        found.update((path, word) for word in value.split())
    else:
        found[path, str(value)] += 1
    return found


def lost(bags: list[Bag], merged: Bag) -> list[tuple[str, str]]:
    """What a side wrote or removed and *merged* does not heed."""
    base, ours, theirs = bags
    wrong = []
    for each in {*base, *ours, *theirs, *merged}:
        was = base[each]
        here, there = ours[each] - was, theirs[each] - was
        if here >= 0 and there >= 0:
            least, most = was + max(here, there), was + here + there
        elif here <= 0 and there <= 0:
            least, most = max(was + here + there, 0), was + min(here, there)
        else:
            least = most = was + here + there
        if not least <= merged[each] <= most:
            wrong.append(each)
    return wrong


def single(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The short values that no list holds, each of which stands at a path of its own."""
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from single(inside, f"{path}/{key}")
    elif isinstance(value, str) and len(value) <= LONG and "\n" not in value:
        yield path, value


def silent(values: list[Any]) -> list[str]:
    """The paths to which both sides gave other values than the base, and than each other."""
    base, ours, theirs = (dict(single(value)) for value in values)
    return [
        path
        for path in ours.keys() & theirs.keys()
        if len({base.get(path), ours[path], theirs[path]}) == 3
    ]


def unordered(value: Any) -> Any:
    """*value* without the order of its keys and items."""
    if isinstance(value, dict):
        return sorted((key, unordered(each)) for key, each in value.items())
    return sorted(map(unordered, value), key=repr) if isinstance(value, list) else value


def conflicts_by_lines(texts: Texts) -> bool:
    """Whether Git alone leaves conflicts."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("ours", "base", "theirs")]
        for file, text in zip(files, (texts[1], texts[0], texts[2]), strict=True):
            file.write_text(text, "utf-8", newline="")
        command = ["git", "merge-file", "-p", "-q", *map(str, files)]
        return subprocess.run(command, capture_output=True, check=False).returncode != 0


def swapped(text: str) -> str:
    """*text* with the sides of its conflicts exchanged."""
    return HUNK.sub(r"<<<<<<< ours\n\2=======\n\1>>>>>>> theirs\n", text)


def judge(one: Try, tally: Tally) -> None:
    """Merges *one* and counts what came of it."""
    values = [content(text) for text in one.texts]
    if None in values:
        tally.counts["unsound"] += 1
        return
    base, ours, theirs = one.texts
    tally.counts[f"{one.kind} tries"] += 1
    by_lines = conflicts_by_lines(one.texts)
    try:
        result = merge_texts(base, ours, theirs, None, path=one.path)
        other = merge_texts(base, theirs, ours, None, path=one.path)
    except Exception as error:  # what a crash is, is what this looks for
        tally.fault(f"crash {type(error).__name__}", one)
        return
    by_field = isinstance(result, Conflict)
    tally.counts[f"{one.kind} conflicts by lines"] += by_lines
    tally.counts[f"{one.kind} conflicts by field"] += by_field
    if swapped(other.text) != result.text:
        tally.fault("sides not alike", one)
    texts = [HUNK.sub(side, result.text) for side in (r"\1", r"\2")]
    merged = [content(text) for text in texts]
    bags = [bag(value) for value in values]
    if None in merged:
        tally.fault("unsound results", one)
    elif not by_field:
        judge_clean(one, values, bags, merged[0], tally)
    else:
        known = bag(merged[0]) | bag(merged[1])
        if any(not known[each] for side in bags[1:] for each in side - bags[0]):
            tally.fault("values lost in a conflict", one)
    if one.kind == "made" and by_field and not by_lines:
        tally.fault("needless conflicts that lines do not have", one)


def judge_clean(one: Try, values: list[Any], bags: list[Bag], merged: Any, tally: Tally) -> None:
    """Looks at a result without conflict."""
    if one.kind == "clash" or silent(values):
        tally.fault("silent clashes", one)
    elif one.meant and unordered(merged) == unordered(content(one.meant)):
        return  # a key that stands twice would be told apart by no bag
    elif lost(bags, bag(merged)):
        tally.fault("lost values", one)
    elif one.meant:
        tally.fault("not what was meant", one)


def replay(root: Path, pattern: str, *, seed: int, most: int) -> Tally:
    """The tally of at most *most* real and *most* made merges of the files of *pattern*."""
    store, tally, pick = Store(root), Tally(), random.Random(seed)
    for tries in (real_merges, made_merges):
        for one in tries(store, pattern, pick, most):
            judge(one, tally)
    store.close()
    return tally


def keep(tally: Tally, folder: Path) -> None:
    """Writes the three versions behind each fault."""
    for name, tries in tally.faults.items():
        for number, one in enumerate(tries):
            at = folder / name.replace(" ", "-") / str(number)
            at.mkdir(parents=True, exist_ok=True)
            for part, text in zip(("base", "ours", "theirs"), one.texts, strict=True):
                (at / part).write_text(text, "utf-8", newline="")
            (at / "meant").write_text(f"# {one.kind} {one.path}\n{one.meant}", "utf-8")


def main() -> int:
    """Prints the counts; 1 if something was lost, silent, unsound or crashed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("glob")
    parser.add_argument("--tries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=2012)
    parser.add_argument("--keep", type=Path, help="a folder for the versions behind each fault")
    options = parser.parse_args()
    tally = replay(options.path, options.glob, seed=options.seed, most=options.tries)
    for name, count in sorted(tally.counts.items()):
        print(f"{count:6} {name}")
    if options.keep:
        keep(tally, options.keep)
    return 1 if tally.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
