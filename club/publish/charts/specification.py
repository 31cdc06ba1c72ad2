"""What is drawn as a Vega-Lite specification: sizes, places and colours; Altair checks it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import altair as alt

from club.publish.charts.colours import colour, series_name
from club.publish.charts.marks import Mark, Marks, short
from club.publish.charts.tiles import COLUMNS, OVERSEAS_LINE

Channels = dict[str, Any]
"""What Altair takes by name, whatever it is."""


@dataclass(frozen=True, slots=True)
class Layout:
    """For which room something is drawn; every length is in units of the drawing.

    A picture that is stretched from one room to another has letters of another size than the page.
    """

    name: str
    width: int
    high: int
    """How high lines are."""
    ticks: int
    """How many days or months the axis of time names, about."""
    most_beside: float
    """How much of the width names may take beside what they name; else they stand above it."""


NARROW = Layout("narrow", 300, 180, 4, 0)
"""Narrower than the page of a phone of 320 px, so that letters of 12 units are 12 px high there."""
WIDE = Layout("wide", 720, 250, 8, 0.48)
"""As wide as an A4 page, less its margins: on a screen it grows by a third."""
LAYOUTS = (NARROW, WIDE)

NAME, WORDS, SMALL = 13, 12, 12
DENSE = 15
"""Beyond so many values, a line has no points but those that no other joins."""
LINE, BAR, BETWEEN = 17, 17, 9
"""How high a name, a bar and what parts two rows are."""
LETTER, APART = 6.4, 5
"""How wide a letter of the words after a bar is, at most on the whole, and what parts them."""
GUTTER = 12
"""What parts names from bars."""
SIDE = 26
"""The side of a square of the map."""
FAINT, STRONG = 0.1, 0.42
"""How strong the colour of a heat map is, which words must stay readable on."""
DASHES = ([1, 0], [6, 3], [2, 3], [9, 3, 2, 3], [12, 4], [4, 2, 1, 2])
"""What tells lines apart without their colours."""


def specification(marks: Marks, layout: Layout) -> dict[str, Any]:
    """*marks* as specified for *layout*; Altair raises for what Vega-Lite does not know."""
    drawn = FORMS[marks.form](_fitted(marks, layout), layout)
    found: dict[str, Any] = drawn.configure(**CONFIG).to_dict(format="vega-lite")
    return found


def _fitted(marks: Marks, layout: Layout) -> Marks:
    """*marks* with the names that a line of *layout* has room for."""
    return replace(marks, names=tuple(_cut(each, layout.width) for each in marks.names))


def _cut(name: str, wide: float) -> str:
    """*name* as far as it is no wider than *wide*."""
    if _name_width(name) <= wide:
        return name
    fits = (end for end in range(len(name), 0, -1) if _name_width(f"{name[:end]}…") <= wide)
    return f"{name[: next(fits, 0)].rstrip()}…"


CONFIG: dict[str, Any] = {
    "aria": False,
    "background": "transparent",
    "padding": 2,
    "font": "sans-serif",
    "view": alt.ViewConfig(stroke=None, fill=None),
    "autosize": alt.AutoSizeParams(type="pad"),
    "axis": alt.AxisConfig(
        domainColor=colour("line"),
        gridColor=colour("line"),
        tickColor=colour("line"),
        labelColor=colour("muted"),
        labelFontSize=WORDS,
        titleColor=colour("muted"),
    ),
}


def _data(rows: Iterable[Mapping[str, object]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=list(rows)))


def _text(rows: Iterable[Mark], name: str, size: float, **said: Any) -> alt.Chart:
    """Words in the colour *name*; a middle baseline is the same whatever the font."""
    about: Channels = {"align": "left", "baseline": "middle", **said}
    drawn: alt.Chart = _data(rows).mark_text(color=colour(name), fontSize=size, **about)
    return drawn


def _rows(marks: Marks) -> alt.Y:
    scale = alt.Scale(domain=list(range(len(marks.names))), paddingInner=0.2, paddingOuter=0)
    return alt.Y("row:O", axis=None, scale=scale)


def _slot(marks: Marks, slots: int) -> alt.YOffset:
    """Which line of its row something stands on: 0 is that of the name."""
    return alt.YOffset("slot:O", scale=alt.Scale(domain=list(range(slots)), padding=0))


def _beside(marks: Marks, layout: Layout) -> float:
    """How wide the column of names is; 0 where they stand above what they name."""
    wide = max(map(_name_width, marks.names), default=0) + GUTTER
    return wide if wide <= layout.width * layout.most_beside else 0


THIN, FAT = frozenset("fijlrtI' ’.,:;!|()-\u00a0\u202f"), frozenset("mwMWœŒæÆ@%…")


def _name_width(name: str) -> float:
    """How wide *name* is in the common sans-serif fonts, which are alike to a tenth."""
    return sum(
        4.4 if each in THIN else 11.6 if each in FAT else 9.2 if each.isupper() else 7.3
        for each in name
    )


def _named(marks: Marks, y: alt.Y, offset: alt.YOffset, beside: float) -> alt.Chart:
    rows: list[Mark] = [
        {"row": row, "slot": 0, "name": name} for row, name in enumerate(marks.names)
    ]
    at: Channels = {"y": y, "x": alt.value(0), "text": alt.Text("name:N")}
    return _text(rows, "ink", NAME).encode(**at if beside else {**at, "yOffset": offset})


def _high(marks: Marks, slots: int) -> int:
    return max(1, len(marks.names)) * (slots * BAR + BETWEEN)


def _bars(marks: Marks, layout: Layout) -> alt.LayerChart:
    left = _beside(marks, layout)
    first = 0 if left else 1
    slots = first + len(marks.series)
    y, offset = _rows(marks), _slot(marks, slots)
    rows = [{**each, "slot": first + int(each["series"])} for each in marks.marks]
    known = [each for each in rows if "value" in each]
    ranged = [each for each in rows if "low" in each]
    told = [{**each, "until": _until(each)} for each in rows if "value" in each or "low" in each]
    reached = (float(each[key]) for each in rows for key in ("value", "low") if key in each)
    least = min(0.0, 0.0, *reached)
    most = max((_room(each, layout.width - left) for each in told), default=0.0) or 1.0
    across = [left, layout.width]
    scale = alt.Scale(domain=[least, most], range=across, nice=False, zero=True)
    x = alt.X("value:Q", axis=None, scale=scale)
    at: Channels = {"y": y, "yOffset": offset}
    words: Channels = {**at, "text": alt.Text("said:N")}
    layers = [
        *(
            _data(rows_of).mark_bar(**style, height=BAR - 4).encode(x=x, **at)
            for index in range(len(marks.series))
            for rows_of, style in _by_doubt(known, index)
        ),
        *_ranges(ranged, scale, at),
        _text(told, "ink", WORDS, dx=APART).encode(
            x=alt.X("until:Q", axis=None, scale=scale), **words
        ),
        _text((e for e in rows if "value" not in e and "low" not in e), "muted", WORDS).encode(
            x=alt.value(left), **words
        ),
        _named(marks, y, offset, left),
    ]
    return alt.LayerChart(layer=layers).properties(width=layout.width, height=_high(marks, slots))


def _by_doubt(known: Sequence[Mark], series: int) -> Iterator[tuple[list[Mark], Channels]]:
    """The bars of *series*: those that are exact, then the others, pale in a dashed line."""
    name = colour(series_name(series))
    mine = [each for each in known if each["series"] == series]
    pale: Channels = {
        "fill": name,
        "fillOpacity": 0.3,
        "stroke": name,
        "strokeWidth": 1.5,
        "strokeDash": [4, 2],
    }
    yield [each for each in mine if each.get("is_exact", True)], {"color": name}
    if doubtful := [each for each in mine if not each.get("is_exact", True)]:
        yield doubtful, pale


RANGE, END = 3, 11
"""How high the line of a range is, and the strokes at its ends."""


def _ranges(ranged: Sequence[Mark], scale: alt.Scale, at: Channels) -> list[alt.Chart]:
    """Over each bar, the line from one end of its range to the other, and a stroke at each."""
    if not ranged:
        return []
    ends: list[Mark] = [{**each, "end": each[key]} for each in ranged for key in ("low", "high")]
    low = alt.X("low:Q", axis=None, scale=scale)
    return [
        _data(ranged)
        .mark_bar(color=colour("ink"), height=RANGE)
        .encode(x=low, x2=alt.X2("high:Q"), **at),
        _data(ends)
        .mark_tick(color=colour("ink"), size=END, thickness=RANGE, orient="vertical")
        .encode(x=alt.X("end:Q", axis=None, scale=scale), **at),
    ]


def _until(mark: Mark) -> float:
    """Where the words of a bar begin: after all that is drawn of it."""
    return max(0.0, *(float(mark[key]) for key in ("value", "high") if key in mark))


def _room(mark: Mark, wide: float) -> float:
    """How far an axis as *wide* goes so that what is drawn of *mark* leaves room for its words."""
    words = min(APART + LETTER * len(str(mark["said"])), wide * 0.8)
    return float(mark["until"]) * wide / (wide - words)


def _spans(marks: Marks, layout: Layout) -> alt.LayerChart:
    left = _beside(marks, layout)
    line = 0 if left else 1
    known = [each for each in marks.marks if "start" in each]
    first, last = _edges(known)
    across = layout.width - left
    sides = [_side(each, first, last, across) for each in known]
    is_below = "below" in sides
    slots = line + (2 if is_below else 1)
    # Words that stand alike are read faster, so where one has no room none stands beside.
    if is_below:
        sides = [_under(each, first, last, across) if left else "below" for each in known]
    placed = [{**each, "slot": line, "side": side} for each, side in zip(known, sides, strict=True)]
    y, offset = _rows(marks), _slot(marks, slots)
    axis = alt.Axis(
        orient="bottom",
        labelFlush=True,
        labelOverlap=True,
        title=None,
        **_ticks(first, last, layout.ticks),
    )
    domain = [first.isoformat(), last.isoformat()]
    scale = alt.Scale(type="utc", domain=domain, range=[left, layout.width], nice=False)
    start = alt.X("start:T", axis=axis, scale=scale)
    at: Channels = {"y": y, "yOffset": offset}
    words: Channels = {**at, "text": alt.Text("said:N")}
    after, before, below, under, until = (
        [{**each, "slot": line + (side in BELOW)} for each in placed if each["side"] == side]
        for side in ("after", "before", *BELOW)
    )
    end = alt.X("end:T", axis=axis, scale=scale)
    without = [{**each, "slot": line} for each in marks.marks if "start" not in each]
    layers = [
        *_open_sides(placed, first, last, scale, axis, at),
        _data(placed)
        .mark_bar(color=colour("1"), height=BAR - 5)
        .encode(x=start, x2=alt.X2("end:T"), **at),
        _text(after, "muted", WORDS, dx=NEAR).encode(x=end, **words),
        _text(before, "muted", WORDS, dx=-NEAR, align="right").encode(x=start, **words),
        _text(under, "muted", WORDS).encode(x=start, **words),
        _text(until, "muted", WORDS, align="right").encode(x=end, **words),
        _text([*below, *without], "muted", WORDS).encode(x=alt.value(left), **words),
        _named(marks, y, offset, left),
    ]
    return alt.LayerChart(layer=layers).properties(width=layout.width, height=_high(marks, slots))


BELOW = ("below", "under", "until")
"""Below its bar, words begin where all do, or where the bar does, or end with it."""
NEAR = 6
"""What parts the words of a span from it."""
OPEN = 12
"""An open side goes on for one part in so many of all that is known, at least."""


def _edges(known: Sequence[Mark]) -> tuple[date, date]:
    """The first and the last day of the axis: beyond what is known where a side is open."""
    keys = ("start", "end", "edge")
    days = sorted(date.fromisoformat(str(e[key])) for e in known for key in keys if key in e)
    first, last = days[0], days[-1]
    more = timedelta(days=(last - first).days // OPEN)
    sides = {each.get("open") for each in known if "edge" not in each}
    if "start" in sides and first - date.min > more:
        first -= more
    if "end" in sides and date.max - last > more:
        last += more
    return first, last


def _side(mark: Mark, first: date, last: date, across: float) -> str:
    """Where there is room for the words of a span: after it, or else before it, or else below."""
    begins, ends = _at(mark, first, last, across)
    wide = NEAR + LETTER * len(str(mark["said"]))
    if mark.get("open") != "end" and ends + wide <= across:
        return "after"
    return "before" if mark.get("open") != "start" and begins >= wide else "below"


def _under(mark: Mark, first: date, last: date, across: float) -> str:
    """Where the words of a span begin below it, so that they stay inside the picture."""
    begins, ends = _at(mark, first, last, across)
    wide = LETTER * len(str(mark["said"]))
    return "under" if begins + wide <= across else "until" if wide <= ends else "below"


def _at(mark: Mark, first: date, last: date, across: float) -> tuple[float, float]:
    """Where a span begins and ends on an axis that goes *across*."""
    room = across / max(1, (last - first).days)
    begins, ends = (
        (date.fromisoformat(str(mark[key])) - first).days * room for key in ("start", "end")
    )
    return begins, ends


def _open_sides(
    placed: Sequence[Mark],
    first: date,
    last: date,
    scale: alt.Scale,
    axis: alt.Axis,
    at: Channels,
) -> list[alt.Chart]:
    """From each side that nobody states to its edge, or that of the picture: a pale bar.

    Its outline is broken. A stroke stands at the side that is stated, which may be a day of many
    years.
    """
    edges = {"start": ("edge", "start", "end"), "end": ("end", "edge", "start")}
    drawn: list[alt.Chart] = []
    for side, (begin, end, known) in edges.items():
        edge = (first if side == "start" else last).isoformat()
        held = [{"edge": edge, **each} for each in placed if each.get("open") == side]
        if held:
            style: Channels = {"color": colour("1"), "height": BAR - 5, "fillOpacity": FAINT}
            outline: Channels = {"stroke": colour("1"), "strokeWidth": 1, "strokeDash": [4, 3]}
            x = alt.X(f"{begin}:T", axis=axis, scale=scale)
            bar = _data(held).mark_bar(**style, **outline)
            stroke: Channels = {"thickness": 3, "size": BAR - 5, "orient": "vertical"}
            tick = _data(held).mark_tick(color=colour("1"), **stroke)
            drawn += [
                bar.encode(x=x, x2=alt.X2(f"{end}:T"), **at),
                tick.encode(x=alt.X(f"{known}:T", axis=axis, scale=scale), **at),
            ]
    return drawn


MONTH = 30


def _ticks(first: date, last: date, count: int) -> Channels:
    """About *count* marks between two days, so that no two of them are called the same."""
    months = (last - first).days / MONTH
    if months < 2:
        return {"format": "%-d %b %Y", "tickCount": min(count, max(1, (last - first).days))}
    by_month = {"interval": "month", "step": 1}
    return {"format": "%b %Y", "tickCount": by_month if months < count else count}


def _ticks_at(days: Sequence[date], count: int, *, is_whole: bool) -> Channels:
    """Of few *days*, marks where they are: each is a month or a week, and nothing is between."""
    at = sorted(set(days))
    if (at[-1] - at[0]).days / MONTH >= 2:
        return _ticks(at[0], at[-1], count)
    told = at[:: -(-len(at) // count)]
    values = [int(datetime(*each.timetuple()[:3], tzinfo=UTC).timestamp() * 1000) for each in told]
    return {"format": "%b %Y" if is_whole else "%-d %b %Y", "values": values}


def _lines(marks: Marks, layout: Layout) -> alt.LayerChart:
    known = [each for each in marks.marks if "value" in each]
    is_dated = all("day" in each for each in known)
    days = [date.fromisoformat(str(each["day"])) for each in known if is_dated]
    x = (
        alt.X(
            "day:T",
            scale=alt.Scale(type="utc"),
            axis=alt.Axis(
                grid=False,
                title=None,
                labelFlush=True,
                labelOverlap=True,
                **_ticks_at(days, layout.ticks, is_whole=all("whole" in e for e in known)),
            ),
        )
        if is_dated
        else alt.X("at:Q", scale=alt.Scale(zero=False), axis=alt.Axis(title=None, grid=False))
    )
    y = alt.Y("value:Q", axis=alt.Axis(title=None, tickCount=5, domain=False))
    is_dense = len(marks.names) > DENSE
    layers: list[alt.Chart] = []
    for index in range(len(marks.series)):
        name, rows = series_name(index), [each for each in known if each["series"] == index]
        # A line that goes on over what is unknown would say it.
        whole = [{"value": None, **e} for e in marks.marks if e["series"] == index]
        dash = DASHES[index % len(DASHES)]
        layers += [
            _data(whole if is_dated else rows)
            .mark_line(color=colour(name), strokeWidth=2, strokeDash=dash)
            .encode(x=x, y=y),
            _data(_alone(whole) if is_dense and is_dated else rows)
            .mark_point(color=colour(name), fill=colour(name), size=28, opacity=1)
            .encode(x=x, y=y),
        ]
    # The numbers beside the axis are of any length, and take their room from the lines.
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    drawn = alt.LayerChart(layer=layers)
    return drawn.properties(width=layout.width, height=layout.high, autosize=fit)


def _alone(whole: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The values of a line that has none before nor after, where only a point shows them.

    Where values are many, points are a smear, and most of the weight of the picture.
    """
    values = [None, *(each["value"] for each in whole), None]
    return [
        each
        for index, each in enumerate(whole, 1)
        if each["value"] is not None and values[index - 1] is None and values[index + 1] is None
    ]


