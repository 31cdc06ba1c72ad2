"""Orders that voters agree on: Borda, Condorcet and Copeland, and Kendall's W.

A *ballot* is what one voter puts first, then next, and so on: levels of options, each a tie. What a
voter has not spoken of stands on no level and is compared with nothing: silence is no opinion.

Sources: J.-C. de Borda, Mémoire sur les élections au scrutin (1781); A. H. Copeland, A reasonable
social welfare function (1951); M. G. Kendall and B. Babington Smith, The problem of m rankings
(Annals of Mathematical Statistics 10, 1939), with ties as in S. Siegel and N. J. Castellan,
Nonparametric Statistics for the Behavioral Sciences (1988), section 9.3.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

Ballot = Sequence[Collection[str]]
"""Levels of options, the best first."""
Score = tuple[int | Fraction, ...]
"""What options are ordered by, its first number first."""


def borda(ballots: Iterable[Ballot], options: Iterable[str]) -> dict[str, float]:
    """The points of each of *options*: on each ballot, what it stands above, and half of its ties.

    For a whole order of m options, the one at rank r has m − r points; tied ones share the mean.
    """
    points = dict.fromkeys(options, 0.0)
    for ballot in ballots:
        below = sum(map(len, ballot))
        for level in ballot:
            below -= len(level)
            for option in level:
                points[option] += below + (len(level) - 1) / 2
    return points


@dataclass(frozen=True)
class Majorities:
    """Which options more voters put above which others than the other way round."""

    options: tuple[str, ...]
    beaten: tuple[int, ...]
    """For each option, those it beats, as bits: bit i stands for `options[i]`."""
    beating: tuple[int, ...]
    """For each option, those that beat it."""

    def beats(self, one: str, other: str) -> bool:
        """Whether more voters put *one* above *other* than *other* above *one*."""
        return bool(self.beaten[self._rank[one]] >> self._rank[other] & 1)

    @cached_property
    def _rank(self) -> Mapping[str, int]:
        return {option: rank for rank, option in enumerate(self.options)}

    def copeland(self) -> dict[str, int]:
        """For each option, how many it beats less how many beat it."""
        return {
            option: won.bit_count() - lost.bit_count()
            for option, won, lost in zip(self.options, self.beaten, self.beating, strict=True)
        }

    def winner(self) -> str | None:
        """The option that beats each other one (Condorcet), if there is one."""
        most = len(self.options) - 1
        found = (
            each
            for each, mask in zip(self.options, self.beaten, strict=True)
            if mask.bit_count() == most
        )
        return next(found, None) if most else None

    def cycles(self) -> list[tuple[str, ...]]:
        """The groups of options within which each beats another and is, in the end, beaten by it.

        They are the strongly connected parts of the graph of majorities (Kosaraju).
        """
        parts = _strong_parts(self.beaten, self.beating)
        return [tuple(self.options[rank] for rank in _bits(each)) for each in parts]


def majorities(ballots: Iterable[Ballot], options: Iterable[str]) -> Majorities:
    """The majorities between each two of *options*.

    Voters are counted for all pairs at once: a set of options is a whole number, one bit each, and
    a count is held in binary, its digits apart, so that to add a voter is some operations on whole
    numbers for each option, however many others there are.
    """
    names = tuple(options)
    bit = {option: 1 << rank for rank, option in enumerate(names)}
    above = {option: list[int]() for option in names}
    below = {option: list[int]() for option in names}
    for ballot in ballots:
        masks = [sum(bit[option] for option in level) for level in ballot]
        over, under = 0, sum(masks)
        for level, mask in zip(ballot, masks, strict=True):
            under -= mask
            for option in level:
                _add(above[option], over)
                _add(below[option], under)
            over += mask
    # What stands above an option on more ballots than below beats it.
    beating = tuple(_greater(above[each], below[each]) for each in names)
    beaten = tuple(_greater(below[each], above[each]) for each in names)
    return Majorities(names, beaten, beating)


def kendall(ballots: Sequence[Ballot]) -> float | None:
    """Kendall's W, from 0 (no agreement) to 1 (the same order), over ballots on the same options.

    None where it says nothing: fewer than two ballots or options, or all tied on every ballot.
    Raises `ValueError` where the ballots are not on the same options.
    """
    sets = [{option for level in ballot for option in level} for ballot in ballots]
    if len(ballots) < 2 or len(sets[0]) < 2:
        return None
    if any(each != sets[0] for each in sets):
        raise ValueError("ballots on different options")
    judges, count = len(ballots), len(sets[0])
    sums = dict.fromkeys(sets[0], 0.0)
    ties = 0
    for ballot in ballots:
        first = 0
        for level in ballot:
            tied = len(level)
            for option in level:
                sums[option] += first + (tied + 1) / 2
            first += tied
            ties += tied**3 - tied
    mean = judges * (count + 1) / 2
    spread = sum((each - mean) ** 2 for each in sums.values())
    most = judges**2 * (count**3 - count) - judges * ties
    return 12 * spread / most if most else None


def ranges(bounds: Mapping[str, tuple[Score, Score]]) -> dict[str, tuple[int, int]]:
    """The best and the worst rank of each option, whose score lies between two *bounds*.

    A rank is one more than the number of options with a greater score. The scores may take any
    value of their bounds apart from one another, so both ranks can be reached.
    """
    lows = sorted(low for low, _ in bounds.values())
    highs = sorted(high for _, high in bounds.values())
    found = {}
    for option, (low, high) in bounds.items():
        surely_above = len(lows) - bisect_right(lows, high)
        maybe_above = len(highs) - bisect_right(highs, low) - (high > low)
        found[option] = (1 + surely_above, 1 + maybe_above)
    return found


def _lowest(mask: int) -> int:
    return (mask & -mask).bit_length() - 1


def _bits(mask: int) -> Iterator[int]:
    """The ranks of the bits that are set in *mask*."""
    while mask:
        yield _lowest(mask)
        mask &= mask - 1


def _add(digits: list[int], mask: int) -> None:
    """Adds one to each of the counts whose bit is set in *mask*; digit 0 is that of the units."""
    for place, digit in enumerate(digits):
        if not mask:
            return
        digits[place], mask = digit ^ mask, digit & mask
    if mask:
        digits.append(mask)


def _greater(ones: Sequence[int], others: Sequence[int]) -> int:
    """The bits of the counts of *ones* that are greater than those of *others*."""
    greater = 0
    for place in range(max(len(ones), len(others))):
        one = ones[place] if place < len(ones) else 0
        other = others[place] if place < len(others) else 0
        # A higher digit that differs decides; one that is equal leaves it to the lower ones.
        greater = (greater & ~(one ^ other)) | (one & ~other)
    return greater


def _strong_parts(forward: Sequence[int], backward: Sequence[int]) -> Iterator[int]:
    """The strongly connected parts, of two nodes or more, of a graph whose edges are bits."""
    left, order = (1 << len(forward)) - 1, []
    while left:
        path = [_lowest(left)]
        left &= left - 1
        while path:
            ahead = forward[path[-1]] & left
            if ahead:
                path.append(_lowest(ahead))
                left ^= 1 << path[-1]
            else:
                order.append(path.pop())
    left = (1 << len(forward)) - 1
    for node in reversed(order):
        part = reached = 1 << node & left
        while reached:
            left &= ~reached
            following = 0
            for each in _bits(reached):
                following |= backward[each]
            reached = following & left
            part |= reached
        if part.bit_count() > 1:
            yield part
