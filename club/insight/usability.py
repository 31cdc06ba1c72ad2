"""Questionnaires about ease of use, scored exactly: SUS, UMUX-Lite and UEQ-S.

Sources: J. Brooke, SUS: a quick and dirty usability scale (1996); J. R. Lewis, B. S. Utesch and
D. E. Maher, UMUX-LITE (CHI 2013), with its regression to SUS; M. Schrepp, A. Hinderks and
J. Thomaschewski, Design and evaluation of a short version of the User Experience Questionnaire
(International Journal of Interactive Multimedia and Artificial Intelligence 4, 2017); A. Bangor,
P. Kortum and J. Miller, Determining what individual SUS scores mean (Journal of Usability Studies
4, 2009), acceptability; J. Sauro and J. R. Lewis, Quantifying the user experience (2nd ed., 2016),
grades; M. Abramowitz and I. Stegun, Handbook of mathematical functions (1964), 26.7.3 and 26.7.4,
Student's law.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import atan, cos, pi, sin, sqrt

Answer = Sequence[int | None]
"""What one person answered, item by item; None where they left it blank."""

CONFIDENCE = 0.95
MIDDLE = 3
"""What a blank counts in SUS, by its author's rule: the centre of the scale."""


@dataclass(frozen=True, slots=True)
class Limits:
    """A questionnaire: how many items, from 1 to how much, and the least and greatest score."""

    items: int
    most: int
    low: int
    high: int


SUS = Limits(10, 5, 0, 100)
UMUX_LITE = Limits(2, 7, 0, 100)
UEQ_S = Limits(8, 7, -3, 3)


def sus(answer: Answer) -> Fraction:
    """The SUS score of one person, from 0 to 100: it is no percentage.

    2.5 × (Σ over odd items of (x − 1) + Σ over even items of (5 − x)); a blank counts 3. Raises
    `ValueError` where there are not ten answers from 1 to 5.
    """
    _sound(answer, SUS)
    known = [MIDDLE if each is None else each for each in answer]
    odd, even = known[::2], known[1::2]
    return Fraction(5, 2) * (sum(each - 1 for each in odd) + sum(5 - each for each in even))


def umux_lite(answer: Answer) -> Fraction | None:
    """The UMUX-Lite score of one person, from 0 to 100: 100 × (x₁ + x₂ − 2) ÷ 12.

    None where an item is blank: its authors give no rule for that. Raises `ValueError` where there
    are not two answers from 1 to 7.
    """
    _sound(answer, UMUX_LITE)
    known = [each for each in answer if each is not None]
    return Fraction(100 * (sum(known) - 2), 12) if len(known) == len(answer) else None


def as_sus(score: Fraction) -> Fraction:
    """What SUS a UMUX-Lite *score* foretells: 0.65 × score + 22.9 (Lewis and others, 2013)."""
    return Fraction(65, 100) * score + Fraction(229, 10)


@dataclass(frozen=True, slots=True)
class Experience:
    """The UEQ-S of one person, each from −3 to 3; None where they answered none of its items."""

    pragmatic: Fraction | None
    hedonic: Fraction | None
    overall: Fraction | None


def ueq_s(answer: Answer) -> Experience:
    """The means of items 1–4, of items 5–8 and of all, each item brought from 1…7 to −3…3.

    A blank is left out of its mean. Raises `ValueError` where there are not eight answers from 1
    to 7.
    """
    _sound(answer, UEQ_S)
    moved = [None if each is None else each - 4 for each in answer]
    return Experience(_mean_of(moved[:4]), _mean_of(moved[4:]), _mean_of(moved))


def _mean_of(items: Sequence[int | None]) -> Fraction | None:
    known = [each for each in items if each is not None]
    return Fraction(sum(known), len(known)) if known else None


def _sound(answer: Answer, instrument: Limits) -> None:
    if len(answer) != instrument.items:
        raise ValueError(f"{len(answer)} answers to {instrument.items} items")
    if any(each is not None and not 1 <= each <= instrument.most for each in answer):
        raise ValueError(f"an answer that is not from 1 to {instrument.most}")


@dataclass(frozen=True, slots=True)
class Summary:
    """Several scores: how many, their mean, and the interval of 95 % about it, cut to the scale.

    The interval is None for one score alone.
    """

    count: int
    mean: Fraction
    interval: tuple[float, float] | None


def summary(scores: Sequence[Fraction], instrument: Limits) -> Summary:
    """The mean, and mean ± t(0.975, n − 1) × s ÷ √n. Raises `ValueError` without scores."""
    count = len(scores)
    if not count:
        raise ValueError("no scores")
    mean = sum(scores, Fraction(0)) / count
    if count == 1:
        return Summary(count, mean, None)
    spread = sum(((each - mean) ** 2 for each in scores), Fraction(0)) / (count - 1)
    half = t_quantile(count - 1) * sqrt(spread / count)
    low, high = float(mean) - half, float(mean) + half
    ends = (max(float(instrument.low), low), min(float(instrument.high), high))
    return Summary(count, mean, ends)


@cache
def t_quantile(freedom: int, confidence: float = CONFIDENCE) -> float:
    """The value that Student's law of *freedom* degrees stays below, but for half of the rest.

    Raises `ValueError` below one degree.
    """
    if freedom < 1:
        raise ValueError("less than one degree of freedom")
    low, high = 0.0, 1.0
    while _within(high, freedom) < confidence:
        high *= 2
    for _ in range(80):  # as many halves as a float can tell apart, and more
        middle = (low + high) / 2
        if _within(middle, freedom) < confidence:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _within(t: float, freedom: int) -> float:
    """How likely Student's law of *freedom* degrees is between −*t* and *t*: a finite sum."""
    angle = atan(t / sqrt(freedom))
    squared = cos(angle) ** 2
    is_odd = freedom % 2 == 1
    if freedom == 1:
        return 2 * angle / pi
    term = total = cos(angle) if is_odd else 1.0
    for step in range(3 if is_odd else 2, freedom - 1, 2):
        term *= squared * (step - 1) / step
        total += term
    return (2 / pi) * (angle + sin(angle) * total) if is_odd else sin(angle) * total


GRADES = (
    ("841", "A+"),
    ("808", "A"),
    ("789", "A−"),
    ("772", "B+"),
    ("741", "B"),
    ("726", "B−"),
    ("711", "C+"),
    ("650", "C"),
    ("627", "C−"),
    ("517", "D"),
)
"""The least SUS, in tenths, of each grade of Sauro and Lewis, the best first."""


def grade(score: Fraction) -> str:
    """The grade of Sauro and Lewis of a mean SUS *score*, told to one tenth as they do."""
    tenths = int(score * 10 + Fraction(1, 2))
    return next((name for floor, name in GRADES if tenths >= int(floor)), "F")
