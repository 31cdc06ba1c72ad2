"""Which of several claims to use: a total and a table take the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from club.model.dates import PartialDate
from club.model.fields import Claim

T = TypeVar("T")


def used(claims: Iterable[Claim[T]], until: PartialDate | None = None) -> Claim[T] | None:
    """The claim to use: the latest that is not after *until*; among equals, the first written."""
    known = [each for each in claims if not _is_after(each, until)]
    return max(known, key=_recency, default=None)


def _is_after(claim: Claim[Any], until: PartialDate | None) -> bool:
    return bool(until and claim.as_of and until.is_before(claim.as_of))


def _recency(claim: Claim[Any]) -> date:
    return claim.as_of.last if claim.as_of else date.min
