"""What a picture shows is what its table says, and nothing in it can load, run or take a style."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from club.history.kept import prune
from club.model.dates import PartialDate
from club.model.departments import NAMES
from club.model.fields import Qualifier, Reliability
from club.model.graph import Graph
from club.model.message import Message
from club.model.problem import Place, Problem
from club.model.record import Audience
from club.model.view import (
    CellView,
    ChartForm,
    ChartView,
    ClaimView,
    Link,
    PageView,
    RowView,
    SectionView,
    TableView,
    Unknown,
)
from club.publish.charts.charts import Charts
from club.publish.charts.clean import DrawingError, cleaned
from club.publish.charts.draw import number_format, time_format
from club.publish.charts.tiles import SQUARES
from club.publish.html.render import Renderer
from club.publish.pages.sheets import page_sheets
from club.publish.pages.site import Site
from club.records.project.pictures import map_page, schools_page
from tests.clubs import FROZEN, REGISTRY, club_of, copied

ALLOWED = {
    "aria-label role viewBox class fill stroke d transform x y x1 x2 y1 y2 width height"
    " opacity fill-opacity stroke-opacity stroke-width stroke-dasharray stroke-linecap"
    " font-size font-weight text-anchor"
}
"""Every attribute that a picture may have."""
FORBIDDEN = re.compile(
    r"<(script|style|image|use|foreignobject|a)\b|\bon\w+=|url\(|font-face", re.I
)
HOSTILE = (
    "<script>alert(1)</script>",
    '"></svg><img src=x onerror=alert(1)>',
    "url(http://evil.example/x)",
    "{{ 7 * 7 }} [[id]] ]]> &lt;",
    "https://evil.example/?a=1&b=2",
    "datum.value + 1",
    "\u202eabc\u0301 œuvre 🧪",
)


def renderer(folder: Path, told: list[Problem] | None = None, language: str = "fr") -> Renderer:
    """What renders the pages of a club with their pictures."""
    made = Renderer(REGISTRY, language)
    made.charts = Charts(made.words, folder, [].append if told is None else told.append)
    return made


def page_of(chart: ChartView) -> PageView:
    title = Message("Chart")
    body = (SectionView("s", title, (chart,)),)
    return PageView(url="p/", collection="projects", title=title, sections=body)


def parsed(html: str) -> Element:
    return html5lib.parse(html, namespaceHTMLElements=False)


def picture(html: str) -> Element:
    """The only picture of a page as a phone shows it, checked for what no picture holds."""
    return drawings(html)[0]


def drawings(html: str) -> list[Element]:
    """The only picture of a page, for each room that it may find there."""
    (figure,) = parsed(html).findall(".//figure")
    svgs = figure.findall("{*}svg")
    allowed = set(" ".join(ALLOWED).split())
    for svg in svgs:
        for each in svg.iter():
            name = str(each.tag).rpartition("}")[2]
            assert name in {"svg", "g", "path", "rect", "line", "text"}
            assert set(each.attrib) <= allowed, each.attrib
            values = (value for key, value in each.items() if key != "aria-label")
            assert not any(map(FORBIDDEN.search, values))
        assert svg.get("role") == "img"
        assert svg.get("aria-label")
    rooms = [svg.get("class") for svg in svgs]
    assert rooms in ([None], ["club-chart__narrow", "club-chart__wide"])
    return svgs


def words(svg: Element) -> list[str]:
    return ["".join(each.itertext()) for each in svg.findall(".//{*}text")]


def shapes(svg: Element, colour: str) -> list[Element]:
    """What is filled with *colour*, less the points of lines."""
    return [
        each
        for each in svg.iter()
        if str(each.tag).endswith(("path", "rect"))
        and f"club-fill--{colour}" in each.get("class", "").split()
    ]


def is_said(name: str, said: Sequence[str]) -> bool:
    """Whether *name* stands among *said*, whole or cut."""
    line = re.sub(r"[ \t\r\n]+", " ", name)
    return any(line == each or (each[-1:] == "…" and line.startswith(each[:-1])) for each in said)


LINES = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=60
)
NAMED = st.one_of(LINES, st.sampled_from(HOSTILE))
NUMBERS = st.one_of(st.none(), st.integers(1, 10**9))


def number_cell(value: int | None) -> CellView:
    return CellView((Unknown() if value is None else value,))


@settings(max_examples=12)
@given(
    st.sampled_from(["bars", "heat"]),
    st.dictionaries(NAMED, st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=6),
)
def test_each_number_is_drawn_once_and_each_name_is_said(
    tmp_path_factory: pytest.TempPathFactory,
    form: ChartForm,
    known: dict[str, tuple[int | None, int | None]],
) -> None:
    rows = tuple(
        RowView((CellView((name,)), *map(number_cell, two))) for name, two in known.items()
    )
    table = TableView("Chart", ("name", "first", "second"), rows)
    chart = ChartView(form, table, (1, 2), Message("Seen"))
    told: list[Problem] = []
    made = renderer(tmp_path_factory.mktemp("charts"), told)
    html = Site(Graph((), REGISTRY), made).page(page_of(chart)).html
    counts = Counter(
        series for two in known.values() for series, value in enumerate(two) if value is not None
    )
    assert told == []
    assert "<script>alert" not in html
    assert html.count("<tr") == 1 + len(rows)
    if not counts:
        assert "<figure" not in html
        return
    for svg in drawings(html):
        said = words(svg)
        say = made.words.say
        assert all(is_said(say(name), said) for name in known), said
        assert Counter(said) >= Counter(say(v) for two in known.values() for v in two if v)
        assert said.count("inconnu") >= 2 * len(known) - counts.total()
        if form == "bars":
            assert {index: len(shapes(svg, str(index + 1))) for index in counts} == dict(counts)
        else:
            assert len(shapes(svg, "1")) == counts.total()


def size(svg: Element) -> tuple[float, float]:
    _, _, wide, high = map(float, svg.get("viewBox", "").split())
    return wide, high


def lines_of(values: Sequence[int], folder: Path) -> str:
    rows = tuple(
        RowView((CellView((PartialDate.parse(f"20{index:02}"),)), CellView((value,))))
        for index, value in enumerate(values)
    )
    chart = ChartView("lines", TableView("Chart", tuple("ab"), rows), (1,), Message("Seen"))
    return Site(Graph((), REGISTRY), renderer(folder)).page(page_of(chart)).html


def test_letters_were_smaller_than_12_pixels_on_a_phone(tmp_path: Path) -> None:
    """312 pixels are what the page of a phone of 320 leaves; long numbers took 67 more."""
    for svg in drawings(lines_of((10**9, 2 * 10**9), tmp_path)):
        smallest = min(
            float(each.get("font-size", "").removesuffix("px"))
            for each in svg.findall(".//{*}text")
        )
        is_narrow = svg.get("class") == "club-chart__narrow"
        assert smallest * (312 if is_narrow else 660) / size(svg)[0] >= (12 if is_narrow else 11)


def test_a_picture_on_a_desktop_was_that_of_a_phone(tmp_path: Path) -> None:
    """Names stand beside their bars where there is room, so that the picture is less high."""
    rows = tuple(RowView((CellView((name,)), CellView((7,)), CellView((9,)))) for name in "abc")
    table = TableView("Chart", ("name", "first", "second"), rows)
    chart = ChartView("bars", table, (1, 2), Message("Seen"))
    html = Site(Graph((), REGISTRY), renderer(tmp_path)).page(page_of(chart)).html
    narrow, wide = drawings(html)
    assert sorted(words(narrow)) == sorted(words(wide))
    assert 300 <= size(narrow)[0] <= 312
    assert 715 < size(wide)[0] <= 726
    assert size(wide)[1] < size(narrow)[1]


def test_names_too_long_to_stand_beside_their_bars_stand_above_them(tmp_path: Path) -> None:
    rows = tuple(RowView((CellView((name,)), CellView((7,)))) for name in ("M" * 50, "b"))
    chart = ChartView("bars", TableView("Chart", ("a", "b"), rows), (1,), Message("Seen"))
    html = Site(Graph((), REGISTRY), renderer(tmp_path)).page(page_of(chart)).html
    narrow, wide = drawings(html)
    assert size(wide)[1] == pytest.approx(size(narrow)[1], abs=1)
    assert width(shapes(wide, "1")[0]) > 2 * width(shapes(narrow, "1")[0])


def test_a_bar_is_as_long_as_its_number(tmp_path: Path) -> None:
    numbers = (10, 20, 40)
    rows = tuple(RowView((CellView((str(each),)), CellView((each,)))) for each in numbers)
    chart = ChartView("bars", TableView("Chart", ("a", "b"), rows), (1,), Message("Seen"))
    html = Site(Graph((), REGISTRY), renderer(tmp_path)).page(page_of(chart)).html
    bars = shapes(picture(html), "1")
    long = [float(re.findall(r"h(-?[\d.]+)", each.get("d", ""))[0]) for each in bars]
    assert [round(each / long[0], 1) for each in long] == [1, 2, 4]


def test_more_than_a_million_and_a_million_were_drawn_alike(tmp_path: Path) -> None:
    """Two documents, one of which says “more than”: the bars are as long, and not the same."""

    def cell(qualifier: Qualifier) -> CellView:
        place = Place("data/projects.yaml", 1, 1)
        trust = Reliability.SINGLE_SOURCE
        return CellView((ClaimView(10**6, qualifier, None, None, None, trust, None, place),))

    rows = tuple(
        RowView((CellView((str(each),)), cell(each)))
        for each in (Qualifier.EXACT, Qualifier.MORE_THAN)
    )
    chart = ChartView("bars", TableView("Chart", ("a", "b"), rows), (1,), Message("Seen"))
    html = Site(Graph((), REGISTRY), renderer(tmp_path)).page(page_of(chart)).html
    exact, doubtful = shapes(picture(html), "1")
    assert width(exact) == width(doubtful)
    assert exact.get("stroke-dasharray") is None
    assert doubtful.get("stroke-dasharray") == "4,2"
    assert 0 < float(doubtful.get("fill-opacity", "1")) < 1


def test_a_range_goes_over_its_bar_from_one_end_to_the_other(tmp_path: Path) -> None:
    """On one scale: a bar of 40 with the range 30 to 50, a range alone, a bar without a range."""
    cells = ((40, 30, 50), (None, 10, 20), (25, 25, 25))
    rows = [
        RowView((CellView((name,)), CellView((each[0],) if each[0] else (Message("10 to 20"),))))
        for name, each in zip("abc", cells, strict=True)
    ]
    whole = tuple(
        RowView((*row.cells, *map(number_cell, each[1:])))
        for row, each in zip(rows, cells, strict=True)
    )
    table = TableView("Chart", ("name", "mean", "low", "high"), whole)
    chart = ChartView("bars", table, (1,), Message("Seen"), ends=(2, 3))
    told: list[Problem] = []
    made = renderer(tmp_path, told)
    svg = picture(Site(Graph((), REGISTRY), made).page(page_of(chart)).html)
    assert told == []
    bars = sorted(width(each) for each in shapes(svg, "1"))
    ranges = sorted(width(each) for each in shapes(svg, "ink") if width(each) > 5)
    assert len(bars) == len(ranges) == 2
    unit = bars[1] / 40
    assert [round(each / unit) for each in (*bars, *ranges)] == [25, 40, 10, 20]
    assert {"40", "10 to 20", "25"} <= set(words(svg))


def test_a_sentence_in_the_place_of_a_number_is_said_in_the_picture(tmp_path: Path) -> None:
    rows = (
        RowView((CellView(("a",)), CellView((3,)))),
        RowView((CellView(("b",)), CellView((Message("too few"),)))),
        RowView((CellView(("c",)), CellView((Unknown(),)))),
    )
    chart = ChartView("bars", TableView("Chart", ("name", "mean"), rows), (1,), Message("Seen"))
    svg = picture(Site(Graph((), REGISTRY), renderer(tmp_path)).page(page_of(chart)).html)
    assert {"too few", "inconnu"} <= set(words(svg))


def width(shape: Element) -> float:
    """How wide a rectangle is, drawn as one or as a path."""
    return float(re.findall(r"h(-?[\d.]+)", shape.get("d", ""))[0])


def spans_of(
    dates: Sequence[tuple[date | None, date | None]], folder: Path, language: str = "fr"
) -> tuple[str, list[Problem]]:
    def cell(day: date | None) -> CellView:
        return CellView((PartialDate.parse(day.isoformat()) if day else Unknown(),))

    rows = tuple(
        RowView((CellView((f"n{index}",)), cell(start), cell(end), CellView(())))
        for index, (start, end) in enumerate(dates)
    )
    chart = ChartView("spans", TableView("Chart", tuple("abcd"), rows), (1, 2, 3), Message("Seen"))
    told: list[Problem] = []
    made = renderer(folder, told, language)
    return Site(Graph((), REGISTRY), made).page(page_of(chart)).html, told


DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@settings(max_examples=10)
@given(st.lists(st.tuples(DAYS, st.integers(0, 2000)), min_size=1, max_size=6))
def test_spans_stand_in_time_as_their_dates_do(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[date, int]]
) -> None:
    dates = [(start, start + timedelta(days=long)) for start, long in drawn]
    html, told = spans_of(dates, tmp_path_factory.mktemp("charts"))
    assert told == []
    found = [
        [float(each) for each in re.findall(r"M(-?[\d.]+),.*?h(-?[\d.]+)", shape.get("d", ""))[0]]
        for shape in shapes(picture(html), "1")
    ]
    assert len(found) == len(dates)
    first = min(start for start, _ in dates)
    whole = (max(end for _, end in dates) - first).days + 1
    for (start, end), (x, wide) in zip(dates, found, strict=True):
        assert x == pytest.approx((start - first).days / whole * 300, abs=0.5)
        assert wide == pytest.approx(((end - start).days + 1) / whole * 300, abs=0.5)


DAY_OR_MONTH = re.compile(r"(?:\d+ )?\w+\.? \d{4}")


@settings(max_examples=15)
@given(DAYS, st.integers(0, 900))
def test_an_axis_of_ten_weeks_named_each_month_twice(
    tmp_path_factory: pytest.TempPathFactory, start: date, long: int
) -> None:
    html, told = spans_of(
        [(start, start + timedelta(days=long))], tmp_path_factory.mktemp("charts")
    )
    assert told == []
    for svg in drawings(html):
        named = [each for each in words(svg) if DAY_OR_MONTH.fullmatch(each)]
        assert named
        assert len(named) == len(set(named)), named


def test_a_phase_with_one_date_or_none_is_told_too(tmp_path: Path) -> None:
    day = date(2024, 4, 1)
    html, told = spans_of([(day, None), (None, date(2024, 6, 1)), (None, None)], tmp_path)
    svg = picture(html)
    assert told == []
    assert len(shapes(svg, "1")) == 2
    assert {"n0", "n1", "n2", "inconnu", "avr. 2024"} <= set(words(svg))


def open_spans_of(dates: Sequence[tuple[date | None, date | None]], folder: Path) -> Element:
    rows = tuple(
        RowView(
            (
                CellView((f"n{index}",)),
                *(
                    CellView((PartialDate.parse(day.isoformat()) if day else Unknown(),))
                    for day in each
                ),
            )
        )
        for index, each in enumerate(dates)
    )
    table = TableView("Chart", tuple("abc"), rows)
    chart = ChartView("spans", table, (1, 2), Message("Seen"), is_open=True)
    return picture(Site(Graph((), REGISTRY), renderer(folder)).page(page_of(chart)).html)


def pale(svg: Element) -> list[tuple[float, float]]:
    """Where each bar with a broken outline begins, and how wide it is."""
    return [
        (float(found[0][0]), float(found[0][1]))
        for each in svg.iter()
        if each.get("stroke-dasharray")
        and (found := re.findall(r"M(-?[\d.]+),.*?h(-?[\d.]+)", each.get("d", "")))
    ]


@settings(max_examples=10)
@given(DAYS, st.integers(30, 4000), st.integers(30, 4000))
def test_a_side_that_nobody_knows_goes_to_the_edge_of_the_picture(
    tmp_path_factory: pytest.TempPathFactory, first: date, long: int, more: int
) -> None:
    """The middle day is known: a bar from it to the right edge, another to it from the left one."""
    middle, last = first + timedelta(days=long), first + timedelta(days=long + more)
    dates = [(first, last), (middle, None), (None, middle)]
    svg = open_spans_of(dates, tmp_path_factory.mktemp("charts"))
    (to_end, wide), (at, to_middle) = sorted(pale(svg), reverse=True)
    margin = ((last - first).days + 1) // 12
    day = 300 / ((last - first).days + 1 + 2 * margin)
    assert to_end == pytest.approx((margin + long + 1) * day, abs=0.5)
    assert to_end + wide == pytest.approx(300, abs=0.5)
    assert at == pytest.approx(0, abs=0.5)
    assert to_middle == pytest.approx((margin + long) * day, abs=0.5)


def test_an_open_picture_names_what_nobody_knows(tmp_path: Path) -> None:
    day = date(2012, 9, 1)
    svg = open_spans_of([(day, None), (None, day), (None, None), (day, day)], tmp_path)
    said = set(words(svg))
    assert {"fin inconnue", "début inconnu", "début et fin inconnus"} <= said
    assert "inconnu" not in said
    closed = open_spans_of([(day, date(2015, 8, 31))], tmp_path)
    assert pale(closed) == []


def test_words_that_find_no_room_stand_below_all_bars(tmp_path: Path) -> None:
    long = "Une phase dont le nom ne tient ni avant ni après"
    rows = tuple(
        RowView(
            (
                CellView((f"n{index}",)),
                *(CellView((PartialDate.parse(day),)) for day in days),
                CellView((said,)),
                CellView((7,)),
            )
        )
        for index, (days, said) in enumerate(
            [(("2012-06-01", "2012-07-01"), long), (("2012-01-01", "2012-12-31"), "court")]
        )
    )
    table = TableView("Chart", tuple("abcde"), rows)
    chart = ChartView("spans", table, (1, 2, 3, 4), Message("Seen"))
    svg = picture(Site(Graph((), REGISTRY), renderer(tmp_path)).page(page_of(chart)).html)
    assert f"{long[:41]}… · 7" in words(svg), "the name is cut, what follows it is whole"
    width_of = float(svg.get("viewBox", "").split()[2])
    assert width_of < 320, "no words leave the picture"


def test_lines_join_the_points_of_a_series_in_time(tmp_path: Path) -> None:
    points = {"2012": 57, "2013-09": 1234567, "2014-05-01": 77}
    rows = tuple(
        RowView((CellView((PartialDate.parse(when),)), CellView((value,)), CellView((7,))))
        for when, value in points.items()
    )
    chart = ChartView("lines", TableView("Chart", tuple("abc"), rows), (1, 2), Message("Seen"))
    html = Site(Graph((), REGISTRY), renderer(tmp_path)).page(page_of(chart)).html
    svg = picture(html)
    assert [len(shapes(svg, each)) for each in "12"] == [3, 3]
    strokes = [each.get("class", "").split() for each in svg.iter() if each.get("stroke-dasharray")]
    assert strokes == [["club-stroke--1"], ["club-stroke--2"]]
    assert "1\u202f000\u202f000" in words(svg)


def test_the_map_has_a_square_for_each_departement() -> None:
    assert set(SQUARES) == set(NAMES)
    assert len(set(SQUARES.values())) == len(SQUARES)


def project(name: str, codes: Sequence[str], more: str = "") -> str:
    listed = ", ".join(f'"{each}"' for each in codes)
    return f'{name}:\n  name: "{name}"\n  state: rollout\n  territory: [{listed}]\n{more}'


def map_of(files: dict[str, str], folder: Path, audience: Audience = Audience.MEMBERS) -> str:
    graph = club_of(folder / "club", files).restricted(audience)
    return Site(graph, renderer(folder / "kept")).page(map_page(graph)).html


@settings(max_examples=8)
@given(
    st.lists(
        st.sets(st.sampled_from(sorted(NAMES)), min_size=1, max_size=8), min_size=1, max_size=7
    )
)
def test_a_square_is_cut_into_as_many_parts_as_projects(
    tmp_path_factory: pytest.TempPathFactory, territories: list[set[str]]
) -> None:
    names = {f"p{index}": codes for index, codes in enumerate(territories)}
    text = "\n".join(project(name, sorted(codes)) for name, codes in names.items())
    html = map_of({"data/projects.yaml": text}, tmp_path_factory.mktemp("map"))
    svg = picture(html)
    said = Counter(words(svg))
    assert all(said[code] == 1 for code in NAMES)
    by_code = Counter(code for codes in territories for code in codes)
    full = {code for code, count in by_code.items() if count > 3}
    drawn = sum(count if code not in full else 2 for code, count in by_code.items())
    letters = {name: chr(ord("A") + index) for index, name in enumerate(names)}
    assert sum(said[each] for each in letters.values()) == drawn
    assert said["+"] == len(full)
    alone = {name: {code for code in codes if code not in full} for name, codes in names.items()}
    assert all(said[letters[name]] >= len(codes) for name, codes in alone.items())
    document = parsed(html)
    legend = ["".join(each.itertext()).split() for each in document.findall(".//figure//ul/li")]
    none = ["aucun", "projet", "connu", "du", "club"]
    assert legend == [*([letter, name] for name, letter in letters.items()), none]


def test_overseas_and_squares_without_colour_were_not_explained(tmp_path: Path) -> None:
    """In the picture, in its words for who does not see it, and beside it."""
    html = map_of({"data/projects.yaml": project("seul", ["974"])}, tmp_path)
    (svg,) = drawings(html)
    assert "Outre-mer" in words(svg)
    caption = "".join(parsed(html).findall(".//figcaption")[0].itertext())
    for said in (svg.get("aria-label", ""), caption):
        assert "Sans couleur, ceux où le club ne connaît pas de projet." in said
        for code in ("971", "972", "973", "974", "976"):
            assert f"{code} {NAMES[code]}" in said
    every = map_of({"data/projects.yaml": project("partout", list(NAMES))}, tmp_path / "every")
    legend = parsed(every).findall(".//figure//ul/li")
    assert ["".join(each.itertext()).split()[0] for each in legend] == ["A"]


def test_a_territory_that_the_map_does_not_know_still_shows(tmp_path: Path) -> None:
    cells = (CellView(("988",)), CellView(("Nouvelle-Calédonie",)), CellView((Link("P", "p/"),)))
    table = TableView("Chart", tuple("abc"), (RowView(cells),))
    chart = ChartView("tiles", table, (2,), Message("Seen"))
    html = Site(Graph((), REGISTRY), renderer(tmp_path)).page(page_of(chart)).html
    assert {"988", "A"} <= set(words(picture(html)))


def test_the_public_map_shows_nothing_of_members(tmp_path: Path) -> None:
    files = {
        "data/projects.yaml": project("seen", ["42"], "  schools_equipped: [{value: 7}]\n")
        + project("secret", ["974"], "  audience: members\n")
        + project("partly", ["31"], "  audience: {territory: members}\n")
    }
    public = map_of(files, tmp_path / "a", Audience.PUBLIC)
    whole = map_of(files, tmp_path / "b")
    assert len(shapes(picture(whole), "shade")) == len(NAMES) - 3
    assert len(shapes(picture(public), "shade")) == len(NAMES) - 1
    assert "secret" not in public
    kept = b"".join(each.read_bytes() for each in (tmp_path / "a/kept").iterdir())
    assert b"secret" not in kept


def test_made_up_projects_say_so_in_the_picture_and_beside_it(tmp_path: Path) -> None:
    text = project("vrai", ["42"], "  schools_equipped: [{value: 7}]\n") + project(
        "faux", ["31"], "  schools_equipped: [{value: 9}]\n  example: yes\n"
    )
    graph = club_of(tmp_path / "club", {"data/projects.yaml": text}).graph
    site = Site(graph, renderer(tmp_path / "kept"))
    said = words(picture(site.page(schools_page(graph)).html))
    assert {"vrai", "faux (exemple)"} <= set(said)
    legend = parsed(site.page(map_page(graph)).html).findall(".//figure//ul/li")
    assert ["exemple" in "".join(each.itertext()) for each in legend] == [True, False, False]


def test_the_table_beneath_is_the_one_offered_to_spreadsheets(tmp_path: Path) -> None:
    graph = club_of(copied(FROZEN, tmp_path / "club"), {}).graph
    pages = {each.url: each for each in (map_page(graph), schools_page(graph))}
    site = Site(graph, renderer(tmp_path / "kept"))
    offered = {each.sheet: each for each in page_sheets(graph)}
    for url, page in pages.items():
        document = parsed(site.page(page).html)
        hrefs = [each.get("href", "") for each in document.iter("a")]
        assert any(each.endswith(f"data/tables/{url.rstrip('/')}.csv") for each in hrefs)
        rows = document.findall(".//details//table/tbody/tr")
        assert len(rows) == len(offered[url.rstrip("/")].rows)


DRAW = """
import sys
from pathlib import Path
from tests.test_charts import spans_of
from datetime import date
html, told = spans_of([(date(2024, 3, 31), date(2024, 10, 27)), (date(2024, 1, 1), None)],
                      Path(sys.argv[1]))