def _heat(marks: Marks, layout: Layout) -> alt.LayerChart:
    left = _beside(marks, layout)
    line = 0 if left else 1
    y, offset = _rows(marks), _slot(marks, line + 1)
    rows = [{**each, "slot": line} for each in marks.marks]
    known = [each for each in rows if "value" in each]
    values = [float(each["value"]) for each in known]
    scale = alt.Scale(domain=[min(values), max(values)], range=[FAINT, STRONG])
    count = max(1, len(marks.heads))
    longest = max(3, int(layout.width - left) // count // 7)
    heads: list[Mark] = [
        {"series": index, "said": short(said, longest)} for index, said in enumerate(marks.heads)
    ]
    across = [left, layout.width]
    columns = alt.Scale(domain=list(range(count)), range=across, paddingInner=0.06)
    x = alt.X("series:O", axis=None, scale=columns)
    at: Channels = {"x": x, "y": y, "yOffset": offset}
    middle: Channels = {"align": "center"}
    layers = [
        _data(known)
        .mark_rect(color=colour("1"))
        .encode(opacity=alt.Opacity("value:Q", legend=None, scale=scale), **at),
        _text(rows, "ink", WORDS, **middle).encode(text=alt.Text("said:N"), **at),
        _text(heads, "muted", WORDS, **middle).encode(
            x=x, y=alt.value(-9), text=alt.Text("said:N")
        ),
        _named(marks, y, offset, left),
    ]
    high = _high(marks, line + 1)
    return alt.LayerChart(layer=layers).properties(width=layout.width, height=high)


def _tiles(marks: Marks, _: Layout) -> alt.LayerChart:
    squares = list({each["code"]: each for each in marks.marks}.values())
    rows = 1 + max(int(each["y"]) for each in squares)
    free = [_square(each) for each in squares if "part" not in each]
    taken = [_square(each) for each in squares if "part" in each]
    parts = [_part(each) for each in marks.marks if "part" in each]
    across = alt.Scale(domain=[0, COLUMNS], range=[0, COLUMNS * SIDE], nice=False, zero=False)
    down = alt.Scale(domain=[0, rows], range=[0, rows * SIDE], nice=False, zero=False)
    x, y = alt.X("x1:Q", axis=None, scale=across), alt.Y("y1:Q", axis=None, scale=down)
    box: Channels = {"x": x, "x2": alt.X2("x2:Q"), "y": y, "y2": alt.Y2("y2:Q")}
    middle: Channels = {
        "x": alt.X("middle:Q", axis=None, scale=across),
        "y": alt.Y("line:Q", axis=None, scale=down),
    }
    code, said = alt.Text("code:N"), alt.Text("said:N")
    centre: Channels = {"align": "center"}
    tones = sorted({int(each["series"]) for each in parts})
    layers = [
        _data(free).mark_rect(color=colour("shade")).encode(**box),
        *(
            _data(each for each in parts if each["series"] == index)
            .mark_rect(color=colour(series_name(index) if index >= 0 else "muted"))
            .encode(**box)
            for index in tones
        ),
        _text(free, "muted", SMALL, **centre).encode(text=code, **middle),
        _text(taken, "on", SMALL, fontWeight="bold", **centre).encode(text=code, **middle),
        _text(parts, "on", SMALL, **centre).encode(text=said, **middle),
        _text(_heading(marks), "muted", SMALL).encode(text=said, **middle),
    ]
    kept = [each for each in layers if each.data.values]
    return alt.LayerChart(layer=kept).properties(width=COLUMNS * SIDE, height=rows * SIDE)


def _heading(marks: Marks) -> list[Mark]:
    """What the squares that stand apart are called, on the free line beneath them."""
    return [{"said": said, "middle": GAP / 2, "line": OVERSEAS_LINE + 0.32} for said in marks.heads]


GAP = 0.06
"""What parts two squares."""


def _square(mark: Mark) -> Mark:
    """A square, and where its code stands: in the middle, or over what it is cut into."""
    x, y = float(mark["x"]), float(mark["y"])
    line = y + (0.32 if "part" in mark else 0.5)
    box: Mark = {"x1": x + GAP / 2, "x2": x + 1 - GAP / 2, "y1": y + GAP / 2, "y2": y + 1 - GAP / 2}
    return {**mark, **box, "middle": x + 0.5, "line": line}


def _part(mark: Mark) -> Mark:
    """A part of a square, as wide as the others of the same square."""
    whole = _square(mark)
    wide = (float(whole["x2"]) - float(whole["x1"])) / float(mark["parts"])
    start = float(whole["x1"]) + wide * float(mark["part"])
    at: Mark = {"x1": start, "x2": start + wide, "middle": start + wide / 2}
    return {**whole, **at, "line": float(mark["y"]) + 0.72}


FORMS = {"bars": _bars, "lines": _lines, "spans": _spans, "heat": _heat, "tiles": _tiles}
