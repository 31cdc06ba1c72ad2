"""Imports go left only; MkDocs stays in the plugin; only the command prints, exits and reads the
environment."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "club").rglob("*.py"))
PLUGINS = sorted((ROOT / "plugins").rglob("*.py"))


def layer(module: str) -> int:
    """How far right *module* stands; a module imports from its own layer or further left."""
    parts = module.split(".")
    match parts[1:]:
        case []:
            return 0
        case ["model", *_]:
            return 1
        case ["records", _, "model"] | ["records"]:
            return 2
        case ["insight", *_]:
            return 3
        case ["records", *_]:
            return 4
        case [
            "progress"
            | "upkeep"
            | "exceptions"
            | "checks"
            | "reading"
            | "references"
            | "load"
            | "layout"
        ]:
            return 5
        case ["pages" | "links" | "query" | "query_reader" | "page_queries" | "rename"]:
            return 5
        case ["template" | "new" | "arrange" | "fmt"]:
            return 5
        case ["wiki", *_]:
            return 6
        case ["publish", *_]:
            return 7
        case ["web", *_]:
            return 8
        case ["cli" | "__main__", *_]:
            return 9
    raise AssertionError(f"{module} has no layer: give it one, here and in the architecture")


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


def test_the_plugin_does_not_reach_into_commands() -> None:
    for path in PLUGINS:
        assert "club.cli" not in set(imported(path))
