"""Whatever is missing or cannot be read on either side, `club diff` tells the rest."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from club.model.record import Audience
from club.publish.reports.consequences import FORMATS, side
from club.publish.words.described import describer
from club.publish.words.language import Words
from club.review.consequences import ChangeType, Review, Side, review
from tests.clubs import TOY, few, folder_at, toy_in

FRENCH = Words("fr")
FILES = sorted(
    file.relative_to(TOY).as_posix()
    for file in (TOY / "data").rglob("*.yaml")
    if file.name != "exceptions.yaml"
)
NEEDED = tuple(f"data/{each}.yaml" for each in ("organisations", "projects", "services", "axes"))
Breakage = Callable[[list[str], int, int], list[str]]


def _unclosed(lines: list[str], start: int, end: int) -> list[str]:
    at = next(i for i in range(start, end) if ": " in lines[i])
    key = lines[at].split(": ", 1)[0]
    return [*lines[:at], f'{key}: "jamais fermé', *lines[at + 1 :]]


def _tab(lines: list[str], start: int, end: int) -> list[str]:
    at = next(i for i in range(start, end) if ": " in lines[i])
    return [*lines[:at], "\t" + lines[at], *lines[at + 1 :]]


def _markers(lines: list[str], start: int, end: int) -> list[str]:
    one = lines[start:end]
    clash = ["<<<<<<< ours", *one, "=======", *one, ">>>>>>> theirs"]
    return [*lines[:start], *clash, *lines[end:]]


def _unknown_key(lines: list[str], start: int, end: int) -> list[str]:
    at = next(i for i in range(start, end) if ": " in lines[i])
    indent = len(lines[at]) - len(lines[at].lstrip())
    return [*lines[:at], f"{' ' * indent}zqzq: 1", *lines[at:]]


BREAKAGES: dict[str, Breakage] = {
    "never closed": _unclosed,
    "a tab": _tab,
    "markers": _markers,
    "a key of none": _unknown_key,
    "removed": lambda lines, start, end: [*lines[:start], *lines[end:]],
}


def entries(text: str) -> Iterator[tuple[str, int, int]]:
    """Each entry of a collection's file: its id, the line of it, and that of the next."""
    lines = text.splitlines()
    starts = [i for i, line in enumerate(lines) if line[:1].isalnum() and line.endswith(":")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield lines[start][:-1], start, end


def broken(path: str) -> Iterator[tuple[str, dict[str, str | None]]]:
    """The toy's file *path* in each way that one of its records can be lost, with what it is."""
    text = (TOY / path).read_text("utf-8")
    lines = text.splitlines()
    if path.count("/") > 1:
        renamed = path.replace(".yaml", "-autre.yaml")
        yield "removed", {path: None}
        yield "another id", {path: None, renamed: text}
        for name, change in BREAKAGES.items():
            if name != "removed":
                yield name, {path: "\n".join(change(lines, 0, len(lines)))}
        return
    for id, start, end in entries(text):
        for name, change in BREAKAGES.items():
            yield f"{name}: {id}", {path: "\n".join([*change(lines, start, end), ""])}
        other = [*lines[:start], f"{id}-autre:", *lines[start + 1 :]]
        yield f"another id: {id}", {path: "\n".join([*other, ""])}


@pytest.fixture(scope="module")
def whole() -> dict[Audience, Side]:
    return {each: side(folder_at(TOY), FRENCH, each) for each in Audience}


def told(old: Side, new: Side) -> dict[str, str]:
    found = review(old, new, describer(FRENCH))
    return {name: say(found, FRENCH) for name, say in FORMATS.items()}


def are_told(
    path: str, files: dict[str, str | None], root: Path, whole: dict[Audience, Side]
) -> None:
    """The toy with *files* otherwise, at *root*, compared with the *whole* one, both ways."""
    toy_in(root)
    for name, text in files.items():
        (root / name).unlink() if text is None else (root / name).write_text(text, "utf-8")
    for audience in Audience:
        now = side(folder_at(root), FRENCH, audience)
        for said in (told(whole[audience], now), told(now, whole[audience])):
            assert all(said.values())
    shutil.rmtree(root)


@pytest.mark.parametrize("path", few(sorted(FILES, key=lambda each: each not in NEEDED), 4))
def test_a_diff_does_not_end_in_a_traceback(
    path: str, whole: dict[Audience, Side], tmp_path: Path
) -> None:
    files = next(broken(path))[1]
    are_told(path, files, tmp_path / "toy", whole)


@pytest.mark.long
@pytest.mark.parametrize("path", FILES)
def test_a_diff_tells_every_record_that_is_lost(
    path: str, whole: dict[Audience, Side], tmp_path: Path
) -> None:
    for index, (what, files) in enumerate(broken(path)):
        try:
            are_told(path, files, tmp_path / str(index), whole)
        except Exception as error:
            raise AssertionError(f"{path}, {what}") from error


def types_of(found: Review) -> set[ChangeType]:
    return {each.type for each in found.records} | {each.type for each in found.pages}


def test_what_cannot_be_read_is_not_said_to_be_gone(
    whole: dict[Audience, Side], tmp_path: Path
) -> None:
    root = toy_in(tmp_path / "toy")
    file = root / "data/organisations.yaml"
    before = file.read_text("utf-8")
    name = "  name: Académie fictive"
    assert name in before
    file.write_text(before.replace(name, '  name: "Académie fictive', 1), "utf-8")
    now = side(folder_at(root), FRENCH)
    old = whole[Audience.MEMBERS]
    found = review(old, now)
    assert ("organisations/academie-fictive", ChangeType.UNREAD) in [
        (each.key, each.type) for each in found.records
    ]
    assert ChangeType.REMOVED not in types_of(found)
    assert found.is_partial
    assert not found.values
    said = FORMATS["text"](found, FRENCH)
    assert "Académie fictive (organisations/academie-fictive) n’est plus lisible" in said
    assert "disparaît" not in said
    back = review(now, old)
    assert ChangeType.ADDED not in types_of(back)

    (root / "docs/index.md").write_text("---\ntags: [\n---\n# Accueil\n", "utf-8")
    found = review(old, side(folder_at(root), FRENCH))
    assert [each.type for each in found.pages if not each.url] == [ChangeType.UNREAD]

    file.write_text(before.replace("editeur-verger:", "editeur-autre:", 1), "utf-8")
    found = review(old, side(folder_at(root), FRENCH))
    assert ("organisations/editeur-verger", ChangeType.REMOVED) in [
        (each.key, each.type) for each in found.records
    ]


@pytest.mark.parametrize("audience", Audience)
def test_what_could_take_minutes_to_read_is_not_rendered(
    audience: Audience, whole: dict[Audience, Side], tmp_path: Path
) -> None:
    root = toy_in(tmp_path / "toy")
    (root / "docs/index.md").write_text("# Accueil\n\n" + "[" * 40_000, "utf-8")
    now = side(folder_at(root), FRENCH, audience)
    found = review(whole[audience], now)
    assert [each.type for each in found.pages if not each.url] == [ChangeType.UNREAD]
