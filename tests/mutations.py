"""A club changed as careless hands, editors and merges change one: any number of ways, by seed."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

Change = Callable[[random.Random, bytes], bytes]
ODD = (
    *(b"\x00", b"\xef\xbb\xbf", "\u202e".encode(), b"\xed\xa0\x80", "\u2028".encode(), b"\t"),
    *(b"\r", b"\x85", b"\xff\xfe", "\U0001f9ea".encode(), b"\x1b[2J", "e\u0301".encode()),
)
VALUES = (
    *("9" * 400, "-1", "1e999", "0x1F", ".inf", ".nan", "2023-02-30", "0000-00-00", "9999-12-31"),
    *("31/02/2012", "rentrée 99999", "~", "no", "[]", "{}", "''", "|", ">-", "!!python/name:os.x"),
    *("&a [*a]", "*a", "&a x", "<<: *a", "{<<: {a: b}}", "? x", "- - - x", "%YAML 9", "---", "..."),
    *("@x", "`x`", "'", '"', '"\\ud800"', "[" * 60, "[[" * 20, "a: b: c", "#", "x" * 5000),
    *("https://[", "http://exa mple/", "javascript:1", "../../etc/passwd", "${x}", "{{ x }}"),
    *("!ENV X", "!!binary x", "!!set {a}", "!relative x", "{x: 1, x: 2}", "12 €", "-0", "1_000"),
)


def _flip(pick: random.Random, data: bytes) -> bytes:
    at = pick.randrange(len(data) + 1)
    return data[:at] + bytes([pick.randrange(256)]) + data[at + 1 :]


def _cut(pick: random.Random, data: bytes) -> bytes:
    start = pick.randrange(len(data) + 1)
    return data[:start] + data[start + pick.choice((1, 3, 20, 400, 10**6)) :]


def _odd(pick: random.Random, data: bytes) -> bytes:
    at = pick.choice((0, len(data), pick.randrange(len(data) + 1)))
    return data[:at] + pick.choice(ODD) + data[at:]


def _lines(change: Callable[[random.Random, list[bytes], int], None]) -> Change:
    def changed(pick: random.Random, data: bytes) -> bytes:
        lines = data.split(b"\n")
        change(pick, lines, pick.randrange(len(lines)))
        return b"\n".join(lines)

    return changed


def _twice(pick: random.Random, lines: list[bytes], at: int) -> None:
    lines[at:at] = lines[at : at + pick.choice((1, 2, 8))]


def _shift(pick: random.Random, lines: list[bytes], at: int) -> None:
    before = pick.choice((b" ", b"  ", b"\t", b"    ", b"- "))
    end = at + pick.choice((1, 2, 8))
    lines[at:end] = [pick.choice((before + each, each.lstrip())) for each in lines[at:end]]


def _swap(pick: random.Random, lines: list[bytes], at: int) -> None:
    other = pick.randrange(len(lines))
    (a, mark, one), (b, _, two) = lines[at].partition(b":"), lines[other].partition(b":")
    lines[at], lines[other] = a + mark + two, b + mark + one


def _value(pick: random.Random, lines: list[bytes], at: int) -> None:
    key, _, _ = lines[at].partition(b":")
    lines[at] = key + b": " + pick.choice(VALUES).encode()


def _key(pick: random.Random, lines: list[bytes], at: int) -> None:
    _, mark, value = lines[at].partition(b":")
    lines[at] = pick.choice(VALUES).encode() + mark + value


def _move(pick: random.Random, lines: list[bytes], at: int) -> None:
    lines.insert(pick.randrange(len(lines)), lines.pop(at))


CHANGES: tuple[Change, ...] = (
    *(_flip, _cut, _odd, lambda pick, data: b"", lambda pick, data: data.replace(b"\n", b"\r\n")),
    *map(_lines, (_twice, _shift, _swap, _value, _value, _value, _key, _move)),
)


def _renamed(pick: random.Random, file: Path) -> None:
    names = ("é.yaml", "A B.md", "x.yml", ".cache.yaml", "index.md", "x.MD", "a\nb.yaml", "-.md")
    file.rename(file.with_name(pick.choice(names)))


def _special(pick: random.Random, file: Path) -> None:
    file.unlink()
    make: Callable[[], object] = pick.choice(
        (
            lambda: os.mkfifo(file),
            lambda: file.symlink_to("/etc/passwd"),
            lambda: file.symlink_to(file.name),
            file.mkdir,
        )
    )
    make()


def files_of(root: Path) -> list[Path]:
    """What of the club at *root* may be changed, in order."""
    every = [*root.glob("data/**/*"), *root.glob("docs/**/*"), root / "mkdocs.yml"]
    return sorted(each for each in every if each.is_file())


def mutate(root: Path, seed: int) -> Iterator[str]:
    """Changes the club at *root* in one to three ways that *seed* chooses; yields which files."""
    pick = random.Random(seed)
    for _ in range(pick.choice((1, 1, 2, 3))):
        file = pick.choice([each for each in files_of(root) if each.is_file()])
        yield file.relative_to(root).as_posix()
        if pick.random() < 0.06:
            pick.choice((_renamed, _special))(pick, file)
        else:
            file.write_bytes(pick.choice(CHANGES)(pick, file.read_bytes()))
