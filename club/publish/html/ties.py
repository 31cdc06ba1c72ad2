"""A picture of how alike things are: each on a ring, with lines as thick as they are alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, pi, sin

from club.model.view import Tie, Ties

WIDTH, HEIGHT = 480, 270
ACROSS, DOWN = 90, 100
"""Half the ring, wide and high: names stand over and under it, so that a phone can show them."""
OVER, UNDER = -16, 28
"""How far a name stands from its point, in the upper half of the ring and in the lower."""
INWARD = 8
"""How far a name begins on the inner side of its point, from where it runs outwards."""
CENTRE = 0.3
"""How far from upright a name stands right over or under its point."""
LONGEST = 18
"""How much of a name the picture has room for: the table below it has the whole."""
FEW = 6
"""Up to how many things each line says its share."""
MIDDLE, ALONG = 0.5, 0.27
"""Where a line says its share: in the middle round the ring, not across it, where lines meet."""


@dataclass(frozen=True, slots=True)
class Point:
    """A thing on the ring, and its name beside it."""

    x: int
    y: int
    name: str
    name_x: int
    name_y: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two points, as thick as they are alike, and where its share is said."""

    tie: Tie
    x1: int
    y1: int
    x2: int
    y2: int
    thickness: float
    said_x: int
    said_y: int
    is_said: bool


@dataclass(frozen=True, slots=True)
class Ring:
    """What the template draws, in a box of *width* and *height*."""

    points: tuple[Point, ...]
    lines: tuple[Line, ...]
    width: int = WIDTH
    height: int = HEIGHT


def ring(ties: Ties) -> Ring:
    """The picture of *ties*, its first thing at the top left, then clockwise."""
    points = tuple(_points(ties.names))
    return Ring(points, tuple(_lines(ties, points)))


def _points(names: tuple[str, ...]) -> Iterator[Point]:
    for index, name in enumerate(names):
        angle = (2 * index - 1) * pi / len(names) - pi / 2
        across, down = cos(angle), sin(angle)
        x, y = round(WIDTH / 2 + ACROSS * across), round(HEIGHT / 2 + DOWN * down)
        short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
        name_y = y + (UNDER if down > 0 else OVER)
        if abs(across) < CENTRE:
            yield Point(x, y, short, x, name_y, "middle")
        else:
            side = 1 if across > 0 else -1
            yield Point(x, y, short, x - INWARD * side, name_y, "start" if side > 0 else "end")


def _lines(ties: Ties, points: tuple[Point, ...]) -> Iterator[Line]:
    # The thick ones first, so that no thin one is hidden beneath.
    for tie in sorted(ties.ties, key=lambda each: -each.share):
        one, other = points[tie.one], points[tie.other]
        is_next = abs(tie.one - tie.other) in {1, len(points) - 1}
        along = MIDDLE if is_next else ALONG
        yield Line(
            tie,
            one.x,
            one.y,
            other.x,
            other.y,
            round(1 + 9 * tie.share, 1),
            round(one.x + (other.x - one.x) * along),
            round(one.y + (other.y - one.y) * along + 5),
            len(points) <= FEW,
        )
