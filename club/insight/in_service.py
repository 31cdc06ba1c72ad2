"""In which project a school was in service, over time: its figures are of that project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from club.model.series import TimeSpan


@dataclass(frozen=True, slots=True)
class Stay:
    """That a school was in service in *project* from *first* to *last*, both days included.

    None is without an end that is known. Where two stays meet, the lower *rank* counts.
    """

    project: str
    rank: int = 0
    first: date | None = None
    last: date | None = None

    def meets(self, span: TimeSpan) -> bool:
        """Whether the school was in service on a day of *span*."""
        has_begun = self.first is None or self.first <= span.last
        return has_begun and (self.last is None or self.last >= span.first)


Served = str | Sequence[Stay]
"""The one project that a school is of at all times, or its stays: none if it never was."""


def project_at(served: Served, span: TimeSpan) -> str:
    """The project in which a school was in service in *span*; nothing if in none, or in two."""
    if isinstance(served, str):
        return served
    there = [each for each in served if each.meets(span)]
    best = min((each.rank for each in there), default=0)
    projects = {each.project for each in there if each.rank == best}
    return projects.pop() if len(projects) == 1 else ""
