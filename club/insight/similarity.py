"""How alike projects are: by what they ask for, and by what they offer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Likeness:
    """How many of what both have spoken of are *alike*, of how many that count."""

    alike: int
    of: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where nothing can be compared, which is no likeness of 0."""
        return self.alike / self.of if self.of else None


def same_side(one: Mapping[str, object], other: Mapping[str, object]) -> Likeness:
    """On how many of the subjects of both mappings they are on the same side."""
    both = one.keys() & other.keys()
    return Likeness(sum(one[each] == other[each] for each in both), len(both))


def jaccard(
    has: Collection[str],
    other_has: Collection[str],
    known: Collection[str],
    other_known: Collection[str],
) -> Likeness:
    """The Jaccard index |A ∩ B| / |A ∪ B| among what is *known* of both.

    What is unknown of either is left out, never read as absent; two empty sets have no likeness.
    Source: P. Jaccard, Distribution de la flore alpine (1901).
    """
    both = set(known) & set(other_known)
    one, other = set(has) & both, set(other_has) & both
    return Likeness(len(one & other), len(one | other))
