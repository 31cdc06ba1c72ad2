"""The blocks of pages: what contributors write is text in each of them, whatever it holds."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from club.history.timeline import Event
from club.model.dates import PartialDate
from club.model.fields import Qualifier, Reliability
from club.model.message import Message
from club.model.problem import Place
from club.model.view import (
    Alert,
    Badge,
    CardView,
    CellView,
    ChartView,
    ChoiceView,
    ClaimView,
    Counted,
    DesksView,
    DeskView,
    EditLink,
    FacetView,
    Fact,
    Feed,
    Legend,
    Link,
    More,
    PageView,
    Preset,
    Progress,
    RowView,
    SectionView,
    Switch,
    TableView,
    Tie,
    Ties,
    WhatIf,
    YesNo,
)
from club.publish.html.render import Renderer
from club.publish.words.changelog import EventView, HistoryView
from club.publish.words.forge import Forge
from tests.clubs import REGISTRY

RENDERER = Renderer(REGISTRY, "en", Forge("https://forge.example/club"))
LENGTH = 16
"""Of each text: the longest that reads along a line and fits a picture, so that all look alike."""
HARMLESS = "x" * LENGTH
HOSTILE = st.text(st.sampled_from("<>\"'&/=!; abio"), min_size=1, max_size=LENGTH - 2).map(
    lambda text: f"x{text}".ljust(LENGTH - 1, "x") + "x"
)
TAGGED = st.sampled_from(
    [
        "<script>xxx</xxx",
        '" onclick="x=xxx',
        "'onfocus='xxxxxx",
        "--><!--<xxxxxxxx",
        "&lt;b&gt;&amp;xxx",
    ]
)
DAY = PartialDate.parse("2026-01-02")
AT = Place("data/a.yaml", 3)


class Skeleton(HTMLParser):
    """The elements of a page with the names of their attributes, and all it says in either."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.said: list[str] = []
        self._text = ""
        self.feed(html)
        self.close()
        self._end()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end()
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        self.said += [value or "" for _, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        self._end()
        self.elements.append((f"/{tag}", ()))

    def handle_comment(self, data: str) -> None:
        self.elements.append(("!", ()))

    def handle_decl(self, decl: str) -> None:
        self.elements.append(("!", ()))

    def handle_data(self, data: str) -> None:
        self._text += data

    def _end(self) -> None:
        self.said.append(self._text)
        self._text = ""


def table_of(text: str, title: Message, link: Link) -> TableView:
    """A table with *text* wherever one may stand."""
    claim = ClaimView(text, Qualifier.ABOUT, DAY, link, text, Reliability.DEDUCED, text, AT, text)
    cells = (CellView((link, title), AT), CellView((claim, text, Badge(YesNo.YES, link)), AT))
    rows = (
        RowView(cells, (("state", (text,)),), words=text, group=link, is_same=True),
        RowView((CellView((text,), links=(link,)), CellView((More(title, (text,)),))), group=text),
    )
    facets = (FacetView("state", text, (ChoiceView(text, text, 1, text, 1, True),)),)
    switches = (Switch(link, "same"),)
    return TableView(title, (text, title), rows, facets, switches, has_words=True)


def page_of(text: str) -> str:
    """A page that has every block, with *text* wherever a view holds one."""
    title = Message("{text}", {"text": text})
    link, outside = Link(text, f"#{text}", text), Link(text, text, text, is_external=True)
    table, desk = table_of(text, title, link), DeskView(link, Counted(1), (text,))
    # Named after its caption, a file keeps its letters and digits alone.
    sheet = TableView(Message("Rows"), (text, title), table.rows, sheet="a/b", most=1)
    fact = Fact(text, (text, link, outside), AT, text)
    progress = Progress(1, 2, title, title)
    ties = Ties(title, (text, text), (Tie(0, 1, 0.5),), title)
    chart = ChartView("bars", table, (1,), title, title, (link, outside))
    weights = WhatIf(sheet, (text,), (1,), 100, ((0, (1, None)),), (Preset(link, (1,)),))
    blocks = (
        CardView(text, (text, (text, link)), place=AT, is_example=True),
        CardView(link),
        link,
        Feed(title, "a.ics"),
        title,
        text,
        (fact,),
        table,
        sheet,
        progress,
        ties,
        chart,
        weights,
        DesksView((desk,), (desk,), title, title),
        Alert(title, title, (link, outside)),
        Legend(((text, title),)),
        EditLink(title, AT),
        SectionView("inner", title, (link,), layout="list"),
    )
    page = PageView(
        url="axes/a/",
        collection="axes",
        title=text,
        id="a",
        place=AT,
        badges=(text, link),
        intro=title,
        alerts=(Alert(title),),
        key=(fact, progress),
        facts=(fact,),
        sections=(SectionView("outer", text, blocks, layout="grid", fold=title),) * 4,
        is_example=True,
        desk=desk,
    )
    change = Event("a", "a", "a", datetime(2026, 1, 2, tzinfo=UTC), "2026-01-02", "a", "a", ())
    event = EventView(DAY, (title,), text, link, link, change)
    return str(
        RENDERER.render(
            "page.html.jinja",
            "../../",
            page=page,
            kind=REGISTRY.by_collection["axes"],
            body="",
            backlinks=(fact,),
            discuss=text,
            history=HistoryView(True, DAY, DAY, (link, outside), (event,), 3),
            since=text,
            feed=text,
        )
    )


LIKE = Skeleton(page_of(HARMLESS))
COUNTED = sum(said.lower().count(HARMLESS) for said in LIKE.said)


@given(HOSTILE | TAGGED)
def test_what_contributors_write_adds_no_element_nor_attribute(text: str) -> None:
    found = Skeleton(page_of(text))
    assert found.elements == LIKE.elements
    assert sum(said.lower().count(text.lower()) for said in found.said) >= COUNTED


def test_every_block_is_among_them() -> None:
    """A class that no block of the page had would be one that the property says nothing of."""
    said = " ".join(LIKE.said)
    names = Counter(said.split())
    for each in (
        *("card", "key", "facts", "table", "filters", "switches", "progress", "ties", "whatif"),
        *("desks", "mine", "alert", "legend", "backlinks", "past", "history", "sheets", "switch"),
    ):
        assert names[f"club-{each}"], each
