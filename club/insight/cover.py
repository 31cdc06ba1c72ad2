"""The smallest set of options that gives every voter enough of what it asks for first.

It is a set multi-cover problem (R. M. Karp, Reducibility among combinatorial problems, 1972, for
the plain cover): exact here by branch and bound, for as long as a number of steps allows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from club.insight.voting import Ballot

STEPS = 20_000
"""How many sets are tried before the best one found is given with a bound."""


@dataclass(frozen=True, slots=True)
class Cover:
    """A set of options that gives each voter its first ones; none of fewer than *at_least* does."""

    options: frozenset[str]
    at_least: int

    @property
    def is_smallest(self) -> bool:
        """Whether no smaller set would do."""
        return len(self.options) == self.at_least


def cover(ballots: Iterable[Ballot], first: int, steps: int = STEPS) -> Cover:
    """The smallest set with the *first* options of each ballot, or as many as it has.

    Where a tie stands across the limit, any of the tied options will do, in the number that is
    missing: the search is for those that serve several voters.
    """
    wanted = [_split(ballot, first) for ballot in ballots]
    chosen = {option for whole, _, _ in wanted for option in whole}
    needs, asked = [], []
    for _, tied, missing in wanted:
        still = missing - len(tied & chosen)
        if still > 0:
            needs.append(still)
            asked.append(tied - chosen)
    by_voters: dict[int, list[str]] = {}
    for option in sorted({option for tied in asked for option in tied}):
        voters = sum(1 << voter for voter, tied in enumerate(asked) if option in tied)
        by_voters.setdefault(voters, []).append(option)
    picked, at_least = _smallest(tuple(needs), by_voters, steps)
    return Cover(frozenset(chosen | picked), len(chosen) + at_least)


def _split(ballot: Ballot, first: int) -> tuple[set[str], set[str], int]:
    """The options before the limit, those tied across it, and how many of these are missing."""
    whole: set[str] = set()
    for level in ballot:
        if len(whole) + len(level) > first:
            return whole, set(level), first - len(whole)
        whole |= set(level)
    return whole, set(), 0


def _smallest(
    needs: tuple[int, ...], by_voters: Mapping[int, Sequence[str]], steps: int
) -> tuple[set[str], int]:
    """The fewest options that meet *needs*, and the size below which none do.

    Options that the same voters ask for are worth the same: only how many are taken of each sort
    matters.
    """
    sorts = sorted(by_voters, key=lambda each: (-each.bit_count(), each))
    most = {sort: len(by_voters[sort]) for sort in sorts}
    greedy = _greedy(needs, sorts, most)
    size, left = _bound(needs, sorts), [steps]
    best = greedy
    while size < greedy.total():
        found = _of_size(needs, sorts, most, size, left)
        if found is not None:
            best = found
            break
        if left[0] <= 0:
            break
        size += 1
    picked = {option for sort, count in best.items() for option in by_voters[sort][:count]}
    return picked, min(size, len(picked))


def _bound(needs: Sequence[int], sorts: Sequence[int]) -> int:
    """A size below which no set does: each option serves so many voters at most."""
    served = sorts[0].bit_count() if sorts else 1  # they are sorted by it
    return max([*needs, -(-sum(needs) // served)], default=0)


def _served(needs: Sequence[int], sort: int) -> tuple[int, ...]:
    """What is still needed once an option of *sort* is taken."""
    return tuple(max(0, need - (sort >> voter & 1)) for voter, need in enumerate(needs))


def _greedy(needs: Sequence[int], sorts: Sequence[int], most: Mapping[int, int]) -> Counter[int]:
    """A set that does, made by taking what serves most each time."""
    taken: Counter[int] = Counter()
    while any(needs):
        open_sorts = (sort for sort in sorts if taken[sort] < most[sort])
        sort = max(open_sorts, key=lambda each: sum(needs) - sum(_served(needs, each)))
        taken[sort] += 1
        needs = _served(needs, sort)
    return taken


def _of_size(
    needs: Sequence[int],
    sorts: Sequence[int],
    most: Mapping[int, int],
    size: int,
    left: list[int],
) -> Counter[int] | None:
    """A set of *size* options that does; None if there is none, or once no step is *left*."""
    if not any(needs):
        return Counter()
    left[0] -= 1
    if left[0] <= 0 or not sorts or _bound(needs, sorts) > size:
        return None
    sort, others = sorts[0], sorts[1:]
    for count in _counts(needs, sort, min(size, most[sort])):
        then = tuple(needs)
        for _ in range(count):
            then = _served(then, sort)
        if (found := _of_size(then, others, most, size - count, left)) is not None:
            found[sort] = count
            return found
    return None


def _counts(needs: Sequence[int], sort: int, limit: int) -> Iterator[int]:
    """How many of *sort* may be taken, the most useful number first."""
    useful = max((need for voter, need in enumerate(needs) if sort >> voter & 1), default=0)
    yield from range(min(limit, useful), -1, -1)
