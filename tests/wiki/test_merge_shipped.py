"""Two people change two values of the records of a real club: both changes, and not a byte more."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from club.merge import Merged, merge_path
from club.merge.driver import records_at
from club.merge.three_way import At
from club.model.alignment import identity_of
from club.model.source import compose
from tests.clubs import FROZEN, REGISTRY, few

FILES = sorted((FROZEN / "data").rglob("*.yaml"))
Span = tuple[int, int]


def spans(node: Any, at: At) -> Iterator[Span]:
    """Where each value on one line stands, but for what names an item of a list."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if at.field.is_claim or key.value not in identity_of(at.field.part):
                yield from spans(value, at.inside(key.value, 0))
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from spans(each, at.item("", 0))
    elif node.style not in {"|", ">"} and node.start_mark.line == node.end_mark.line:
        yield node.start_mark.index, node.end_mark.index


def edited(text: str, changes: dict[Span, str]) -> str:
    for (start, stop), value in sorted(changes.items(), reverse=True):
        text = text[:start] + value + text[stop:]
    return text


@pytest.mark.parametrize(
    "file", few(FILES, 12), ids=lambda file: file.relative_to(FROZEN).as_posix()
)
def test_two_values_changed_apart_are_both_changed(file: Path) -> None:
    path = file.relative_to(FROZEN).as_posix()
    text = file.read_bytes().decode()
    file = records_at(path)
    assert file
    root = At(REGISTRY.model_of(file.collection), is_collection=not file.id)
    found = [each for each in spans(compose(text), root) if each[0] < each[1]]
    pick = random.Random(path)
    for _ in range(30):
        one, other = pick.sample(found, 2)
        values = {one: "un", other: '"deux : l’autre"'}
        sides = [edited(text, {span: value}) for span, value in values.items()]
        merged = merge_path(text.encode(), sides[0].encode(), sides[1].encode(), path, REGISTRY)
        assert merged.merge == Merged(edited(text, values))
