"""Options ranked by weighted criteria, and how sure that rank is: exact, pure, without records.

*Values* are scores brought to one scale: from 0, the worst of the criterion's own scale, to 1, its
best. The scales are fixed beforehand, so that no option that comes or goes changes the value of
another. A value that nobody gave is absent: it is worth anything from 0 to 1, never 0.

*Weights* are shares of one whole, so that only their ratios count.

Sources: P. C. Fishburn, Additive utilities with incomplete product sets (Operations Research 15,
1967), the weighted sum; E. Triantaphyllou and A. Sánchez, A sensitivity analysis approach for some
deterministic multi-criteria decision making methods (Decision Sciences 28, 1997), the change of
one weight while the others keep their ratios; R. Lahdelma, J. Hokkanen and P. Salminen, SMAA:
stochastic multiobjective acceptability analysis (European Journal of Operational Research 106,
1998), the share of weightings that put an option first; L. Devroye, Non-uniform random variate
generation (1986), section V.2, spacings as a uniform draw on the simplex.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm, sqrt

from club.insight.voting import ranges

Weights = Mapping[str, Fraction]
"""The weight of each criterion."""
Values = Mapping[str, Mapping[str, Fraction]]
"""For each option, its value on each criterion that somebody scored it on."""

DRAWS = 10_000
"""How many weightings are drawn."""
SEED = 1793
"""Where the draws begin: the same for everyone, so that anyone finds the same shares."""
BITS = 32
"""How fine the draws are."""
NORMAL_95 = 1.959964
"""The 0.975 quantile of the normal law."""
NOTHING, WHOLE = Fraction(0), Fraction(1)


def normalised(score: Fraction, worst: Fraction, best: Fraction) -> Fraction:
    """Where *score* stands between the *worst* of its scale, 0, and the *best*, 1.

    On a scale that goes down, as that of a cost, the worst is the greater. Raises `ValueError` for
    a scale without length.
    """
    if worst == best:
        raise ValueError("a scale without length")
    return (score - worst) / (best - worst)


def shares(weights: Weights) -> dict[str, Fraction] | None:
    """*weights* as shares of one whole; None where nothing weighs anything."""
    whole = sum(weights.values(), NOTHING)
    return {name: each / whole for name, each in weights.items()} if whole > 0 else None


def together(voters: Sequence[Weights]) -> dict[str, Fraction] | None:
    """The mean of what *voters* give each criterion: each has one voice, however it counts.

    None where nobody weighs anything.
    """
    found = [each for each in map(shares, voters) if each]
    if not found:
        return None
    names = dict.fromkeys(name for each in found for name in each)
    return {
        name: sum((each.get(name, NOTHING) for each in found), NOTHING) / len(found)
        for name in names
    }


@dataclass(frozen=True, slots=True)
class Place:
    """Where an option stands: its total from *low* to *high*, its rank from *first* to *last*.

    Both ends of each are reached by some scores for what is missing.
    """

    option: str
    low: Fraction
    high: Fraction
    first: int
    last: int
    missing: tuple[str, ...] = ()
    """The criteria that weigh something and on which nobody scored it."""

    @property
    def is_sure(self) -> bool:
        """Whether no score that is missing can change its rank."""
        return self.first == self.last


def ranking(values: Values, weights: Weights) -> tuple[Place, ...]:
    """The options in the order of their best ranks, then of their worst; none where none weighs.

    A rank is one more than the number of options with a greater total, so equals share theirs.
    """
    share = shares(weights)
    if share is None:
        return ()
    bounds = {each: _bounds(held, share) for each, held in values.items()}
    found = ranges({each: ((low,), (high,)) for each, (low, high) in bounds.items()})
    places = (
        Place(option, *bounds[option], *found[option], _missing(values[option], share))
        for option in values
    )
    return tuple(sorted(places, key=lambda each: (each.first, each.last, -each.low - each.high)))


def _bounds(held: Mapping[str, Fraction], share: Weights) -> tuple[Fraction, Fraction]:
    known = sum((share[name] * held[name] for name in share if name in held), NOTHING)
    return known, known + sum((share[name] for name in share if name not in held), NOTHING)


def _missing(held: Mapping[str, Fraction], share: Weights) -> tuple[str, ...]:
    return tuple(name for name, weight in share.items() if weight and name not in held)


def leader(places: Sequence[Place]) -> str | None:
    """The option that is first alone, whatever the missing scores are; None if none is."""
    ahead = [each for each in places if each.first == 1]
    return ahead[0].option if len(ahead) == 1 and ahead[0].last == 1 else None


@dataclass(frozen=True, slots=True)
class Slack:
    """How far the share of *criterion* can go, from *low* to *high*, before another is first.

    At an end that is neither 0 nor 1, the *rival* there has the same total as the leader.
    """

    criterion: str
    share: Fraction
    low: Fraction
    high: Fraction
    rival_below: str | None = None
    rival_above: str | None = None

    @property
    def is_free(self) -> bool:
        """Whether no share of it at all changes who is first."""
        return self.rival_below is None and self.rival_above is None


def slacks(values: Values, weights: Weights) -> tuple[Slack, ...]:
    """For each criterion, the shares with which the leader stays first, the others' ratios kept.

    Missing scores are those that favour the leader least. Nothing can be said where no option leads
    alone, nor of a criterion that has all the weight: the others have no ratios then.
    """
    share = shares(weights)
    first = leader(ranking(values, weights))
    if share is None or first is None:
        return ()
    others = [each for each in values if each != first]
    return tuple(
        _slack(name, values, share, first, others) for name in share if share[name] < WHOLE
    )


def _slack(
    criterion: str, values: Values, share: Weights, first: str, others: Sequence[str]
) -> Slack:
    """The lead at a share t is a straight line, t·one + (1 − t)·rest: its sign changes once."""
    low, high = NOTHING, WHOLE
    below = above = None
    for rival in others:
        lead = {
            name: values[first].get(name, NOTHING) - values[rival].get(name, WHOLE)
            for name in share
        }
        one = lead[criterion]
        rest = sum((share[name] * lead[name] for name in share if name != criterion), NOTHING)
        rest /= WHOLE - share[criterion]
        if (one < 0) == (rest < 0):
            continue
        meets = rest / (rest - one)
        if one < 0 and meets < high:
            high, above = meets, rival
        if rest < 0 and meets > low:
            low, below = meets, rival
    return Slack(criterion, share[criterion], low, high, below, above)


@dataclass(frozen=True, slots=True)
class Chances:
    """In how many of *draws* random weightings each option is first, whatever is missing.

    *undecided* counts the draws in which missing scores decide, or in which several are first.
    """

    draws: int
    seed: int
    wins: Mapping[str, int]
    undecided: int

    @property
    def margin(self) -> float:
        """The half-width of a 95 % interval for a share, at most: that of a half."""
        return NORMAL_95 * sqrt(0.25 / self.draws)


def chances(
    values: Values, criteria: Sequence[str], draws: int = DRAWS, seed: int = SEED
) -> Chances:
    """Who is first when nothing is known of the weights: all are equally likely.

    Each draw is the lengths of the parts into which random points cut a segment, in whole numbers,
    so that two machines find the same. Raises `ValueError` without draws.
    """
    if draws < 1:
        raise ValueError("no draws")
    wins = dict.fromkeys(values, 0)
    if not criteria or not values:
        return Chances(draws, seed, wins, draws)
    lows, highs = _whole(values, criteria)
    highs = lows if highs == lows else highs
    # Repeated by anyone, kept from nobody.
    draw = random.Random(seed).getrandbits
    for _ in range(draws):
        cuts = sorted(draw(BITS) for _ in criteria[1:])
        parts = [upper - lower for lower, upper in pairwise((0, *cuts, 1 << BITS))]
        first = _surely_first(parts, lows, highs)
        if first is not None:
            wins[first] += 1
    return Chances(draws, seed, wins, draws - sum(wins.values()))


def _whole(
    values: Values, criteria: Sequence[str]
) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """The least and the greatest values of each option, times what makes them whole numbers."""
    times = lcm(1, *(each.denominator for held in values.values() for each in held.values()))
    lows, highs = (
        {
            option: [int(held.get(name, absent) * times) for name in criteria]
            for option, held in values.items()
        }
        for absent in (NOTHING, WHOLE)
    )
    return lows, highs


def _surely_first(
    parts: Sequence[int], lows: Mapping[str, list[int]], highs: Mapping[str, list[int]]
) -> str | None:
    low = {option: _sum(parts, each) for option, each in lows.items()}
    best = max(low, key=lambda option: low[option])
    high = low if highs is lows else {name: _sum(parts, each) for name, each in highs.items()}
    return best if all(high[each] < low[best] for each in high if each != best) else None


def _sum(parts: Sequence[int], values: Sequence[int]) -> int:
    return sum(part * value for part, value in zip(parts, values, strict=True))
