"""Which of several claims to use, and why: a total must be able to explain itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from club.model.dates import PartialDate
from club.model.fields import Claim, Reliability

T = TypeVar("T")


def used(claims: Iterable[Claim[T]], until: PartialDate | None = None) -> Claim[T] | None:
    """The claim to use: the latest that is not after *until*; among equals, the first written."""
    known = [each for each in claims if not _is_after(each, until)]
    return max(known, key=_recency, default=None)


def _is_after(claim: Claim[Any], until: PartialDate | None) -> bool:
    return bool(until and claim.as_of and until.is_before(claim.as_of))


def _recency(claim: Claim[Any]) -> date:
    return claim.as_of.last if claim.as_of else date.min


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
