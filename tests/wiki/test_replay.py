"""Every merge of a real history again, by Git alone and by field: what was needless, what is lost.

The history is written by `git fast-import`: at each step two people leave from the same commit,
edit records and add some, and a merge commit holds what both meant. Every value they write is
unique, so that one that is lost is missed.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from club.merge import Conflict, merge_texts
from club.model.source import parse
from tests.clubs import REGISTRY, few
from tests.wiki.reference import unordered
from tests.wiki.repositories import run
from tests.wiki.resolving import resolve
from tests.wiki.strategies import dump

PATH = "data/requests.yaml"
MARKER = re.compile(r"^<<<<<<< ", re.MULTILINE)
FIELDS = ("title", "service", "origin", "created", "state")
Records = dict[str, Any]


@dataclass
class History:
    """Two people's edits, step after step; *real* counts the steps where they truly disagree."""

    steps: int
    pick: random.Random = field(default_factory=lambda: random.Random(2012))
    number: int = 0
    real: set[int] = field(default_factory=set)

    def value(self) -> str:
        self.number += 1
        return f"valeur-{self.number}"

    def record(self) -> Records:
        return {
            "title": self.value(),
            "need": [self.value() for _ in range(4)],
            "state": self.value(),
            "service": self.value(),
            "axes": [self.value(), self.value()],
            "positions": [{"project": self.value(), "stance": self.value()} for _ in range(2)],
        }

    def start(self) -> Records:
        return {f"demande-{n}": self.record() for n in range(6)}

    def step(self, number: int, base: Records) -> tuple[Records, Records, Records]:
        """What each side made of *base*, and what both meant."""
        ours, theirs, both = copied(base), copied(base), copied(base)
        places = self.places(base)
        self.pick.shuffle(places)
        for index in range(self.pick.randint(2, 6)):
            self.edit(places[index], (ours if index % 2 else theirs, both))
        for side in (ours, theirs):
            if self.pick.random() < 0.3:
                added = self.record()
                for each in (side, both):
                    each[f"demande-{self.number}"] = copied(added)
        if self.pick.random() < 0.05:
            self.real.add(number)
            self.edit(places[7], (theirs,))
            self.edit(places[7], (ours, both))
        return ours, theirs, both

    def places(self, base: Records) -> list[tuple[str, str, int]]:
        found = [(id, name, 0) for id in base for name in FIELDS]
        found += [(id, "need", line) for id in base for line in range(4)]
        found += [(id, "positions", index) for id in base for index in (0, 1)]
        return found

    def edit(self, place: tuple[str, str, int], sides: tuple[Records, ...]) -> None:
        id, name, index = place
        value = self.value()
        for side in sides:
            if name == "need":
                side[id][name][index] = value
            elif name == "positions":
                side[id][name][index]["stance"] = value
            else:
                side[id][name] = value

    def stream(self) -> Iterator[str]:
        """The whole history, as `git fast-import` reads it."""
        state, last = self.start(), 1
        yield commit(1, dump(state), ())
        for number in range(self.steps):
            ours, theirs, both = self.step(number, state)
            here, there, merge = last + 1, last + 2, last + 3
            yield commit(here, dump(ours), (last,))
            yield commit(there, dump(theirs), (last,))
            if len(both) > 14:
                both = dict(list(both.items())[-8:])
            yield commit(merge, dump(both), (here, there))
            state, last = both, merge


def copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: copied(each) for key, each in value.items()}
    return [copied(each) for each in value] if isinstance(value, list) else value


def commit(mark: int, text: str, parents: tuple[int, ...]) -> str:
    data = f"data {len(text.encode())}\n{text}\n"
    above = [f"{word} :{mark}" for word, mark in zip(("from", "merge"), parents, strict=False)]
    who = f"committer Membre <membre@example.org> {1_300_000_000 + mark} +0000\ndata 0\n"
    return "\n".join(
        [
            "commit refs/heads/main",
            f"mark :{mark}",
            who + "\n".join(above),
            f"M 644 inline {PATH}",
            data,
        ]
    )


def merges(root: Path) -> list[list[str]]:
    """Each merge commit, its two parents and theirs, oldest first."""
    lines = run(root, "log", "--merges", "--reverse", "--format=%H %P").splitlines()
    parents = dict(
        line.split(" ", 1)
        for line in run(root, "log", "--format=%H %P").splitlines()
        if " " in line
    )
    return [[*line.split(), parents[line.split()[1]].split()[0]] for line in lines]


def texts(root: Path, commits: list[str]) -> Iterator[str]:
    names = "".join(f"{each}:{PATH}\n" for each in commits)
    out = subprocess.run(
        ["git", "cat-file", "--batch"],
        cwd=root,
        input=names.encode(),
        capture_output=True,
        check=True,
    ).stdout
    at = 0
    for _ in commits:
        end = out.index(b"\n", at)
        size = int(out[at:end].split()[2])
        yield out[end + 1 : end + 1 + size].decode()
        at = end + size + 2


def conflicts_of_git(root: Path, ours: str, theirs: str) -> bool:
    found = subprocess.run(
        ["git", "merge-tree", "--write-tree", "--no-messages", ours, theirs],
        cwd=root,
        capture_output=True,
        check=False,
    )
    assert found.returncode in {0, 1}
    return found.returncode == 1


def replay(root: Path, steps: int) -> tuple[int, int, int]:
    """Conflicts of plain Git, of the merge by field, and those that are real."""
    run(root, "init", "-q", "--bare", "-b", "main")
    history = History(steps)
    stream = "".join(history.stream())
    subprocess.run(["git", "fast-import", "--quiet"], cwd=root, input=stream.encode(), check=True)
    found = merges(root)
    assert len(found) == steps
    plain = by_field = 0
    contents = texts(root, [each for merge in found for each in merge])
    for number, (_, one, other, _) in enumerate(found):
        meant, ours, theirs, base = (next(contents) for _ in range(4))
        result = merge_texts(base, ours, theirs, REGISTRY.model_of("requests"))
        is_real = number in history.real
        assert isinstance(result, Conflict) is is_real, result
        assert len(MARKER.findall(result.text)) == int(is_real)
        new = (words(ours) | words(theirs)) - words(base)
        assert new <= words(result.text)
        check_data(meant, result.text, is_real=is_real)
        by_field += is_real
        plain += conflicts_of_git(root, one, other)
    return plain, by_field, len(history.real)


def words(text: str) -> set[str]:
    return set(re.findall(r"valeur-\d+", text))


def check_data(meant: str, merged: str, *, is_real: bool) -> None:
    """What both meant is what was merged; a merge commit may also leave old records out.

    Where a conflict is in a text, it holds the neighbouring lines that either side changed.
    """
    wanted = parse(PATH, meant).content
    found = parse(PATH, resolve(merged, "ours")).content
    if is_real:
        for record in (*wanted.values(), *found.values()):
            del record["need"]
    assert unordered(wanted) == unordered({key: found[key] for key in wanted})


@pytest.mark.parametrize("steps", few([400, 4000]))
def test_thousands_of_merges(steps: int, tmp_path: Path) -> None:
    plain, by_field, real = replay(tmp_path, steps)
    assert by_field == real
    assert plain > real
