"""Where claims contradict one another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from club.model.fields import Claim, Reliability


def contradicts(claims: Iterable[Claim[Any]]) -> bool:
    """Whether several of *claims* give different values for the same time and scope."""
    seen: dict[tuple[object, object], object] = {}
    for each in claims:
        key = (each.as_of, each.scope)
        if seen.setdefault(key, each.value) != each.value:
            return True
    return False


def disputed(claims: Iterable[Claim[Any]]) -> bool:
    """Whether a reader should be warned: values contradict, or an author marked that they do."""
    held = tuple(claims)
    return contradicts(held) or any(each.reliability is Reliability.CONTRADICTED for each in held)
