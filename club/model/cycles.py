"""Chains that must end: who replaces whom, what duplicates what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from club.model.record import Record

R = TypeVar("R", bound=Record)


def cycles(
    records: Iterable[R], following: Callable[[R], R | None]
) -> Iterator[tuple[R, tuple[str, ...]]]:
    """Each cycle once, from its first record by id, with the ids that make it up."""
    for start in records:
        path = [start.id]
        each = following(start)
        while each is not None and each.id not in path:
            path.append(each.id)
            each = following(each)
        if each is start and start.id == min(path):
            yield start, (*path, start.id)