sys.stdout.buffer.write(html.encode())
"""


def aged(file: Path, days: float) -> Path:
    when = time.time() - days * 86_400
    os.utime(file, (when, when))
    return file


def test_drawings_that_served_no_build_for_months_were_never_removed(tmp_path: Path) -> None:
    lines_of((1, 2), tmp_path)
    (served,) = tmp_path.iterdir()
    aged(served, 80)
    old, half, recent = (tmp_path / name for name in ("old.svg", ".half.svg.123", "recent.svg"))
    for file, days in ((old, 91), (half, 2), (recent, 89)):
        file.write_bytes(b"")
        aged(file, days)
    lines_of((1, 2), tmp_path)
    assert {*tmp_path.iterdir()} == {served, old, half, recent}, "a build that adds nothing"
    assert time.time() - served.stat().st_mtime < 3600, "what serves is of today"
    lines_of((3, 4), tmp_path)
    left = {*tmp_path.iterdir()}
    assert {served, recent} < left
    assert len(left) == 3


def test_the_oldest_drawings_go_beyond_so_many(tmp_path: Path) -> None:
    for index in range(6):
        (tmp_path / str(index)).write_bytes(b"")
        aged(tmp_path / str(index), index)
    prune(tmp_path, 90, 4)
    assert sorted(each.name for each in tmp_path.iterdir()) == list("0123")
    prune(tmp_path / "none", 90, 4)


def test_two_builds_that_share_what_is_kept_draw_the_same(tmp_path: Path) -> None:
    """Each removes all that the other keeps, while both draw: neither fails, nor draws amiss."""
    shown = [lines_of((1, each), tmp_path / "alone") for each in range(4)]

    def build(_: int) -> list[str]:
        found = []
        for each in range(4):
            found.append(lines_of((1, each), tmp_path / "shared"))
            prune(tmp_path / "shared", 90, 0)
        return found

    with ThreadPoolExecutor(2) as both:
        assert [*both.map(build, range(4))] == [shown] * 4


@pytest.mark.long
def test_the_same_bytes_in_any_time_zone_and_from_what_is_kept(tmp_path: Path) -> None:
    def drawn(zone: str, seed: str, folder: str) -> bytes:
        env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C.UTF-8"}
        command = [sys.executable, "-c", DRAW, str(tmp_path / folder)]
        return subprocess.run(command, env=env, check=True, capture_output=True).stdout

    first = drawn("America/New_York", "1", "a")
    assert first == drawn("Asia/Tokyo", "2", "b")
    assert first == drawn("UTC", "3", "a")
    (kept,) = (tmp_path / "a").iterdir()
    whole = kept.read_bytes()
    for damage in (b"", whole[:50], whole[:-9], whole.replace(b"<path", b"<script"), b"\xff\n\xff"):
        kept.write_bytes(damage)
        assert (
            spans_of(
                [(date(2024, 3, 31), date(2024, 10, 27)), (date(2024, 1, 1), None)], tmp_path / "a"
            )[0].encode()
            == first
        )


def test_what_cannot_be_drawn_leaves_its_table_and_is_told_where_it_is_written(
    tmp_path: Path,
) -> None:
    rows = (RowView((CellView(("a",)), CellView((Decimal("NaN"),)))),)
    table = TableView("Chart", ("a", "b"), rows, sheet="projects/x")
    place = Place("data/projects.yaml", 7, 3)
    chart = ChartView("bars", table, (1,), Message("Seen"), Message("A note"), place=place)
    told: list[Problem] = []
    html = Site(Graph((), REGISTRY), renderer(tmp_path, told)).page(page_of(chart)).html
    assert "<figure" not in html
    assert html.count("<tr") == 2
    assert "A note" in html
    assert [(each.rule.name, str(each.place)) for each in told] == [
        ("undrawn-chart", "data/projects.yaml:7:3")
    ]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
@pytest.mark.parametrize("library", ["altair", "vl_convert"])
def test_a_site_is_built_without_what_draws(tmp_path: Path, library: str) -> None:
    broken = tmp_path / "broken" / library
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('no wheel for this machine')\n")
    root = copied(FROZEN, tmp_path / "club")
    path = os.pathsep.join([str(broken.parent), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", "mkdocs", "build", "-d", str(tmp_path / "site")]
    done = subprocess.run(
        command,
        cwd=root,
        env={**os.environ, "PYTHONPATH": path},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "[undrawn-chart]" in done.stderr
    assert "no wheel for this machine" in done.stderr
    assert re.search(r"data/projects\.yaml:\d+", done.stderr)
    html = (tmp_path / "site/projects/map/index.html").read_text("utf-8")
    assert "<figure" not in html
    assert "<table" in html


START = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>1</script>",
        "<style>a{}</style>",
        "<foreignObject/>",
        '<image href="x"/>',
        '<a xlink:href="x"/>',
        '<g id="a"/>',
        '<g style="fill:red"/>',
        '<g onclick="x"/>',
        '<path d="M0,0" fill="red"/>',
        '<path d="M0,0" fill="url(#a)"/>',
        '<path d="M0,0url(x)"/>',
        '<g transform="matrix(evil)"/>',
        '<g clip-path="url(#a)"/>',
        '<text font-size="var(--x)">a</text>',
        '<g xmlns="http://www.w3.org/1999/xhtml"/>',
        "<g>",
    ],
)
def test_a_drawing_with_anything_else_is_refused(inside: str) -> None:
    with pytest.raises(DrawingError):
        cleaned(f"{START}{inside}</svg>")


def test_a_drawing_declares_nothing() -> None:
    with pytest.raises(DrawingError):
        cleaned(f'<!DOCTYPE svg [<!ENTITY a "b">]>{START}</svg>')


def test_numbers_and_months_are_those_of_the_language() -> None:
    french, english = Locale("fr"), Locale("en")
    assert number_format(french)["decimal"] == ","
    assert number_format(french)["thousands"] == "\u202f"
    assert number_format(english)["decimal"] == "."
    months = time_format(french)["months"]
    assert (months[0], months[7], len(months)) == ("janvier", "août", 12)
    assert time_format(french)["days"][0] == "dimanche"


@pytest.mark.parametrize(
    ("periods", "told"),
    [
        (["2012-09"], {"sept. 2012"}),
        (["2012-09", "2012-10"], {"sept. 2012", "oct. 2012"}),
        (["2012-09-03", "2012-09-10"], {"3 sept. 2012", "10 sept. 2012"}),
    ],
)
def test_an_axis_of_one_or_two_months_named_days(
    tmp_path: Path, periods: list[str], told: set[str]
) -> None:
    """Under two months stood “2 sept.” and “16 sept.”: a mark is where a period is."""
    rows = tuple(
        RowView((CellView((PartialDate.parse(when),)), CellView((100 + index,))))
        for index, when in enumerate(periods)
    )
    chart = ChartView("lines", TableView("Chart", tuple("ab"), rows), (1,), Message("Seen"))
    html = Site(Graph((), REGISTRY), renderer(tmp_path)).page(page_of(chart)).html
    for svg in drawings(html):
        assert {each for each in words(svg) if DAY_OR_MONTH.fullmatch(each)} == told
