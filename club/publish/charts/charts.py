"""The pictures of a site: each drawn once, kept by what it shows, or told of where it cannot be."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from xml.etree import ElementTree

from markupsafe import Markup

from club.history.kept import keep, kept, mark_used, prune
from club.model.message import N_, reason_of
from club.model.problem import Level, Place, Problem, Rule
from club.model.view import ChartView
from club.publish.charts.colours import series_name
from club.publish.charts.marks import Marks, marks_of
from club.publish.words.language import Words

UNDRAWN = Rule(
    name="undrawn-chart",
    wants=N_(
        "What draws the pictures is installed, and each can be drawn; where one cannot, its table"
        " stands alone."
    ),
    example="pip install altair vl-convert-python",
    level=Level.WARNING,
)
UNDRAWN_FOUND = N_("the picture “{title}” cannot be drawn, and its table stands alone ({reason})")
LIBRARIES = ("altair", "vl-convert-python")
BLANK = "shade"
"""The colour of a square that nothing covers."""
FOLDER = Path(".cache/club/charts")
"""Where drawings are kept, in the folder of a club."""
UNUSED_DAYS, MOST_KEPT = 90, 5000
"""What is removed of them: what served no build for so long, and the oldest beyond so many."""
HERE = Path(__file__).parent
LONGEST_REASON = 300
"""How much is told of why: some libraries give pages of advice."""
BETWEEN = "\n"
"""What parts the drawings of a picture, none of which has it."""


class DrawnElsewhereError(RuntimeError):
    """A second process met a picture that cannot be drawn: the first one is to tell of it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a legend: the class of its colour, its letter if it has one, what it stands for."""

    name: str
    letter: str
    title: object


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as a page shows it: its SVG, what its colours stand for, how many rows it draws."""

    drawings: tuple[str, ...]
    """An SVG for each room, the narrowest first."""
    legend: tuple[Entry, ...]
    shown: int
    has_loose: bool
    """Whether some bars have the outline of what is not exact, which a reader is to be told."""

    @property
    def svg(self) -> Markup:
        """All its drawings, of which the style sheet shows one."""
        return Markup(BETWEEN.join(self.drawings))


class Charts:
    """Draws the charts of one site, in one language."""

    def __init__(self, words: Words, folder: Path, tell: Callable[[Problem], None]) -> None:
        """Drawings are kept in *folder*; of what cannot be drawn, *tell* is given a problem."""
        self._words, self._folder, self._tell = words, folder, tell
        self._process = os.getpid()
        self._is_pruned = False

    def picture(self, chart: ChartView) -> Picture | None:
        """*chart* as SVG; None where there is nothing to see, or nothing could be drawn."""
        try:
            marks = marks_of(chart, self._words)
            return self._picture(marks, chart) if marks else None
        except Exception as error:  # a library may fail in any way, and a page has its table
            if os.getpid() != self._process:
                raise DrawnElsewhereError from error
            place = chart.place or Place("")
            reason = reason_of(error)[:LONGEST_REASON]
            title = self._words.say(chart.table.caption)
            self._tell(UNDRAWN.problem(place, UNDRAWN_FOUND, title=title, reason=reason))
            return None

    def _picture(self, marks: Marks, chart: ChartView) -> Picture:
        said = self._words.say(chart.description)
        drawings = self._drawings(marks, self._words.say(chart.table.caption), said)
        many = marks.series if len(marks.series) > 1 or marks.form == "tiles" else ()
        legend = [
            Entry(series_name(index), each.letter, each.title) for index, each in enumerate(many)
        ]
        if chart.blank and any("part" not in each for each in marks.marks):
            legend.append(Entry(BLANK, "", chart.blank))
        shown = len(marks.names) or len(chart.table.rows)
        return Picture(drawings, tuple(legend), shown, marks.has_loose)

    def _drawings(self, marks: Marks, title: str, description: str) -> tuple[str, ...]:
        """The drawings of *marks* under their words: as they were kept, or drawn now."""
        language = self._words.language
        file = self._folder / f"{_key(marks, title, description, language)}.svg"
        if (found := kept(file)) is not None:
            mark_used(file)
            return tuple(found.decode().split(BETWEEN))
        # Heavy libraries, which a build without a new picture does without.
        from club.publish.charts.clean import cleaned  # noqa: PLC0415
        from club.publish.charts.draw import drawn  # noqa: PLC0415
        from club.publish.charts.specification import LAYOUTS  # noqa: PLC0415

        # A map is the same in any room: the style sheet alone gives its letters their size.
        layouts = LAYOUTS[:1] if marks.form == "tiles" else LAYOUTS
        made = []
        for layout in layouts:
            tree = cleaned(drawn(marks, self._words.locale, layout))
            for name in ("width", "height"):
                tree.attrib.pop(name, None)
            tree.attrib |= {"role": "img", "aria-label": f"{title}. {description}"}
            if len(layouts) > 1:
                tree.attrib["class"] = f"club-chart__{layout.name}"
            made.append(ElementTree.tostring(tree, encoding="unicode"))
        keep(file, BETWEEN.join(made).encode())
        if not self._is_pruned:  # a folder that nothing is added to does not grow
            prune(self._folder, UNUSED_DAYS, MOST_KEPT)
            self._is_pruned = True
        return tuple(made)


def _key(marks: Marks, title: str, description: str, language: str) -> str:
    """What the drawing is a function of: all that it shows, and all that draws it."""
    # What a series is called stands in the legend, never in the drawing.
    shown = {**asdict(marks), "series": len(marks.series)}
    content = [shown, title, description, language, _made_by()]
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()


@cache
def _made_by() -> str:
    """Changes with the libraries that draw, and with each module of this room."""
    found = hashlib.sha256("\0".join(map(_version, LIBRARIES)).encode())
    for path in sorted(HERE.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()


def _version(library: str) -> str:
    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:
        return ""
