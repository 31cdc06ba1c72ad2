"""Imports go left only; MkDocs stays in the plugin; only the command prints, exits and reads the
environment."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from club.history.cache import modules
from tests.clubs import folder_at

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "club").rglob("*.py"))
PLUGINS = sorted((ROOT / "plugins").rglob("*.py"))


ROOMS = (
    "club",
    "club.git",
    "club.model",
    "club.records.*.model",
    "club.insight",
    "club.records.*",
    "club.records",
    "club.query",
    "club.merge",
    "club.read",
    "club.edit",
    "club.history",
    "club.review",
    "club.publish",
    "club.publish.words",
    "club.publish.charts",
    "club.publish.html",
    "club.publish.data",
    "club.publish.pages",
    "club.publish.portable",
    "club.publish.reports",
    "club.cli",
    "club.__main__",
)
"""Every room, from left to right: a module imports from its own room or from one before it."""


def room(module: str) -> str:
    """The room that *module* stands in."""
    match module.split("."):
        case ["club"]:
            return "club"
        case ["club", "records", _, "model"]:
            return "club.records.*.model"
        case ["club", "records", inner, *rest] if rest or (ROOT / "club/records" / inner).is_dir():
            return "club.records.*"
        case ["club", "publish", inner, *rest] if rest or (ROOT / "club/publish" / inner).is_dir():
            return f"club.publish.{inner}"
        case ["club", first, *_]:
            return f"club.{first}"
    raise AssertionError(f"{module} stands in no room")


def layer(module: str) -> int:
    """How far right *module* stands."""
    found = room(module)
    assert found in ROOMS, f"{found} has no place: give it one, here and in CONTRIBUTING.md"
    return ROOMS.index(found)


def test_every_room_has_its_place_and_says_what_it_is_for() -> None:
    """A folder of code stands in the order above, and one sentence says what comes in and out."""
    folders = {path.parent for path in MODULES if path.parent != ROOT / "club"}
    found = {room(name(folder / "__init__.py")) for folder in folders}
    assert found <= set(ROOMS)
    for folder in folders:
        said = ast.get_docstring(tree(folder / "__init__.py"))
        assert said, f"{folder} does not say what it is"
        assert "\n" not in said, f"{folder} says it in more than one sentence"


def name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports say where they come from"
            module = node.module or ""
            for each in node.names:
                inner = ROOT / module.replace(".", "/") / each.name
                is_module = inner.is_dir() or inner.with_suffix(".py").exists()
                yield f"{module}.{each.name}" if is_module else module


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_go_left(path: Path) -> None:
    here = layer(name(path)) if path.name != "__init__.py" else 99
    for each in imported(path):
        if each.split(".")[0] == "club":
            assert layer(each) <= here, f"{name(path)} imports {each}"
        assert not each.startswith("mkdocs"), f"{name(path)} imports {each}"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_kinds_know_one_another_by_their_models(path: Path) -> None:
    here = name(path).split(".")
    if here[1:2] != ["records"] or len(here) < 4:
        return
    for each in imported(path):
        there = each.split(".")
        if there[:2] == ["club", "records"] and there[2:3] != here[2:3]:
            assert there[3:] == ["model"], f"{name(path)} imports {each}"
            if here[3] == "model":
                continue


KNOWS_THE_KINDS = (
    "club.records",
    "club.insight",
    "club.read.registry",
    # Still to be reached through the kinds.
    "club.publish.words.sentences",
)


@pytest.mark.parametrize("path", [*MODULES, *PLUGINS], ids=name)
def test_the_core_reaches_kinds_through_the_registry(path: Path) -> None:
    """Another club leaves kinds out and adds its own; pages of the wiki are in every club."""
    if not name(path).startswith(KNOWS_THE_KINDS):
        for each in imported(path):
            is_kind = each.startswith("club.records") and "records.page" not in each
            assert not is_kind, f"{name(path)} imports {each}"


@pytest.mark.parametrize("path", [*MODULES, *PLUGINS], ids=name)
def test_only_the_command_talks_to_the_system(path: Path) -> None:
    if name(path).startswith(("club.cli", "club.__main__")):
        return
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Name):
            assert node.id not in {"print", "exit", "quit", "input", "SystemExit"}
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in {
                ("os", "environ"),
                ("os", "getenv"),
                ("sys", "exit"),
                ("sys", "stdout"),
                ("sys", "stderr"),
                ("sys", "argv"),
            }


@pytest.mark.parametrize("path", [*MODULES, *PLUGINS], ids=name)
def test_git_has_one_door(path: Path) -> None:
    if name(path) != "club.git.command":
        for each in imported(path):
            assert each.split(".")[0] not in {"git", "subprocess"}, f"{name(path)} imports {each}"


def test_what_is_kept_of_a_commit_is_stale_when_its_reading_changes() -> None:
    """What the modules that read commits import directly is in the fingerprint of what is kept."""
    covered = set(modules(folder_at(ROOT)))
    for path in covered:
        if path.parent.name in {"git", "history"}:
            for each in imported(path):
                module = (ROOT / each.replace(".", "/")).with_suffix(".py")
                assert module in covered or not module.is_relative_to(ROOT / "club"), each


def test_the_plugin_does_not_reach_into_commands() -> None:
    for path in PLUGINS:
        assert "club.cli" not in set(imported(path))
